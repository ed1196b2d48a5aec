"""Commands for curl, and PowerShell's own for the same: what they would send. Nothing is run."""

from __future__ import annotations

import re

from composer.core.curl import ReadError, read
from composer.core.paste.pasted import Format, PasteError
from composer.core.paste.sources import Source


def read_command(text: str) -> Source | None:
    """The request of a command; ``None`` where there is none.

    Raises ``PasteError`` for a command that cannot be read.
    """
    is_likely = not _JSON.match(text) and any(name in text for name in _NAMES)
    if not is_likely or _COMMAND.search(text) is None:
        return None
    try:
        command = read(text)
    except ReadError as error:
        raise PasteError(str(error)) from None
    is_curl = _CURL.search(text) is not None
    return Source(
        format=Format.CURL if is_curl else Format.POWERSHELL,
        method=command.method,
        url=command.url,
        headers=command.headers,
        body=command.body,
        remarks=command.remarks,
    )


_NAMES = ("curl", "CURL", "Invoke-", "invoke-", "iwr", "irm")
_JSON = re.compile(r"\s*[{\[\"]")
_CURL_NAME = r"(?:[\w.:~/\\-]*[/\\])?(?:curl|CURL)(?:\.exe)?\"?(?=[\s^`\\])"
_CURL = re.compile(rf"(?:^|[|;&(\s\"]){_CURL_NAME}", re.MULTILINE)
_COMMAND = re.compile(
    rf"(?:^[ \t]*(?:PS [^>\n]*>|[\w.:~/\\@-]*[$#%>])?[ \t&\"]*|[|;&(][ \t]*)"
    rf"(?:{_CURL_NAME}|(?:\$\w+\s*=\s*)?(?:[Ii]nvoke-(?i:WebRequest|RestMethod)|iwr|irm)\b)",
    re.MULTILINE,
)
"""At the start of a line, perhaps behind a prompt, or behind a pipe."""
