"""Words put together to calls of programs, with what is redirected into and out of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from composer.core.shells import Shell
from composer.core.shells.words import Word

_REDIRECTION = re.compile(r"[0-9*]?(?:<<<|<<-?|<[&>]?|>[>&|]?)(?:&1)?|&>>?")
_HERE = frozenset({"<<", "<<-", "<<<"})
_SEPARATORS = frozenset({"|", "|&", "||", "&&", "&", ";", ";;", "\n"})
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=", re.ASCII)
_WRAPPERS = frozenset({"sudo", "time", "env", "command", "exec", "nohup", "export"})


@dataclass(slots=True)
class Call:
    """A program with its arguments. In PowerShell ``words`` hold the signs of expressions too."""

    words: list[Word] = field(default_factory=list[Word])
    assignments: list[Word] = field(default_factory=list[Word])
    here: Word | None = None
    """What is given to it as standard input in the command itself"""
    is_line: bool = False
    """Whether that is one word, to which the shell adds a line end"""
    source: str = ""
    """The file that it reads, if it is redirected"""
    target: str = ""
    """The file to which its output goes, if it is redirected"""
    appends: bool = False
    end: int = 0
    """Where it ends, without the contents of a here-document"""
    is_fed: bool = False
    """Whether the output of the call before is its input"""

    @property
    def program(self) -> str:
        """The program's name without its folder, in lower case."""
        if not self.words:
            return ""
        return re.split(r"[/\\]", self.words[0].text)[-1].lower().removesuffix(".exe").lstrip("@")

    @property
    def arguments(self) -> Sequence[Word]:
        """The words after the program's name."""
        return self.words[1:]

    @property
    def shown(self) -> str:
        """The beginning of the call, as a name for it."""
        line = " ".join(word.text for word in self.words[:_MOST_SHOWN]).partition("\n")[0]
        return line if len(line) <= _LONGEST_SHOWN else f"{line[:_LONGEST_SHOWN]}…"


_MOST_SHOWN = 8
_LONGEST_SHOWN = 60


def calls_of(line: Iterable[Word], shell: Shell) -> list[Call]:
    """The calls of one command line, in their order."""
    calls, call, redirection = [Call()], Call(), ""
    calls[0] = call
    depth = 0
    for word in line:
        if redirection:
            _redirect(call, redirection, word)
            call.end = call.end if redirection in _HERE else word.end
            redirection = ""
        elif not word.is_operator:
            call.words.append(word)
            call.end = word.end
        elif shell is Shell.POWERSHELL and (depth or word.text not in _SEPARATORS):
            depth += (word.text[-1] in "({") - (word.text[-1] in ")}")
            call.words.append(word)
            call.end = word.end
        elif _REDIRECTION.fullmatch(word.text):
            redirection = word.text
        else:
            call = Call(is_fed=word.text in {"|", "|&"})
            calls.append(call)
    return [_unwrapped(call, shell) for call in calls if call.words]


def _redirect(call: Call, sign: str, word: Word) -> None:
    if sign in _HERE:
        call.here, call.is_line = word, sign == "<<<"
    elif sign == "<":
        call.source = word.text
    elif sign in {">", ">>", "1>", "1>>", ">|"}:
        call.target, call.appends = word.text, sign.endswith(">>")


def _unwrapped(call: Call, shell: Shell) -> Call:
    """``call`` without ``sudo`` and the like, and without assignments in front of it."""
    if shell is Shell.POWERSHELL:
        return call
    for place, word in enumerate(call.words):
        if _ASSIGNMENT.match(word.text) and shell is Shell.BASH:
            call.assignments.append(word)
        elif word.text not in _WRAPPERS:
            call.words = call.words[place:]
            return call
    call.words = []
    return call
