"""For which shell a command was written, and where in the text it begins.

Goes by what programs that copy commands put into them (``^"`` of browsers for cmd.exe, a backtick
at the end of a line for PowerShell) and by the prompt in front of it. Reads no words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from composer.core.remarks import Remark
from composer.core.shells import Shell

_HEAD = 20_000
"""Characters in which the shell shows. A request body may be anything."""

_PROMPTS = {
    Shell.POWERSHELL: re.compile(r"\s*PS(?: [^>\n]{0,300})?> ?"),
    Shell.CMD: re.compile(r"\s*[A-Za-z]:\\[^>\n]{0,300}>"),
    Shell.BASH: re.compile(r"\s*(?:[\w.@:~/()\[\]-]{0,200}[ ~]?)?[$%#❯➜] (?=\S)"),
}
_CURL = (
    r"""(?:["'][^"'\n]{0,200})?(?:[\w.:~/\\-]{0,200}[/\\])?curl(?:\.exe)?["']?(?=[ \t\r\n^`\\])"""
)
_WEB_REQUEST = r"(?:Invoke-WebRequest|Invoke-RestMethod|iwr|irm)\b"
_COMMAND = re.compile(rf"[&@(]?[ \t]*{_CURL}|{_WEB_REQUEST}", re.IGNORECASE)
_FEED = re.compile(
    r"(?:printf|echo|cat|sudo|time|env|export|set|base64|@?echo off)\b|[A-Za-z_]\w{0,100}=|[<>]"
    r"|#|::|rem\b|\$[\w.:]{1,100}\s*=|\$\w{1,100}\.[\w.]{1,100}\(|\[[\w.]{1,100}\]::|@['\"]|'|\"",
    re.IGNORECASE,
)
"""What may stand in front of the request and belong to it: what feeds it, what it names."""

_ANYWHERE = re.compile(
    rf"(?:^|(?<=[\s`|;&(])){_CURL}\s*[-–—'\"^$h“‘]|{_WEB_REQUEST}\s*-", re.IGNORECASE
)
_MORE = re.compile(r"^>+ ?")
_LINE = re.compile(
    rf"^[ \t]*(?:PS[^>\n]{{0,300}}>|[\w.:~/\\@-]{{0,200}}[$#%>])?[ \t]*(?={_CURL}|{_WEB_REQUEST})",
    re.MULTILINE | re.IGNORECASE,
)
_POWERSHELL = re.compile(
    rf"(?:^|[\s(=|&]){_WEB_REQUEST}|[ \t]`[ \t]*\r?$|^\s*\$[\w.:]{{1,100}}\s*=|\$env:\w"
    r"|^\s*\[[\w.]{1,100}\]::|\bRemove-Item\b",
    re.IGNORECASE | re.MULTILINE,
)
_CMD = re.compile(
    r'[ \t(]\^"(?=\S)|\^[ \t]*\r?$|\^\\\^"|%[A-Za-z_]\w{2,}%|\bcertutil\b', re.MULTILINE
)
_POWERSHELL_WORDS = re.compile(r"""\bcurl\.exe\b.*\0|[{\[:,]`["$]""", re.IGNORECASE | re.DOTALL)
_CMD_WORDS = re.compile(
    r'\^"(?:\s|$)|\^[&|<>^"%]|[{\[,:]""[\w$]'
    r'|(?<!\\)\\\\(?![\\"bfnrtu/$`])'
)
"""Signs that count only where no other shell shows."""

_OUR_OWN = re.compile(r'-sS --http1\.1 |"User-Agent: event-composer/')
"""What this program writes. It has single quotes in it for every shell but cmd.exe."""

_STRINGS = re.compile(
    r"""("(?:[^"\\]++|\\.)*+(?:"|\\?\Z)) | \$'(?:[^'\\]++|\\.)*+(?:'|\\?\Z) | '[^']*+(?:'|\Z)
    | \\'""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """The command begins at ``start``. ``text`` has prompts blanked out, at the same places."""

    shell: Shell
    text: str
    start: int
    remarks: tuple[Remark, ...] = ()


def beginning(text: str) -> Beginning | None:
    """Where the command begins; ``None`` if there is none."""
    start = len(text) - len(text.lstrip(" \t\r\n\ufeff"))
    shell, prompt = _prompt(text, start)
    if prompt:
        text = _without_prompts(text, start, prompt)
        start += prompt
    remarks: list[Remark] = []
    if not (_COMMAND.match(text, start) or _FEED.match(text, start)):
        found = _first_line(text) or _ANYWHERE.search(text)
        if found is None:
            return None
        remarks.append(_before(text[start : found.start()]))
        start = found.start()
        shell, prompt = _prompt(text, start)
        start += prompt
    if text[start - 1 : start] == "`":
        text = text[: text.find("`", start)] if "`" in text[start:] else text
    if shell is None:
        shell = _guessed(text[start : start + _HEAD])
    return Beginning(shell=shell, text=text, start=start, remarks=tuple(remarks))


def _prompt(text: str, start: int) -> tuple[Shell | None, int]:
    """The shell whose prompt stands at ``start``, and the prompt's length."""
    for shell, pattern in _PROMPTS.items():
        match = pattern.match(text, start)
        if match and (_COMMAND.match(text, match.end()) or _FEED.match(text, match.end())):
            return shell, match.end() - start
    return None, 0


def _without_prompts(text: str, start: int, prompt: int) -> str:
    """Blanks in place of the prompt, and of ``>`` before every line that goes on."""
    text = text[:start] + " " * prompt + text[start + prompt :]
    first, *others = text.split("\n")
    going = [line for line in others if line.strip()]
    if going and all(line.startswith(">") for line in going):
        others = [_MORE.sub(lambda match: " " * len(match[0]), line) for line in others]
    return "\n".join((first, *others))


def _first_line(text: str) -> re.Match[str] | None:
    """The first line that begins as a command does and goes on like one."""
    return next(
        (match for match in _LINE.finditer(text) if _ANYWHERE.match(text, match.end())), None
    )


def _before(text: str) -> Remark:
    line = text.strip().partition("\n")[0]
    name = line if len(line) <= 40 else f"{line[:40]}…"  # noqa: PLR2004 -- what fits into a list
    return Remark(name=name, words="What stands before the command was left out.")


def _guessed(head: str) -> Shell:
    """The shell by the signs outside of single quotes."""
    bare = _STRINGS.sub(lambda match: match[1] or "\0", head)
    if _POWERSHELL.search(bare):
        return Shell.POWERSHELL
    if _CMD.search(bare):
        return Shell.CMD
    has_single = "\0" in bare
    if not has_single and _OUR_OWN.search(bare):
        return Shell.CMD
    if "\\\n" in bare or "$'" in head:
        return Shell.BASH
    if _POWERSHELL_WORDS.search(bare):
        return Shell.POWERSHELL
    return Shell.CMD if not has_single and _CMD_WORDS.search(bare) else Shell.BASH
