"""What the programs before curl would write, of those whose output is known without running them.

``echo``, ``printf`` and ``cat`` in a pipe, and the files that a command for cmd.exe makes for
itself out of base64. Knows nothing of requests.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from composer.core.curl.reading.calls import Call
from composer.core.remarks import Remark
from composer.core.shells import Shell
from composer.core.shells.bash_escapes import of_echo, of_format
from composer.core.shells.words import Word, as_bytes

NOT_READ = "A file is not read: paste its contents in place of its name."
_NOT_RUN = "It is not run: what goes into it is taken as it stands."
_SIDE_BY_SIDE = frozenset({"del", "rm", "remove-item", "erase", "set", "echo off", "unset"})


@dataclass(slots=True)
class Feeds:
    """The outputs and files so far, and what is to be said of them."""

    shell: Shell
    files: dict[str, bytes] = field(default_factory=dict[str, bytes])
    remarks: list[Remark] = field(default_factory=list[Remark])
    _output: bytes | None = None
    """What the last call wrote; ``None`` if that is not known."""

    def input_of(self, call: Call) -> bytes | None:
        """What ``call`` gets as standard input; ``None`` if nothing, or nothing known."""
        if call.here is not None:
            self.remarks += call.here.remarks
            return as_bytes(call.here.text) + (b"\n" if call.is_line else b"")
        if call.source and call.source.lower() not in {"nul", "/dev/null"}:
            return self.file(call.source)
        return self._output if call.is_fed else None

    def file(self, name: str) -> bytes | None:
        """The contents of a file that the command itself has made; of another, a remark."""
        if name not in self.files:
            self.remarks.append(Remark(name=name, words=NOT_READ))
        return self.files.get(name)

    def not_of_files(self, remarks: Iterable[Remark]) -> Iterator[Remark]:
        """``remarks`` but those of variables in the names of files that the command has made."""
        names = "\n".join(self.files)
        return (remark for remark in remarks if remark.name not in names)

    def pass_by(self, call: Call) -> None:
        """Take note of a call that stands before the request."""
        for word in call.assignments:
            name = word.text.partition("=")[0]
            self.remarks.append(Remark(name=name, words="A variable is not set: put its value in."))
        if not call.words:
            return
        given = self.input_of(call)
        writer = _WRITERS.get(call.program)
        if writer is not None:
            output = writer(self, call.arguments, given)
        else:
            output = given
            if call.program not in _SIDE_BY_SIDE:
                self.remarks.append(Remark(name=call.shown, words=_NOT_RUN))
        self._output = output
        if call.target and output is not None:
            before = self.files.get(call.target, b"") if call.appends else b""
            self.files[call.target] = before + output
        told = [remark for word in (*call.assignments, *call.words) for remark in word.remarks]
        self.remarks += self.not_of_files(told)


def _echo(feeds: Feeds, arguments: Sequence[Word], _given: bytes | None) -> bytes:
    words = [word.text for word in arguments]
    if feeds.shell is Shell.CMD:
        return as_bytes(" ".join(words)) + b"\r\n"
    flags = ""
    while words and re.fullmatch(r"-[neE]+", words[0]):
        flags += words.pop(0)
    text = " ".join(words)
    is_ended = "n" in flags
    if "e" in flags:
        text, stops = of_echo(text)
        is_ended |= stops
    return as_bytes(text) + (b"" if is_ended else b"\n")


def _printf(feeds: Feeds, arguments: Sequence[Word], _given: bytes | None) -> bytes | None:
    texts = [word.text for word in arguments]
    if texts[:1] == ["--"]:
        texts.pop(0)
    parts = _DIRECTIVE.split(texts[0]) if texts else [""]
    values = deque(texts[1:])
    done: list[str] = []
    while True:
        for place, part in enumerate(parts):
            if place % 2 == 0:
                done.append(of_format(part))
            elif part == "%":
                done.append("%")
            elif part in {"s", "b"}:
                value, stops = values.popleft() if values else "", False
                if part == "b":
                    value, stops = of_echo(value)
                done.append(value)
                if stops:
                    return as_bytes("".join(done))
            else:
                words = "Only %s, %b and %% are read: the text stands as it is written."
                feeds.remarks.append(Remark(name=f"printf {texts[0][:60]}", words=words))
                done.append(f"%{part}")
        # printf goes through its format again for as long as there are arguments.
        if not values or not {"s", "b"} & set(parts[1::2]):
            return as_bytes("".join(done))


_DIRECTIVE = re.compile(r"%([-+ #0-9.*]*.)", re.DOTALL)


def _cat(feeds: Feeds, arguments: Sequence[Word], given: bytes | None) -> bytes | None:
    names = [word.text for word in arguments if not re.fullmatch(r"-[A-Za-z]+", word.text)]
    if not names:
        return given
    parts = [given if name == "-" else feeds.file(name) for name in names]
    known = [part for part in parts if part is not None]
    return b"".join(known) if known else None


def _base64(feeds: Feeds, arguments: Sequence[Word], given: bytes | None) -> bytes | None:
    options = {word.text for word in arguments}
    if options & {"-d", "-D", "--decode"} and given is not None:
        return _unpacked(given)
    feeds.remarks.append(Remark(name="base64", words=_NOT_RUN))
    return given


def _certutil(feeds: Feeds, arguments: Sequence[Word], _given: bytes | None) -> None:
    texts = [word.text for word in arguments]
    if "-decode" in texts and len(texts) > texts.index("-decode") + 2:
        source, target = texts[-2:]
        feeds.files[target] = _unpacked(feeds.file(source) or b"")


def _copy(feeds: Feeds, arguments: Sequence[Word], _given: bytes | None) -> None:
    names = [word.text for word in arguments if not word.text.startswith("/")]
    if len(names) == 2:  # noqa: PLR2004 -- from, to
        parts = [feeds.file(name) or b"" for name in names[0].split("+")]
        feeds.files[names[1]] = b"".join(parts)


def _set(_feeds: Feeds, arguments: Sequence[Word], _given: bytes | None) -> bytes | None:
    """``set /p "=text"`` writes its prompt, without a line end."""
    texts = [word.text for word in arguments]
    return as_bytes(texts[1].partition("=")[2]) if texts[:1] == ["/p"] and texts[1:] else None


def _unpacked(data: bytes) -> bytes:
    try:
        return base64.b64decode(b"".join(data.split()))
    except binascii.Error:
        return data


_WRITERS: dict[str, Callable[[Feeds, Sequence[Word], bytes | None], bytes | None]] = {
    "echo": _echo,
    "printf": _printf,
    "cat": _cat,
    "type": _cat,
    "base64": _base64,
    "certutil": _certutil,
    "copy": _copy,
    "set": _set,
}
