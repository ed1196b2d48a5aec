"""The statements of PowerShell around a request: variables, files that they write, the call.

Nothing is run: a variable has a value here if the text itself spells it out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from composer.core.curl.reading.calls import Call
from composer.core.curl.reading.command import ReadCommand
from composer.core.curl.reading.expressions import (
    Expressions,
    UnknownError,
    Value,
    as_json,
    text_of,
)
from composer.core.curl.reading.feeds import Feeds
from composer.core.curl.reading.web_request import COMMANDS, COOKIES, request_of
from composer.core.remarks import Remark
from composer.core.shells.words import Word, as_bytes

_NOT_RUN = "It was not run and left out."
_OF_NO_ACCOUNT = frozenset({"new-object", "remove-item"})


class Variables:
    """Goes through the statements before a request and knows what they have set."""

    def __init__(self, feeds: Feeds) -> None:
        self._feeds = feeds
        self._values: dict[str, Value] = {}
        self._output: Value | None = None
        self._assigned = ""
        """The variable to which the pipe that is being read goes"""

    @property
    def piped(self) -> bytes | None:
        """What the call before writes into the next; a line end comes after it."""
        if self._output is None:
            return None
        return _bytes_of(self._output) + b"\r\n"

    def run(self, call: Call) -> ReadCommand | None:
        """Take note of ``call``; gives the request if it is one."""
        words = call.words
        if len(words) > 1 and words[0].text.startswith("$") and words[1].text == "=":
            self._assigned = words[0].text
            words = words[2:]
        elif not call.is_fed:
            self._assigned = ""
        if not words:
            return None
        if words[0].text.lower() in COMMANDS:
            piped = self._output if call.is_fed else None
            return request_of(words, self._values, self._feeds, piped)
        try:
            self._output = self._value(words)
        except UnknownError:
            self._output = None
            if words[0].text.lower() not in _OF_NO_ACCOUNT:
                self._feeds.remarks.append(Remark(name=call.shown, words=_NOT_RUN))
        if self._assigned and self._output is not None:
            self._values[self._assigned] = self._output
        return None

    def native(self, words: Sequence[Word]) -> list[Word]:
        """Arguments of a program, their values put in and their quotes as it gets them."""
        reader = Expressions(words, self._values)
        arguments: list[Word] = []
        while not reader.is_at_end:
            start = reader.place
            word = words[start]
            try:
                text = _through_windows(text_of(reader.term()))
            except UnknownError:
                name = reader.pass_over(start)
                self._feeds.remarks.append(Remark(name=name, words=_NOT_RUN))
                arguments.append(replace(word, text="", is_operator=False, remarks=()))
                continue
            arguments.append(replace(word, text=text, is_operator=False, remarks=()))
        known = {*self._values, *self._feeds.files}
        self._feeds.remarks += (remark for remark in reader.remarks if remark.name not in known)
        return arguments

    def _value(self, words: Sequence[Word]) -> Value | None:
        """The value of a statement; ``None`` if it is none but was understood."""
        name = words[0].text.lower().replace("system.", "")
        if name == "convertto-json" and self._output is not None:
            return as_json(self._output)
        if name == "[io.path]::gettempfilename":
            return self._assigned
        if name.endswith(".cookies.add"):
            self._add_cookie(words)
            return None
        if name in {"[io.file]::writealltext", "[io.file]::writeallbytes"}:
            self._write(words)
            return None
        reader = Expressions(words, self._values)
        value = reader.expression()
        if not reader.is_at_end or (isinstance(value, str) and not _is_written_out(words[0])):
            raise UnknownError
        self._feeds.remarks += reader.remarks
        return value

    def _write(self, words: Sequence[Word]) -> None:
        """A file with contents that stand in the text."""
        reader = Expressions(words[1:], self._values)
        values = reader.term()
        if not isinstance(values, tuple) or len(values) < 2:  # noqa: PLR2004 -- file, contents
            raise UnknownError
        self._feeds.files[text_of(values[0])] = _bytes_of(values[1])
        self._feeds.remarks += reader.remarks

    def _add_cookie(self, words: Sequence[Word]) -> None:
        name, value, *_ = (*(word.text for word in words if word.is_quoted), "", "")
        before = self._values.get(COOKIES)
        pairs = [text_of(before)] if before is not None else []
        self._values[COOKIES] = "; ".join([*pairs, f"{name}={value}"])


def _is_written_out(word: Word) -> bool:
    return word.is_quoted or word.is_operator or word.text.startswith(("$", "["))


def _bytes_of(value: Value) -> bytes:
    return value if isinstance(value, bytes) else as_bytes(text_of(value))


def _through_windows(text: str) -> str:
    r"""``text`` as a program gets it: before PowerShell 7.3 its quotation marks need ``\``."""
    if '\\"' not in text or text.count('"') != text.count('\\"'):
        return text
    return text.replace('\\\\\\"', "\0").replace('\\"', '"').replace("\0", '\\"')
