"""A pasted command line, or several, with one request in it: what leads to it and what follows.

The calls before the request are looked through for what they feed it; those after it are named
and not read, for a person may have copied anything along.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from composer.core.curl.reading import curl, powershell
from composer.core.curl.reading.beginning import Beginning, beginning
from composer.core.curl.reading.calls import Call, calls_of
from composer.core.curl.reading.command import ReadCommand, ReadError, each_once
from composer.core.curl.reading.feeds import Feeds
from composer.core.curl.reading.recovery import recovery
from composer.core.remarks import Remark
from composer.core.shells import Shell
from composer.core.shells.words import ShellError, TooMuchError, Word, read_lines

_NO_COMMAND = "There is no curl command in this. Copy the command again, from its first word on."
_NOT_READ = "What follows the request was not read."
_NO_BACKSLASH = "The line before it should have ended with a backslash; read as if it did."
_LONGEST_NAME = 60
_MOST_LINES = 500
_CLEANS_UP = ("remove-item", "del ", "rm ")


def read_text(text: str) -> ReadCommand:
    """The first request of ``text``. Raises ``ReadError``."""
    begin = beginning(text)
    if begin is None:
        raise ReadError(_NO_COMMAND, 0)
    try:
        return _read(begin)
    except TooMuchError as error:
        raise ReadError(str(error), error.offset) from None
    except ShellError as error:
        refused = ReadError(str(error), error.offset)
    other = recovery(begin)
    if other is None:
        raise refused
    try:
        return other.finished(_read(other.begin))
    except (ShellError, ReadError):
        raise refused from None


def _read(begin: Beginning) -> ReadCommand:
    feeds = Feeds(shell=begin.shell, remarks=list(begin.remarks))
    variables = powershell.Variables(feeds)
    lines = read_lines(begin.text, begin.shell, begin.start)
    for line in lines:
        calls = calls_of(line, begin.shell)
        for place, call in enumerate(calls):
            if call.program == "curl":
                end = call.end
                if place == len(calls) - 1:
                    end = _go_on(call, line, lines, feeds)
                return _with_rest(_request(call, feeds, variables), begin.text[end:])
            if begin.shell is not Shell.POWERSHELL:
                feeds.pass_by(call)
            elif request := variables.run(call):
                return _with_rest(request, begin.text[call.end :])
    raise ReadError(_NO_COMMAND, begin.start)


def _request(call: Call, feeds: Feeds, variables: powershell.Variables) -> ReadCommand:
    words = call.arguments
    given = feeds.input_of(call)
    if feeds.shell is Shell.POWERSHELL:
        words = variables.native(words)
        given = variables.piped
    for word in call.assignments:
        name = word.text.partition("=")[0]
        feeds.remarks.append(Remark(name=name, words="A variable is not set: put its value in."))
    return curl.request_of(words, feeds, given, call.words[0].start)


def _go_on(
    call: Call, line: tuple[Word, ...], lines: Iterator[tuple[Word, ...]], feeds: Feeds
) -> int:
    """Add the lines that begin with an option to ``call``; gives where the last one ends."""
    end = max(word.end for word in line)
    try:
        for following in islice(lines, _MOST_LINES):
            if not following or not following[0].text.startswith(("-", "–", "—")):
                break
            first = following[0]
            more = calls_of(following, feeds.shell)
            call.words += more[0].words
            feeds.remarks.append(Remark(name=first.text[:_LONGEST_NAME], words=_NO_BACKSLASH))
            end = following[-1].end if len(more) == 1 else more[0].end
            if len(more) > 1:
                break
    except ShellError:
        pass  # what follows need not be a command, so it need not be readable either
    return end


def _with_rest(command: ReadCommand, rest: str) -> ReadCommand:
    """``command`` with a remark to what stands behind it, if that is more than tidying up."""
    rest = rest.strip(" \t\r\n;&)")
    if not rest or rest.lower().startswith(_CLEANS_UP):
        return command
    name = rest.partition("\n")[0].strip()
    shown = name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"
    told = Remark(name=shown, words=_NOT_READ)
    return replace(command, remarks=each_once([*command.remarks, told]))
