"""A request as a person copies it: as a curl command or as code, for a shell or a language.

One door to ``curl`` and ``snippets`` for whoever shows or copies their text. It knows of no
clipboard and of no preferences.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

from composer.core.curl import Style, render as render_command
from composer.core.route import USUAL_WAY, Route
from composer.core.secret_headers import with_masked_headers
from composer.core.shells import Shell
from composer.core.tokens import KeyMode, tokens_in
from composer.core.wire import WireRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class CurlManner:
    """As a curl command."""

    shell: Shell = Shell.BASH
    style: Style = Style.WRAPPED


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeManner:
    """As code; ``target`` is an id of ``composer.core.snippets.TARGETS``."""

    target: str


Manner: TypeAlias = CurlManner | CodeManner


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be made. ``hides_key``: it is for the screen, where no token may be seen.

    ``route`` is the way to the destination, which a command takes too. ``most`` is how many
    characters of the text are wanted, if not all.
    """

    request: WireRequest
    manner: Manner
    key: KeyMode
    hides_key: bool = False
    route: Route = USUAL_WAY
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """The text; empty where the request cannot be written so, and then ``notes`` say why.

    ``length`` counts the characters of the whole text. ``notes`` are whole sentences on what a
    person copies, also where the text is for a screen that hides the token.
    """

    text: str
    length: int
    notes: tuple[str, ...]
    has_token: bool


def make_copy(wish: Wish) -> Copy:
    """Make it; for a body of many megabytes that takes seconds.

    Raises ``KeyError`` for a target that is none.
    """
    text, notes = _text_and_notes(wish, wish.key)
    if wish.hides_key and wish.key is KeyMode.INLINE:
        text, _ = _text_and_notes(wish, KeyMode.MASKED)
    return Copy(
        text=text[: wish.most],
        length=len(text),
        notes=notes,
        has_token=bool(tokens_in(wish.request.body)),
    )


def _text_and_notes(wish: Wish, key: KeyMode) -> tuple[str, tuple[str, ...]]:
    request = wish.request if key is KeyMode.INLINE else with_masked_headers(wish.request)
    notes: list[str] = []
    match wish.manner:
        case CurlManner(shell=shell, style=style):
            made = render_command(request, key=key, shell=shell, style=style, route=wish.route)
        case CodeManner(target=target):
            from composer.core.snippets import render as render_code  # noqa: PLC0415 -- few need it

            made = render_code(target, request, key)
            notes += [_WAY] if _has_own_way(wish.route) else []
    notes += _masked_headers(wish.request, request)
    return made.text, (*made.notes, *notes)


def _masked_headers(request: WireRequest, masked: WireRequest) -> list[str]:
    pairs = zip(request.headers, masked.headers, strict=True)
    names = [name for (name, value), (_, shown) in pairs if value != shown]
    if not names:
        return []
    which = f"header {names[0]} is" if len(names) == 1 else f"headers {', '.join(names)} are"
    return [f"The {which} masked: put the value in before you run this."]


def _has_own_way(route: Route) -> bool:
    return replace(route, connect_timeout=None, answer_timeout=None) != USUAL_WAY


_WAY = "The proxy and the certificates of the project are not part of this code: add them."
