r"""A second way to read a command whose quotes do not come out even: as it was meant.

Three mistakes are common. JSON in single quotes has an apostrophe in it. For cmd.exe, JSON in
double quotes has an ``&`` in it, which stands outside of quotes to cmd.exe because of the ``\"``
before it. And in double quotes alone, a command for cmd.exe looks like one for bash until a
backtick or ``${`` is in it. Each is told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from composer.core.curl.reading.beginning import Beginning
from composer.core.curl.reading.command import ReadCommand, each_once
from composer.core.remarks import Remark
from composer.core.shells import Shell, cmd_words
from composer.core.shells.curly import AFTER

_OPENS = re.compile(r"(?:(?<=\s)|(?<=-d)|(?<==))'(?=[{\[])")
_CLOSES = re.compile(rf"[}}\]]'{AFTER}")
_CARET_AT_END = re.compile(r"\^(?=[ \t]*\r?\n)")
_MOST_ARGUMENTS = 20
_APOSTROPHE = Remark(
    name="'", words=r"It ends the single quotes; read as an apostrophe. Write it as '\''."
)
_AMPERSAND = Remark(
    name="cmd.exe",
    words="It takes a sign between the quotes for its own and would end the command there.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """``begin`` is to be read in place of the text that could not be."""

    begin: Beginning
    shell: Shell
    """The shell for which the command was written all the same"""
    remarks: tuple[Remark, ...] = ()

    def finished(self, command: ReadCommand) -> ReadCommand:
        """``command``, read from ``begin``, with what is to be told of that."""
        remarks = command.remarks
        if self.shell is Shell.CMD:
            # A dollar sign means nothing to cmd.exe.
            remarks = tuple(remark for remark in remarks if not remark.name.startswith("$"))
        return replace(command, shell=self.shell, remarks=each_once([*remarks, *self.remarks]))


def recovery(begin: Beginning) -> Recovery | None:
    """What to read instead; ``None`` if there is nothing that makes sense."""
    text = begin.text
    match begin.shell:
        case Shell.BASH if "'" not in text[begin.start :]:
            return Recovery(begin=replace(begin, shell=Shell.CMD), shell=Shell.CMD)
        case Shell.BASH:
            mended = _with_apostrophes(text, begin.start)
            if mended == text:
                return None
            other = replace(begin, text=mended)
            return Recovery(begin=other, shell=Shell.BASH, remarks=(_APOSTROPHE,))
        case Shell.CMD:
            lines = _CARET_AT_END.sub(r"\\", text)
            return Recovery(
                begin=replace(begin, shell=Shell.BASH, text=lines),
                shell=Shell.CMD,
                remarks=(_AMPERSAND, *cmd_words.variables_in(text, begin.start)),
            )
        case _:
            return None


def _with_apostrophes(text: str, start: int) -> str:
    """``text`` with the apostrophes in single-quoted JSON written as bash wants them."""
    parts: list[str] = []
    place = start
    for _ in range(_MOST_ARGUMENTS):
        opens = _OPENS.search(text, place)
        closes = _CLOSES.search(text, opens.end()) if opens else None
        if opens is None or closes is None:
            break
        inner = text[opens.end() : closes.start() + 1]
        parts += (text[place : opens.end()], inner.replace("'", r"'\''"), "'")
        place = closes.start() + 2
    return text[:start] + "".join((*parts, text[place:]))
