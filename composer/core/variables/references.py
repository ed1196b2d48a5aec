r"""Text with references in it: ``Hello {{name}}``, ``{{now -2d}}``; and literal braces, ``\{{``.

There are two spellings of the same parts. Text *of a template* has escapes: of the backslashes
right before two braces each pair stands for one, and a single one makes the braces literal. *Live*
text, in an event that will be sent as it stands, has none: whatever looks like a reference is one.
What is no well-formed reference is literal in both. Knows no values but text, and no events.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

GENERATORS = frozenset({"int", "now", "pick", "uuid7"})
"""Names that are never asked for, for the app makes their values."""

OPENING = "{{"
"""Without it text has no references."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference. ``text`` is its spelling, ``arguments`` are still quoted as they were."""

    name: str
    arguments: tuple[str, ...]
    text: str

    @property
    def is_generated(self) -> bool:
        """Whether the app makes the value."""
        return self.name in GENERATORS

    @property
    def inner(self) -> str:
        """What stands between the braces, to name it in a sentence."""
        return " ".join((self.name, *self.arguments))


Part: TypeAlias = "str | Reference"
"""Plain text as it is meant, or a reference."""


def parts_of_template(text: str) -> tuple[Part, ...]:
    """The parts of a template's text: no two texts in a row, none of them empty."""
    return joined(_unescaped(text))


def parts_of_live(text: str) -> tuple[Part, ...]:
    """The parts of live text."""
    return joined(_bare(text))


def template_text(parts: tuple[Part, ...]) -> str:
    """The parts as a template's text; ``parts_of_template`` gives the same parts again."""
    return "".join(
        part.text if isinstance(part, Reference) else _escaped(part, _follows(parts, place))
        for place, part in enumerate(parts)
    )


def escaped(text: str) -> str:
    """Text that is to stay as it is, as a template's text."""
    return _escaped(text) if OPENING in text else text


def joined(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Neighbouring texts as one; empty ones go."""
    found: list[Part] = []
    run: list[str] = []
    for part in parts:
        if isinstance(part, str):
            run.append(part)
            continue
        if text := "".join(run):
            found.append(text)
        run.clear()
        found.append(part)
    rest = "".join(run)
    return (*found, rest) if rest else tuple(found)


_ARGUMENT = r"""(?:"[^"{}]*+"|'[^'{}]*+'|[^\s"'{}\\]++)"""
_REFERENCE = re.compile(
    r"\{\{\s*+(?P<name>[A-Za-z_][A-Za-z0-9_.-]*+)(?P<arguments>(?:\s++"
    + _ARGUMENT
    + r")*+)\s*+\}\}"
)
_SPLIT = re.compile(_ARGUMENT)


def reference_at(text: str, start: int) -> Reference | None:
    """The reference that begins at ``start``; ``None`` if what stands there is literal."""
    match = _REFERENCE.match(text, start)
    if match is None:
        return None
    arguments = tuple(_SPLIT.findall(match["arguments"]))
    if arguments and match["name"] not in GENERATORS:
        return None
    return Reference(match["name"], arguments, match[0])


def _bare(text: str) -> Iterator[Part]:
    done = place = 0
    while (place := text.find(OPENING, place)) >= 0:
        if reference := reference_at(text, place):
            yield text[done:place]
            yield reference
            done = place = place + len(reference.text)
        else:
            place += 1
    yield text[done:]


def _unescaped(text: str) -> Iterator[Part]:
    done = place = 0
    while (place := text.find(OPENING, place)) >= 0:
        count = _backslashes(text, done, place)
        yield text[done : place - count] + "\\" * (count // 2)
        if count % 2:
            yield OPENING
            done = place = place + len(OPENING)
        elif reference := reference_at(text, place):
            yield reference
            done = place = place + len(reference.text)
        else:
            done = place
            place += 1
    yield text[done:]


def _escaped(text: str, following: str = "") -> str:
    """``text`` such that nothing in it is read as a reference; ``following`` is one, or nothing."""
    written: list[str] = []
    whole, done = text + following, 0
    for run in _RUN.finditer(whole):
        if run.end() > len(text):  # a reference follows: only backslashes before it are in the way
            slashes = run["slashes"] if run.start() < len(text) else ""
            return "".join((*written, text[done : run.start()], slashes, text[run.start() :]))
        braces = run["braces"]
        if reference_at(whole, run.end() - len(OPENING)):
            pairs, odd = divmod(len(braces), len(OPENING))
            braces = ("\\" + OPENING) * pairs + "{" * odd
        written += (text[done : run.start()], run["slashes"] * 2, braces)
        done = run.end()
    return "".join((*written, text[done:]))


_RUN = re.compile(r"(?<!\\)(?P<slashes>\\*+)(?P<braces>\{{2,}+)")
"""Braces in a row, of which only the last two can begin a reference."""


def _backslashes(text: str, begin: int, end: int) -> int:
    """How many stand right before ``end``."""
    run = text[begin:end]
    return len(run) - len(run.rstrip("\\"))


def _follows(parts: tuple[Part, ...], place: int) -> str:
    after = parts[place + 1] if place + 1 < len(parts) else ""
    return after.text if isinstance(after, Reference) else after
