"""A request as a person copies it: as a curl command or as code, for a shell or a language.

One door to ``curl`` and ``snippets`` for whoever shows or copies their text. It knows of no
clipboard and of no preferences.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

from composer.core.curl import Style, render as render_command
from composer.core.destination import mask
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

    ``most`` is how many characters of the text are wanted, if not all.
    """

    request: WireRequest
    manner: Manner
    key: KeyMode
    hides_key: bool = False
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
    request = wish.request if key is KeyMode.INLINE else _with_masked_header(wish.request)
    match wish.manner:
        case CurlManner(shell=shell, style=style):
            made = render_command(request, key=key, shell=shell, style=style)
        case CodeManner(target=target):
            from composer.core.snippets import render as render_code  # noqa: PLC0415 -- few need it

            made = render_code(target, request, key)
    return made.text, made.notes if request is wish.request else (*made.notes, _HEADER)


def _with_masked_header(request: WireRequest) -> WireRequest:
    """The same with the token in the header of the v1 endpoint masked; itself without one."""
    headers = tuple((name, _masked_bearer(name, value)) for name, value in request.headers)
    return request if headers == request.headers else replace(request, headers=headers)


def _masked_bearer(name: str, value: str) -> str:
    scheme, _, token = value.partition(" ")
    is_token = name.lower() == "authorization" and scheme.lower() == "bearer" and token.strip()
    return f"{scheme} {mask(token.strip())}" if is_token else value


_HEADER = "The token in the Authorization header is masked: put it in before you run this."
