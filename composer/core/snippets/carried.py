"""A request's body as a snippet carries it, and what is to be said of that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from composer.core.snippets.literals.unsafe import UNSAFE
from composer.core.stand_ins import Body, Variable, carried_body
from composer.core.tokens import TOKEN_VARIABLE, KeyMode

MASKED = "The project token is masked: this is for reading, not for running."
_ESCAPES = (
    "The body has characters that a clipboard or an editor could change; "
    "they are written as escapes."
)
_BYTES = "The body is not UTF-8 text, so it is written as bytes."


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """``body`` in pieces; where it is not UTF-8 (``is_text`` is false), with surrogates in them."""

    body: Body
    is_text: bool
    notes: tuple[str, ...]

    @property
    def has_variable(self) -> bool:
        return bool(self.body.variables)

    def written(
        self,
        text: Callable[[str], str],
        data: Callable[[bytes], str],
        variable: Callable[[str], str],
    ) -> list[str]:
        """All pieces: as ``text`` or, in a body that is not UTF-8, as ``data`` writes them."""
        return [
            variable(piece.name)
            if isinstance(piece, Variable)
            else text(piece)
            if self.is_text
            else data(piece.encode("utf-8", "surrogateescape"))
            for piece in self.body.pieces
        ]


def carried(body: bytes, key: KeyMode) -> Carried:
    """``body`` with its project tokens as ``key`` says."""
    cut = carried_body(body, key)
    is_text = _is_text(body)
    notes = [] if is_text else [_BYTES]
    if is_text and any(UNSAFE.search(text) for text in cut.texts):
        notes.append(_ESCAPES)
    if cut.is_masked:
        notes.append(MASKED)
    return Carried(body=cut, is_text=is_text, notes=(*notes, *variable_notes(cut.variables)))


def variable_notes(names: tuple[str, ...]) -> list[str]:
    """Which environment variables are read."""
    if not names:
        return []
    notes = [f"The project token comes from the environment variable {TOKEN_VARIABLE}."]
    if others := names[1:]:
        notes.append(f"Further tokens of the body come from {', '.join(others)}.")
    return notes


def _is_text(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
