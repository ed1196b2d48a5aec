"""What a command line falls into, whichever shell reads it. It knows of no command."""

from __future__ import annotations

import re
from dataclasses import dataclass

from composer.core.errors import ComposerError
from composer.core.remarks import Remark


class ShellError(ComposerError):
    """A command line that cannot be read; the text says why and what to do.

    ``offset`` is where in the text it stands, in characters.
    """

    def __init__(self, words: str, offset: int) -> None:
        super().__init__(words)
        self.offset = offset


class TooMuchError(ShellError):
    """More quotes, escapes or variables than a person can have written."""

    def __init__(self, offset: int) -> None:
        super().__init__("There are too many quotes. Paste the request body by itself.", offset)


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    r"""An argument as a program gets it, or with ``is_operator`` what stands between commands.

    The operator that ends a line is ``"\n"``. The contents of a here-document are the word after
    its operator. Bytes that are not UTF-8 stand in ``text`` as surrogates, as ``surrogateescape``
    makes them. ``start`` and ``end`` say where in the text the word stands, in characters; for
    cmd.exe, where its command does. ``is_quoted`` says that it begins with a quote. ``remarks``
    tell what the shell would have put in, or takes differently.
    """

    text: str
    start: int
    end: int
    is_operator: bool = False
    is_quoted: bool = False
    remarks: tuple[Remark, ...] = ()


def as_bytes(text: str) -> bytes:
    """``text`` of a word in UTF-8, its surrogates as the bytes for which they stand."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return _HALF.sub("\ufffd", text).encode("utf-8", "surrogateescape")


def as_text(data: bytes) -> str:
    """``data`` as the text of a word."""
    return data.decode("utf-8", "surrogateescape")


_HALF = re.compile("[\ud800-\udc7f\udd00-\udfff]")
"""Half a character. A clipboard may hold one, UTF-8 cannot."""
