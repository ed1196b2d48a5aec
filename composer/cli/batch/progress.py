"""How far it is, on standard error: one line rewritten on a terminal, else a line now and then."""

from __future__ import annotations

import shutil
import sys
import time

_EVERY_S = 5.0
"""Seconds between two lines where nobody watches."""
_PACE_S = 0.1


class ProgressLine:
    """Use ``end`` before anything else is written."""

    def __init__(self) -> None:
        self._is_terminal = sys.stderr.isatty()
        self._shown_at = time.monotonic()
        self._width = 0

    def show(self, words: str) -> None:
        """Say how far it is, as often as one likes."""
        now = time.monotonic()
        if now - self._shown_at < (_PACE_S if self._is_terminal else _EVERY_S):
            return
        self._shown_at = now
        if not self._is_terminal:
            print(words, file=sys.stderr, flush=True)
            return
        words = words[: max(shutil.get_terminal_size().columns - 1, 20)]
        print(f"\r{words:<{self._width}}", end="", file=sys.stderr, flush=True)
        self._width = len(words)

    def end(self) -> None:
        """Take away what stands there."""
        if self._width:
            print(f"\r{'':<{self._width}}\r", end="", file=sys.stderr, flush=True)
            self._width = 0
