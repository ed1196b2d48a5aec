"""Reads Bruno's own text format, ``.bru``: named blocks of pairs, of lines or of names.

Format: https://docs.usebruno.com/bru-lang/. A block ends with a bracket at the start of a line. It
knows nothing of what the blocks mean.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_START = re.compile(r"(?P<name>[\w-]+(?::[\w-]+)*)\s*(?P<bracket>[{\[])\s*$", re.ASCII)
_TEXT_BLOCK = re.compile(r"body(?::(?!form|multipart|file)[\w-]+)*|script|tests|docs", re.ASCII)
_OFF = "~"
_QUOTES = "'''"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """``text`` of a block of lines; ``pairs`` of any other, without those switched off."""

    name: str
    text: str = ""
    pairs: tuple[tuple[str, str], ...] = ()

    def get(self, key: str) -> str:
        """The value of a pair; empty where there is none."""
        return next((value for name, value in self.pairs if name == key), "")


def read_bru(text: str) -> tuple[Block, ...]:
    """The blocks, in order. Lines that stand outside of any are passed over."""
    lines = text.removeprefix("\ufeff").splitlines()
    return tuple(_blocks(lines))


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    place = 0
    while place < len(lines):
        start = _START.match(lines[place])
        place += 1
        if start is None:
            continue
        end = "}" if start["bracket"] == "{" else "]"
        until = next((n for n in range(place, len(lines)) if lines[n].rstrip() == end), len(lines))
        yield _block(start["name"], lines[place:until], is_list=end == "]")
        place = until + 1


def _block(name: str, lines: Sequence[str], *, is_list: bool) -> Block:
    if is_list:
        names = (line.strip().rstrip(",") for line in lines)
        return Block(name=name, pairs=tuple((one, "") for one in names if one and one[0] != _OFF))
    if _TEXT_BLOCK.fullmatch(name) or name.startswith("script:"):
        return Block(name=name, text=textwrap.dedent("\n".join(lines)))
    return Block(name=name, pairs=tuple(_pairs(lines)))


def _pairs(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    waiting = iter(lines)
    for line in waiting:
        key, colon, value = _split(line.strip())
        if not colon:
            continue
        if value == _QUOTES:  # the value takes several lines
            value = textwrap.dedent("\n".join(_until_quotes(waiting)))
        if not key.startswith(_OFF):
            yield key, value


def _split(line: str) -> tuple[str, str, str]:
    """A name in quotes may have a colon in it."""
    if quoted := re.match(r'(~?)"((?:[^"\\]|\\.)*)"\s*:(.*)', line):
        return f"{quoted[1]}{quoted[2]}", ":", quoted[3].strip()
    key, colon, value = line.partition(":")
    return key.strip(), colon, value.strip()


def _until_quotes(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        if line.strip() == _QUOTES:
            return
        yield line
