"""What is pasted at a PowerShell prompt, read by the documented rules: an independent witness.

A small interpreter for the few forms of the language that matter here (strings, arrays, ``+``,
``-join``, variables, static and instance methods of .NET, calls of programs), and the two ways in
which the versions hand arguments to a program.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from tests.helpers.cmd_prompt import split_arguments

SINGLE = "'\u2018\u2019\u201a\u201b"
DOUBLE = '"\u201c\u201d\u201e'
BACKTICKS = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}

Value = str | bytes | list[str]


@dataclass(frozen=True)
class Latin1:
    """The encoding object of that name."""


class PowerShellPrompt:
    """Runs what is pasted. ``programs`` are the arguments as PowerShell has them."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self._folder = folder
        self._environment = environment
        self._variables: dict[str, Value | Latin1] = {}
        self._text = ""
        self._at = 0
        self.programs: list[list[str]] = []
        self.removed: list[str] = []

    def paste(self, text: str) -> list[list[str]]:
        """Run all statements."""
        self._text, self._at = text, 0
        while self._at < len(text):
            if not self._take(r"[;\n ]+"):
                self._statement()
        return self.programs

    def _statement(self) -> None:
        if name := self._take(r"\$(\w+)(?= =)"):
            self._need(r" = ")
            self._variables[name[1:]] = self._expression()
        elif self._peek(r"\["):
            self._expression()
        else:
            words = self._command()
            if words[0] == "Remove-Item":
                self.removed += [one for one in words[1:] if one != ","]
            else:
                self.programs.append(words)
        assert self._peek(r"[;\n]|\Z"), self._text[self._at :][:80]

    # Argument mode

    def _command(self) -> list[str]:
        words: list[str] = []
        while not self._peek(r"[;\n]|\Z"):
            if self._take(r"(?: |`\n)+"):
                continue
            words.append(self._argument())
        return words

    def _argument(self) -> str:
        if self._peek(f"[{SINGLE}]"):
            return self._single()
        if self._peek(f"[{DOUBLE}]"):
            return self._double()
        if name := self._take(r"\$\w+"):
            return cast("str", self._variables[name[1:]])
        if self._take(","):
            return ","
        word = self._take(r"[A-Za-z0-9./-]+")
        assert word, self._text[self._at :][:80]
        # A parameter with one dash ends at a full stop (PowerShell issue 6291).
        assert not re.match(r"-[A-Za-z_?].*[.:]", word)
        assert self._peek(r"[ ,;\n]|\Z"), "something sticks to a word"
        return word

    # Expression mode

    def _expression(self) -> Value | Latin1:
        """The whole ladder: ``-join`` binds least, then ``+``, then the comma."""
        value = self._sum()
        if self._take(r" -join "):
            value = self._value(self._sum()).join(cast("list[str]", value))
        return value

    def _sum(self) -> Value | Latin1:
        value = self._list()
        while self._take(r" \+ "):
            other = self._list()
            assert isinstance(value, str)
            assert isinstance(other, str)
            value += other
        return value

    def _list(self) -> Value | Latin1:
        first = self._operand()
        if not self._is_in_list or not self._peek(r",\s"):
            return first
        items = [self._value(first)]
        while self._take(r",\s+"):
            items.append(self._value(self._operand()))
        return items

    _is_in_list = True

    def _operand(self) -> Value | Latin1:
        if self._take(r"\(\s*"):
            outer, self._is_in_list = self._is_in_list, True
            value = self._expression()
            self._need(r"\s*\)")
            self._is_in_list = outer
            return value
        if self._peek(f"[{SINGLE}]"):
            return self._single()
        if self._peek(f"[{DOUBLE}]"):
            return self._double()
        if name := self._take(r"\$env:\w+"):
            return self._environment.get(name[5:], "")
        if name := self._take(r"\$\w+"):
            value = self._variables[name[1:]]
            if method := self._take(r"\.\w+(?=\()"):
                assert method == ".GetString"
                assert value == Latin1()
                return cast("bytes", self._arguments()[0]).decode("latin-1")
            return value
        method = self._take(r"\[[\w.]+\]::\w+(?:\.\w+)?")
        assert method, self._text[self._at :][:80]
        return self._methods()[method](*self._arguments())

    def _arguments(self) -> list[Value | Latin1]:
        """Between the parentheses of a method a comma parts arguments and makes no array."""
        outer, self._is_in_list = self._is_in_list, False
        self._need(r"\(")
        values: list[Value | Latin1] = []
        while not self._take(r"\)"):
            values.append(self._expression())
            self._take(r",\s*")
        self._is_in_list = outer
        return values

    def _methods(self) -> dict[str, Callable[..., Value | Latin1]]:
        return {
            "[IO.Path]::GetTempFileName": self._new_file,
            "[IO.File]::WriteAllText": self._write_text,
            "[IO.File]::WriteAllBytes": self._write_bytes,
            "[Convert]::FromBase64String": lambda text: base64.b64decode(text, validate=True),
            "[Text.Encoding]::GetEncoding": lambda _: Latin1(),
        }

    def _new_file(self) -> str:
        return str(self._folder / f"tmp {len(list(self._folder.iterdir()))}.tmp")

    def _write_text(self, file: str, text: str, encoding: Latin1 | None = None) -> Value:
        return self._write_bytes(file, text.encode("latin-1" if encoding else "utf-8"))

    def _write_bytes(self, file: str, data: bytes) -> Value:
        Path(file).write_bytes(data)
        return ""

    # Strings

    def _single(self) -> str:
        """Any two single quotes in a row are the second of them."""
        self._at += 1
        parts: list[str] = []
        while True:
            sign = self._text[self._at]
            self._at += 1
            if sign in SINGLE:
                if self._text[self._at : self._at + 1] not in tuple(SINGLE):
                    return "".join(parts)
                sign = self._text[self._at]
                self._at += 1
            parts.append(sign)

    def _double(self) -> str:
        self._at += 1
        text = ""
        while self._text[self._at] not in DOUBLE:
            if escape := self._take(r"`."):
                text += BACKTICKS.get(escape[1], escape[1])
            elif name := self._take(r"\$\w+"):
                text += self._value(self._variables[name[1:]])
            else:
                text += self._text[self._at]
                self._at += 1
        self._at += 1
        return text

    @staticmethod
    def _value(value: Value | Latin1) -> str:
        assert isinstance(value, str)
        return value

    # Text

    def _peek(self, pattern: str) -> bool:
        return re.compile(pattern).match(self._text, self._at) is not None

    def _take(self, pattern: str) -> str:
        match = re.compile(pattern).match(self._text, self._at)
        self._at = match.end() if match else self._at
        return match[0] if match else ""

    def _need(self, pattern: str) -> None:
        assert self._take(pattern), self._text[self._at :][:80]


def arguments_before_7_3(words: list[str]) -> list[str]:
    """What a program gets of ``words``: blanks bring quotation marks, nothing is escaped."""
    line = " ".join(f'"{word}"' if re.search(r"\s", word) else word for word in words)
    return split_arguments(line)


def arguments_from_7_3(words: list[str]) -> list[str]:
    """What a program gets of ``words``: what PowerShell has."""
    return list(words)
