"""The window's event loop, made fit for tests, in which it pauses now and then."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextvars import Context
from typing import Any

import qasync
from PySide6.QtWidgets import QApplication

WAIT = 0.005
"""Seconds until a callback looks again whether the loop runs."""


class PatientHandle(asyncio.Handle):
    """A callback that waits while its loop does not run.

    Between a test and the end of its fixtures the loop rests, but pytest-qt (and qasync itself)
    process Qt's events, and with them would run the loop's callbacks: "no running event loop".
    """

    _loop: PatientLoop

    def _run(self) -> None:
        if asyncio._get_running_loop() is self._loop:  # noqa: SLF001
            super()._run()
        elif not self._loop.is_closed():
            self._loop.add(self, WAIT)


class PatientLoop(qasync.QEventLoop):
    def __init__(self) -> None:
        super().__init__(QApplication.instance())

    def call_later(  # pyright: ignore[reportIncompatibleMethodOverride] -- as qasync has it
        self,
        delay: float,
        callback: Callable[..., object],
        *args: Any,
        context: Context | None = None,
    ) -> asyncio.Handle:
        return self.add(PatientHandle(callback, args, self, context=context), delay)

    def add(self, handle: asyncio.Handle, delay: float) -> asyncio.Handle:
        return self._add_callback(handle, delay)  # pyright: ignore[reportAttributeAccessIssue]
