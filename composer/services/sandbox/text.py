"""Text as Rust sees it, where Python would see it otherwise."""

from __future__ import annotations


def trimmed(text: str) -> str:
    """``text`` without white space at its ends; the separators U+001C to U+001F are none."""
    return text.strip(_WHITE)


_WHITE = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
