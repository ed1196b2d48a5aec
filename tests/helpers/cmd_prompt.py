"""The prompt of cmd.exe, read by its documented phases: an independent witness for quoting.

Percent expansion as at the prompt (an unknown variable stays as it is), then carets, quotation
marks, ``&`` and redirections, then the C runtime's argument rules. ``echo``, ``set /p``,
``certutil -decode``, ``copy /b`` and ``del`` act on real files; all else is returned to be run.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

LONGEST = 8191


@dataclass
class Simple:
    """One command between ``&`` signs: its text without carets, and where its output goes."""

    text: str = ""
    outputs: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])


Sign = tuple[str, bool]
"""A character, and whether cmd.exe takes it for nothing but itself."""


class CmdPrompt:
    """Reads what is pasted, line by line; ``programs`` are the argument lists of all programs."""

    def __init__(self, variables: dict[str, str]) -> None:
        self._variables = {name.upper(): value for name, value in variables.items()}
        self._lines: list[str] = []
        self.programs: list[list[str]] = []
        self.deleted: list[str] = []

    def paste(self, text: str) -> list[list[str]]:
        """Read all of ``text``; the argument lists of the programs that it runs."""
        self._lines = text.split("\n")
        while self._lines:
            for simple in _split(self._one_command()):
                self._run(simple)
        return self.programs

    def _next_line(self) -> str:
        """What is typed up to Enter; without any the prompt waits, which is a failure here."""
        return self._expanded(self._lines.pop(0))

    def _one_command(self) -> list[Sign]:
        """Phase 2: carets and quotation marks, over as many lines as it takes."""
        signs: list[Sign] = []
        line, is_quoted = self._next_line(), False
        while line:
            sign, line = line[0], line[1:]
            if sign == "^" and not is_quoted:
                if not line:
                    line = self._next_line() or "\n" + self._next_line()
                signs.append((line[0], True))
                line = line[1:]
                continue
            if sign == '"':
                is_quoted = not is_quoted
            signs.append((sign, is_quoted))
        assert len(signs) <= LONGEST
        return signs

    def _expanded(self, line: str) -> str:
        """Phase 1, as at the prompt: ``%NAME%`` and ``%NAME:…%`` only for a known variable."""
        parts: list[str] = []
        at = 0
        while (start := line.find("%", at)) >= 0:
            end = line.find("%", start + 1)
            if end < 0:
                break
            name, colon, _ = line[start + 1 : end].partition(":")
            value = self._variables.get(name.upper())
            if value is None:
                parts.append(line[at : start + 1])
                at = start + 1
            else:
                parts.append(line[at:start] + (f"<{value} edited>" if colon else value))
                at = end + 1
        return "".join(parts) + line[at:]

    def _run(self, simple: Simple) -> None:
        name = simple.text.strip().partition(" ")[0].lower()
        if name in {"curl", "certutil", "copy", "del"}:
            words = split_arguments(simple.text.strip())
            acts = {"certutil": self._certutil, "copy": self._copy, "del": self._del}
            acts.get(name, self.programs.append)(words)
        elif name == "echo":
            self._write(simple, simple.text.lstrip()[5:].encode("ascii") + b"\r\n")
        elif name == "set":
            prompt = re.fullmatch(r'\s*set /p "=(.*)"\s*', simple.text)
            assert prompt, simple.text
            self._write(simple, prompt[1].encode("ascii"))
        else:
            raise AssertionError(f"{simple.text!r} is not a command")

    def _write(self, simple: Simple, data: bytes) -> None:
        for sign, target in simple.outputs:
            if sign == "<":
                assert target == "nul"
                continue
            with Path(target).open("ab" if sign == ">>" else "wb") as file:
                file.write(data)

    def _certutil(self, words: list[str]) -> None:
        assert words[1:3] == ["-f", "-decode"]
        Path(words[4]).write_bytes(base64.b64decode(Path(words[3]).read_bytes()))

    def _copy(self, words: list[str]) -> None:
        assert words[1:3] == ["/b", "/y"]
        Path(words[4]).write_bytes(b"".join(Path(one).read_bytes() for one in words[3].split("+")))

    def _del(self, words: list[str]) -> None:
        self.deleted += words[1:]


def _split(signs: list[Sign]) -> Iterator[Simple]:
    """Cut at ``&``, and take the redirections out."""
    simple, rest = Simple(), list(signs)
    while rest:
        sign, is_plain = rest.pop(0)
        assert is_plain or sign != "|", "a pipe"
        assert sign != "(" or simple.text.strip(), "a block"
        if is_plain or sign not in "&<>":
            simple.text += sign
        elif sign == "&":
            yield simple
            simple = Simple()
        else:
            assert not simple.text[-1:].isdigit(), "a digit here is the number of a stream"
            while rest and rest[0] == (">", False):
                sign += rest.pop(0)[0]
            simple.outputs.append((sign, _target(rest)))
    yield simple


def _target(rest: list[Sign]) -> str:
    target, is_quoted = "", False
    while rest and (is_quoted or rest[0][0] not in " &<>"):
        sign = rest.pop(0)[0]
        is_quoted ^= sign == '"'
        target += sign
    return target.strip('"')


def split_arguments(line: str) -> list[str]:
    """A command line as the C runtime of Windows splits it (``parse_cmdline``, without globs)."""
    return list(_arguments(line))


def _arguments(line: str) -> Iterator[str]:
    at = 0
    while at < len(line):
        if line[at] in " \t":
            at += 1
            continue
        word, quoted = "", False
        while at < len(line) and (quoted or line[at] not in " \t"):
            slashes = len(line) - at - len(line[at:].lstrip("\\"))
            at += slashes
            if line[at : at + 1] == '"':
                word += "\\" * (slashes // 2)
                if slashes % 2:
                    word += '"'
                elif quoted and line[at + 1 : at + 2] == '"':
                    word += '"'
                    at += 1
                else:
                    quoted = not quoted
                at += 1
            elif slashes:
                word += "\\" * slashes
            else:
                word += line[at]
                at += 1
        yield word
