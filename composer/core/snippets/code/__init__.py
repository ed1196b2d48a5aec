"""A request as code that sends it: the same body, and the same headers as far as may be.

client       what an HTTP library does with headers by itself, and what that means for a request
the others   one library each: its code, and its habits as a ``Client``
"""
