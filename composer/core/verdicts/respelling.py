"""A changed value written with the spacing and spelling of the text from which it was changed.

Each part that is the same in both values is copied; a new member is spaced like its neighbours.
The result is the new value whatever the parts are matched with: a wrong match costs only looks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from composer.core.jsontext import LEXEME, Layout, Object, Value, encode, encode_string


def respelled(text: str, old: Value, new: Value) -> str:
    """``new`` in the spelling of ``text``, which is valid JSON and stands for ``old``.

    The time is in proportion to the text, times the depth at which something differs.
    """
    begin = len(text) - len(text.lstrip(_SPACE))
    end = len(text.rstrip(_SPACE))
    parts = [text[:begin]]
    _Writer(text, parts).write(_Span(begin, end), old, new)
    parts.append(text[end:])
    return "".join(parts)


_SPACE = " \t\n\r"
_Member = tuple[str | None, Value]


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class _Entry:
    """A member or item in the text.

    ``key`` is ``None`` for an item; ``lead`` is the space before it, ``colon`` what stands between
    key and value, ``trail`` the space up to the comma or the end.
    """

    key: str | None
    lead: str
    colon: str
    trail: str
    value: _Span


@dataclass(frozen=True, slots=True)
class _Style:
    """How the members or items of one bracket are spaced."""

    first: str
    next: str
    colon: str
    last: str
    """The space before the closing bracket."""


class _Writer:
    def __init__(self, text: str, parts: list[str]) -> None:
        self._text = text
        self._parts = parts

    def write(self, span: _Span, old: Value, new: Value) -> None:
        """``new`` in place of ``old``, which stands at ``span``."""
        match old, new:
            case _ if old == new:
                self._parts.append(self._text[span.start : span.stop])
            case (Object(), Object()):
                self._write_inside(span, old.members, new.members, "{}")
            case (tuple(), tuple()):
                self._write_inside(span, _items(old), _items(new), "[]")
            case _:
                self._parts.append(encode(new, Layout.COMPACT))

    def _write_inside(
        self,
        span: _Span,
        old: tuple[_Member, ...],
        new: tuple[_Member, ...],
        brackets: str,
    ) -> None:
        entries = _entries(self._text, span)
        style = _style(entries)
        matches = _matched(old, new)
        parts, end = self._parts, len(new) - 1
        parts.append(brackets[0])
        for place, (key, value) in enumerate(new):
            at = matches[place]
            entry = None if at is None else entries[at]
            own = style.next if entry is None or at == 0 else entry.lead
            parts.append(own if place else style.first)
            if key is not None:
                is_same = entry is not None and at is not None and old[at][0] == key
                spelled = entry.key if entry is not None and is_same else None
                parts += (spelled or encode_string(key), entry.colon if entry else style.colon)
            if entry is None or at is None:
                parts.append(_new(value, style))
            else:
                self.write(entry.value, old[at][1], value)
            if place < end:
                parts += ("" if entry is None or at == len(old) - 1 else entry.trail, ",")
        parts += (style.last if new else "", brackets[1])


def _items(values: tuple[Value, ...]) -> tuple[_Member, ...]:
    return tuple((None, value) for value in values)


def _new(value: Value, style: _Style) -> str:
    """A value that was not in the text, over lines like its neighbours."""
    line, _, indent = style.next.rpartition("\n")
    if not line and "\n" not in style.next:
        return encode(value, Layout.COMPACT)
    return encode(value, Layout.PRETTY).replace("\n", f"\n{indent}")


def _matched(old: tuple[_Member, ...], new: tuple[_Member, ...]) -> list[int | None]:
    """For each new member the place of the old one that it comes from; places only grow."""
    last_of = {key: place for place, (key, _) in enumerate(old)}
    found: list[int | None] = []
    place = 0
    for done, (key, value) in enumerate(new):
        at = None
        if key is None:
            while len(old) - place > len(new) - done and old[place][1] != value:
                place += 1
            at = place if place < len(old) else None
        elif last_of.get(key, -1) >= place:
            at = next(i for i in range(place, len(old)) if old[i][0] == key)
        elif place < len(old) and old[place][1] is value:
            at = place  # another key for the same value
        found.append(at)
        place = place if at is None else at + 1
    return found


def _style(entries: list[_Entry]) -> _Style:
    if not entries:
        return _Style("", " ", ": ", "")
    first, last = entries[0], entries[-1]
    following = entries[1].lead if len(entries) > 1 else first.lead
    if len(entries) == 1 and "\n" not in following:
        following = " " if first.colon.endswith(" ") else ""
    return _Style(first.lead, following, last.colon or ": ", last.trail)


def _entries(text: str, span: _Span) -> list[_Entry]:
    """The members or items of the bracket that opens at the start of ``span``."""
    is_object = text[span.start] == "{"
    entries: list[_Entry] = []
    place = span.start + 1
    while True:
        key = None
        match = LEXEME.search(text, place)
        if match is None or match[0] in "]}":
            return entries
        lead = text[place : match.start()]
        begin, colon = match.start(), ""
        if is_object:
            key, key_end = match[0], match.end()
            begin = _after_colon(text, key_end)
            colon = text[key_end:begin]
        end = _end_of(text, begin)
        match = LEXEME.search(text, end)
        after = len(text) if match is None else match.start()
        entries.append(_Entry(key, lead, colon, text[end:after], _Span(begin, end)))
        if text[after] != ",":
            return entries
        place = after + 1


def _after_colon(text: str, key_end: int) -> int:
    """Where the value begins that belongs to the key that ends here."""
    colon = text.index(":", key_end)
    match = LEXEME.search(text, colon + 1)
    return len(text) if match is None else match.start()


def _end_of(text: str, begin: int) -> int:
    """Where the value ends that begins here."""
    if text[begin] not in "[{":
        match = LEXEME.match(text, begin)
        return len(text) if match is None else match.end()
    depth = 0
    for match in _TO_BRACKET.finditer(text, begin):
        depth += 1 if text[match.end() - 1] in "[{" else -1
        if depth == 0:
            return match.end()
    return len(text)


_TO_BRACKET = re.compile(
    r'(?:[^"\[\]{}]++|"[^"\\]*+(?:\\.[^"\\]*+)*")*[\[\]{}]',
    re.DOTALL,
)
