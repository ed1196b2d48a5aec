"""Values that are written out in PowerShell: strings, arrays, hashtables, and what .NET packs.

Only what stands in the text itself is put together. A variable that it does not set stands as it
is written, and a command has no value here.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from composer.core.jsontext import Layout, Number, Object, Value as Json, encode
from composer.core.remarks import Remark
from composer.core.shells.words import Word, as_bytes, as_text

Value: TypeAlias = "str | bytes | Bare | Table | tuple[Value, ...]"


@dataclass(frozen=True, slots=True)
class Bare:
    """A number, or a constant such as ``$true``: as JSON has it, and as it is spelled."""

    json: Json
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A hashtable, its names as they are spelled."""

    members: tuple[tuple[str, Value], ...]


class UnknownError(Exception):
    """The value is not written out in the text."""


def text_of(value: Value) -> str:
    """``value`` where PowerShell wants text. Raises ``UnknownError`` for a hashtable."""
    match value:
        case str():
            return value
        case bytes():
            return as_text(value)
        case Bare():
            return value.text
        case tuple():
            return " ".join(map(text_of, value))
        case Table():
            raise UnknownError


def json_of(value: Value) -> Json:
    """``value`` as ``ConvertTo-Json`` reads it."""
    match value:
        case str():
            return value
        case bytes():
            return as_text(value)
        case Bare():
            return value.json
        case tuple():
            return tuple(map(json_of, value))
        case Table():
            return Object(tuple((name, json_of(member)) for name, member in value.members))


class Expressions:
    """Reads expressions out of ``words``, from ``place`` on; ``remarks`` are of what it read."""

    def __init__(self, words: Sequence[Word], variables: Mapping[str, Value]) -> None:
        self.place = 0
        self.remarks: list[Remark] = []
        self._words = words
        self._variables = variables
        self._depth = 0

    @property
    def is_at_end(self) -> bool:
        """Whether all words have been read."""
        return self.place >= len(self._words)

    def expression(self) -> Value:
        """Terms with ``+``, ``-join`` and ``| ConvertTo-Json`` between them."""
        value = self.term()
        while not self.is_at_end:
            word = self._words[self.place]
            if word.is_operator and word.text == "+":
                self.place += 1
                value = text_of(value) + text_of(self.term())
            elif not word.is_operator and word.text.lower() == "-join":
                self.place += 1
                parts = value if isinstance(value, tuple) else (value,)
                value = text_of(self.term()).join(map(text_of, parts))
            elif word.text == "|" and self._names(self.place + 1, "convertto-json"):
                self._skip_call()
                value = as_json(value)
            else:
                break
        return value

    def pass_over(self, start: int) -> str:
        """Go on behind the argument that begins at ``start``; gives how it is written."""
        depth, self.place, self._depth = 0, start, 0
        while not self.is_at_end:
            word = self._words[self.place]
            self.place += 1
            if word.is_operator:
                depth += (word.text[-1] in "({") - (word.text in ")}")
            following = self._words[self.place : self.place + 1]
            if depth <= 0 and not any(w.text == "(" and w.start == word.end for w in following):
                break
        return " ".join(word.text for word in self._words[start : self.place])[:_LONGEST_NAME]

    def term(self) -> Value:
        """One value, as an argument or between operators. Raises ``UnknownError``."""
        if self.is_at_end:
            raise UnknownError
        word = self._words[self.place]
        self.place += 1
        if word.is_operator:
            return self._brackets(word.text)
        if word.is_quoted:
            self.remarks += word.remarks
            return word.text
        if self._is_called(word):
            return self._method(word)
        if _CAST.fullmatch(word.text):
            return self.term()
        return self._bare(word)

    def _bare(self, word: Word) -> Value:
        name = word.text
        constants = {"$true": True, "$false": False, "$null": None}
        if name.lower() in constants:
            json: Json = constants[name.lower()]
            return Bare(json, "" if json is None else name[1:].capitalize())
        if name in self._variables:
            return self._variables[name]
        if _NUMBER.fullmatch(name):
            return Bare(Number(name), name)
        if self._depth and name[:1].isalpha():
            raise UnknownError  # a command
        self.remarks += word.remarks
        return name

    def _brackets(self, sign: str) -> Value:
        if sign not in {"(", "@(", "@{"} or self._depth == _DEEPEST:
            raise UnknownError
        self._depth += 1
        value = self._table() if sign == "@{" else self._list(is_array=sign == "@(")
        self._depth -= 1
        return value

    def _list(self, *, is_array: bool = False) -> Value:
        values: list[Value] = []
        while not self._takes(")"):
            if not self._takes(",", ";", "\n"):
                values.append(self.expression())
        return values[0] if len(values) == 1 and not is_array else tuple(values)

    def _table(self) -> Table:
        members: list[tuple[str, Value]] = []
        while not self._takes("}"):
            if self._takes(";", "\n"):
                continue
            name = self._words[self.place].text
            self.place += 1
            if not self._takes("="):
                raise UnknownError
            while self._takes("\n"):
                pass
            members.append((name, self._items()))
        return Table(tuple(members))

    def _items(self) -> Value:
        """A value, or several with commas between them."""
        values = [self.expression()]
        while self._takes(","):
            values.append(self.expression())
        return values[0] if len(values) == 1 else tuple(values)

    def _method(self, word: Word) -> Value:
        name = word.text.lower().rpartition("::")[2].rpartition(".")[2]
        self.place += 1
        if name not in _METHODS or self._depth == _DEEPEST:
            raise UnknownError
        self._depth += 1
        value = self._list()
        self._depth -= 1
        return _METHODS[name](value)

    def _takes(self, *signs: str) -> bool:
        """Whether one of ``signs`` comes next; it is read then. Raises at the end."""
        if self.is_at_end:
            raise UnknownError
        word = self._words[self.place]
        found = word.is_operator and word.text in signs
        self.place += found
        return found

    def _is_called(self, word: Word) -> bool:
        following = self._words[self.place : self.place + 1]
        return any(
            next_.is_operator and next_.text == "(" and next_.start == word.end
            for next_ in following
        )

    def _names(self, place: int, command: str) -> bool:
        return place < len(self._words) and self._words[place].text.lower() == command

    def _skip_call(self) -> None:
        """Go on to where the call in a pipe ends."""
        self.place += 1
        while not self.is_at_end and not self._words[self.place].is_operator:
            self.place += 1


def as_json(value: Value) -> str:
    """What ``ConvertTo-Json`` makes of ``value``, laid out as this program does."""
    return encode(json_of(value), Layout.PRETTY)


def _unpacked(value: Value) -> Value:
    try:
        return base64.b64decode("".join(text_of(value).split()))
    except (binascii.Error, ValueError):
        raise UnknownError from None


_METHODS: Mapping[str, Callable[[Value], Value]] = {
    "frombase64string": _unpacked,
    "getbytes": lambda value: as_bytes(text_of(value)),
    "getstring": text_of,
    "getencoding": text_of,
}
_CAST = re.compile(r"\[[\w.]+\]")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_DEEPEST = 40
_LONGEST_NAME = 60
