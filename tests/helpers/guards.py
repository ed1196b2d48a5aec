"""Guards against surprises: unannounced log messages, steps onto the network, leaked widgets."""

import ipaddress
import logging
import socket
from collections.abc import Callable
from typing import Any

import pytest


class LogGuard(logging.Handler):
    """Remembers every message of WARNING or worse that no test announced.

    A test announces one with ``caplog.at_level(level)`` of exactly that level around what it does.
    """

    def __init__(self, announced: logging.Handler) -> None:
        super().__init__(logging.WARNING)
        self._announced = announced
        self.surprises: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if self._announced.level != record.levelno:
            text = f"{record.levelname} {record.name}: {record.getMessage()}"
            if record.exc_info:
                text += f" ({record.exc_info[1]!r})"
            self.surprises.append(text)


class NetworkGuard:
    """Refuses connections and look-ups that would leave this machine, and remembers them.

    Remembering matters: the program turns a refused connection into a calm answer.
    """

    def __init__(self) -> None:
        self.surprises: list[str] = []

    def install(self, patch: pytest.MonkeyPatch) -> None:
        patch.setattr(socket.socket, "connect", self._guarded(socket.socket.connect))
        patch.setattr(socket.socket, "connect_ex", self._guarded(socket.socket.connect_ex))
        patch.setattr(socket, "getaddrinfo", self._guarded_lookup(socket.getaddrinfo))

    def _guarded(self, connect: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(sock: socket.socket, address: Any) -> Any:
            if sock.family in {socket.AF_INET, socket.AF_INET6} and not is_local(address[0]):
                self.surprises.append(f"connection to {address[0]}")
                raise ConnectionRefusedError("Tests may not leave this machine")
            return connect(sock, address)

        return guarded

    def _guarded_lookup(self, lookup: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(host: Any, *arguments: Any, **named: Any) -> Any:
            name = host.decode() if isinstance(host, bytes) else host
            if name and not is_local(name) and not is_address(name):
                # RFC 6761: names under .invalid never exist, so asking for one is no surprise.
                if not name.rstrip(".").endswith(".invalid"):
                    self.surprises.append(f"look-up of {name}")
                raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
            return lookup(host, *arguments, **named)

        return guarded


def is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def is_local(host: str) -> bool:
    if host in {"", "localhost"}:
        return True
    return is_address(host) and ipaddress.ip_address(host.partition("%")[0]).is_loopback


def left_over_widgets() -> list[str]:
    """Close and delete every top-level widget now; returns those that would not go.

    ``deleteLater`` only posts the wish, and no loop runs between two tests to grant it.
    """
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    for widget in QApplication.topLevelWidgets():
        if widget.parent() is None:
            widget.close()
            widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in QApplication.topLevelWidgets()
    ]
