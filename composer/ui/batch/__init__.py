"""The batch: events collected to go out as one request."""
