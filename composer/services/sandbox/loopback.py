"""Listening sockets that nothing outside this computer can reach: the sandbox has no others."""

from __future__ import annotations

import socket

from composer.core.settings import HIGHEST_PORT

ADDRESS = "127.0.0.1"
"""What the sandbox listens on, always."""
_BACKLOG = 256


def listen_on(port: int) -> socket.socket:
    """A socket on ``port``; on any free one if that is taken, 0 or too high. Raises ``OSError``."""
    if port > HIGHEST_PORT:
        port = 0
    try:
        return socket.create_server((ADDRESS, port), backlog=_BACKLOG)
    except OSError:
        if port == 0:
            raise
        return socket.create_server((ADDRESS, 0), backlog=_BACKLOG)


def port_of(listening: socket.socket) -> int:
    return int(listening.getsockname()[1])
