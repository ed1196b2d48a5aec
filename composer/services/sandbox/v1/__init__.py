"""The v1 endpoint, which newer SDKs may choose: a result for each event instead of all or nothing.

Source: capture-server.md, section 7.
"""
