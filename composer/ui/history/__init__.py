"""The History place: every send, to look at, open anew, send again or copy."""
