"""A body as it leaves the app as text, cut where something stands in for a project token."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from composer.core.destination import mask
from composer.core.jsontext import encode_string
from composer.core.tokens import TOKEN_VARIABLE, KeyMode, tokens_in


@dataclass(frozen=True, slots=True)
class Variable:
    """Here the environment variable ``name`` gives the token."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Text and variables by turns, text first and last; a byte that is not UTF-8 is a surrogate.

    ``size`` counts the bytes of the request itself.
    """

    pieces: tuple[str | Variable, ...]
    size: int
    is_masked: bool = False
    """Whether tokens lack their middle: for reading, not for running"""

    @property
    def texts(self) -> tuple[str, ...]:
        """The pieces that are text."""
        return tuple(piece for piece in self.pieces if isinstance(piece, str))

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of the variables, each once."""
        found = (piece.name for piece in self.pieces if isinstance(piece, Variable))
        return tuple(dict.fromkeys(found))

    @property
    def lines(self) -> list[list[str | Variable]]:
        """The pieces of each line, without the line feeds."""
        lines: list[list[str | Variable]] = [[]]
        for piece in self.pieces:
            parts = piece.split("\n") if isinstance(piece, str) else [piece]
            lines[-1].append(parts[0])
            lines.extend([part] for part in parts[1:])
        return lines

    def written(self, text: Callable[[str], str], variable: Callable[[str], str]) -> list[str]:
        """All pieces, each as ``text`` or ``variable`` writes it."""
        return [
            text(piece) if isinstance(piece, str) else variable(piece.name) for piece in self.pieces
        ]


def carried_body(body: bytes, key: KeyMode) -> Body:
    """``body`` with its tokens as ``key`` says, wherever one is a whole JSON string.

    The first token is the variable ``POSTHOG_PROJECT_TOKEN``, a second one, in a body for several
    projects, ``POSTHOG_PROJECT_TOKEN_2``: the bytes stay the same if they hold the tokens.
    """
    text = body.decode("utf-8", "surrogateescape")
    tokens = () if key is KeyMode.INLINE else tokens_in(body)
    if not tokens:
        return Body(pieces=(text,), size=len(body))
    stand_ins = {
        encode_string(token)[1:-1]: _stand_in(token, place, key)
        for place, token in enumerate(tokens, 1)
    }
    cut = _cut(text, stand_ins)
    pieces = [stand_ins[part] if place % 2 else part for place, part in enumerate(cut)]
    if key is KeyMode.MASKED:
        return Body(pieces=("".join(map(str, pieces)),), size=len(body), is_masked=True)
    return Body(pieces=tuple(pieces), size=len(body))


def _cut(text: str, spelled: Iterable[str]) -> list[str]:
    """Text and tokens by turns, their quotes with the text.

    The pattern begins with what is plain text if there is one token: so 20 MB take no time.
    """
    cut = re.split(f'"({"|".join(map(re.escape, spelled))})"', text)
    for place in range(1, len(cut), 2):
        cut[place - 1] += '"'
        cut[place + 1] = '"' + cut[place + 1]
    return cut


def _stand_in(token: str, place: int, key: KeyMode) -> str | Variable:
    if key is KeyMode.MASKED:
        return encode_string(mask(token))[1:-1]
    return Variable(TOKEN_VARIABLE if place == 1 else f"{TOKEN_VARIABLE}_{place}")
