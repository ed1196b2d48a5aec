"""The v0 endpoints, which most senders use: ``/i/v0/e``, ``/batch`` and their older names.

    editions        what differs between the service of 2024 and the current one, as values
    capture         a request from its bytes to its answer
    query, unpack   from bytes to JSON text (``unpack_2024``, ``decoding``)
    shapes          which of the shapes a JSON text has
    checks, events  what is refused, what is dropped, and what is stored (``timestamps``)

Source: capture-server.md, sections 1 to 6.
"""
