"""Our own mistakes: logged in full, told in one sentence, and the window goes on."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from types import TracebackType
from typing import Any

from composer.ui.messages import Messages
from composer.ui.widgets import Severity

_log = logging.getLogger(__name__)


class FaultReporter:
    """Takes what escapes from slots, tasks and the event loop."""

    def __init__(self, messages: Messages, log_file: str, copy: Callable[[str], None]) -> None:
        self._messages = messages
        self._log_file = log_file
        self._copy = copy

    def install(self) -> None:
        """Take over Python's hook for exceptions that nobody caught; slots end there."""
        sys.excepthook = self._on_exception

    def on_loop_exception(self, _loop: object, context: dict[str, Any]) -> None:
        """The event loop's handler (``loop.set_exception_handler``)."""
        error = context.get("exception")
        _log.error("Event loop: %s", context.get("message"), exc_info=error)
        self._tell(error if isinstance(error, BaseException) else None)

    def on_task_failure(self, error: BaseException) -> None:
        """A task failed; ``TaskScope`` has logged it."""
        self._tell(error)

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.critical("Uncaught exception", exc_info=(kind, error, trace))
        self._tell(error)

    def _tell(self, error: BaseException | None) -> None:
        name = type(error).__name__ if error is not None else "unknown"
        self._messages.say(
            f"Something went wrong inside the app ({name}). Your work is kept. "
            "The log says more; please send it to the developers.",
            Severity.ERROR,
            action="Copy the log's place",
            run=self._copy_place,
        )

    def _copy_place(self) -> None:
        self._copy(self._log_file)
