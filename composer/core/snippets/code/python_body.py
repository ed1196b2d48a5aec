"""A request's body in Python, for both of its HTTP libraries."""

from __future__ import annotations

from composer.core.snippets.carried import Carried
from composer.core.snippets.literals.python import block, bytes_block


def body_lines(body: Carried) -> list[str]:
    """``body = …``: text where it is UTF-8, else bytes."""
    encoded = "" if body.is_text else ".encode()"
    pieces = body.written(block, bytes_block, lambda name: f'os.environ["{name}"]{encoded}')
    if any(piece.startswith(('"', 'b"')) for piece in pieces):
        grouped = pieces if len(pieces) == 1 else [_grouped(piece) for piece in pieces]
        inner = "\n    + ".join(grouped)
        return ["body = (", f"    {inner}", ")"]
    return ["body = " + " + ".join(pieces)]


def imports(library: str, body: Carried) -> list[str]:
    """The library's, after that of ``os`` where a token comes from the environment."""
    return ["import os", "", library] if body.has_variable else [library]


def _grouped(piece: str) -> str:
    """Literals on several lines belong together before anything is added to them."""
    is_several = piece.startswith(('"', 'b"')) and "\n" in piece
    return f"({piece})" if is_several else piece
