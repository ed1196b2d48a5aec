"""The log file: small, private, without tokens. Installed by the composition root only.

What is logged is for those who mend the app; what a person has to know is said in the window.
"""

from __future__ import annotations

import logging
import re
import sys
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path

from composer.core.destination import mask
from composer.core.personal_keys import without_personal_keys
from composer.services.files import make_folder
from composer.services.paths import Profile

_FILE_BYTES = 1_000_000
_OLD_FILES = 2
_TOKEN = re.compile(r"ph[a-z](?:_|%5[Ff])\w+")
"""Project tokens (``phc_``), personal keys (``phx_``) and their kin, also as in a web address."""
_CREDENTIALS = re.compile(r"\b(basic|bearer) +[\w+/.~=-]{8,}", re.IGNORECASE)


def install_log(profile: Profile, slot: int) -> Path:
    """Log what is INFO or graver to the slot's file, 3 MB at most; returns the file's path.

    Where no log can be kept, there is none: that stops nobody from sending events.
    """
    path = profile.log(slot)
    with suppress(OSError):
        make_folder(path.parent)
    handler = _LogFile(
        path,
        maxBytes=_FILE_BYTES,
        backupCount=_OLD_FILES,
        encoding="utf-8",
        errors="backslashreplace",
        delay=True,
    )
    handler.setFormatter(_Masking("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return path


class _Masking(logging.Formatter):
    """Masks what is secret in the finished text, so that tracebacks hold none of it either."""

    def format(self, record: logging.LogRecord) -> str:
        text = without_personal_keys(super().format(record))
        text = _TOKEN.sub(lambda token: mask(token[0]), text)
        return _CREDENTIALS.sub(r"\1 …", text)


class _LogFile(RotatingFileHandler):
    """A log whose own trouble, such as a full disk, neither stops the app nor fills a terminal."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 -- logging's name
        if not isinstance(sys.exception(), OSError):
            super().handleError(record)
