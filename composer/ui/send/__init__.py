"""Sending from the window: the one place that starts and stops a send, and the panes around it."""
