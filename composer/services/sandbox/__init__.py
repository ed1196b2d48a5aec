"""A small PostHog on this machine: answers as the capture service does, and keeps what arrived.

It listens on the loopback address alone. Source of every rule: capture-server.md, which the
modules here cite by section. Nothing in this package knows Qt, the window or the profile folder.
"""
