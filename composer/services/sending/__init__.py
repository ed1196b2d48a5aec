"""Sending over HTTP, in parts: the way to a server, how far a request is, kept connections."""
