"""Values and pure functions: what an event is, what its bytes are, what an answer means.

Knows no Qt, no asyncio, no files, no network, no clock: times and random bits are handed in.
"""
