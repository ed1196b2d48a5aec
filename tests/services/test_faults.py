"""What the system reports, as the fault that a person is told."""

from __future__ import annotations

import errno
import socket
import ssl

import pytest

from composer.core.outcome import Fault
from composer.services.faults import answer_fault, connect_fault, words


def wrapped(reason: BaseException) -> Exception:
    """As libraries hand a reason on: once as the cause, once only in the context."""
    inner, outer = OSError("inner"), OSError("outer")
    inner.__cause__ = reason
    outer.__context__ = inner
    outer.__suppress_context__ = True
    return outer


@pytest.mark.parametrize(
    ("reason", "fault"),
    [
        (ssl.SSLError(1, "wrong version"), Fault.TLS),
        (socket.gaierror(socket.EAI_NONAME, "unknown"), Fault.NAME_NOT_FOUND),
        (UnicodeError("label too long"), Fault.BAD_ADDRESS),
        (OSError(errno.ECONNREFUSED, "refused"), Fault.REFUSED),
        (OSError(errno.ETIMEDOUT, "timed out"), Fault.CONNECT_TIMEOUT),
        (OSError(errno.ENETUNREACH, "unreachable"), Fault.NO_ROUTE),
        (OSError(errno.EHOSTUNREACH, "unreachable"), Fault.NO_ROUTE),
        (OSError(errno.EACCES, "forbidden"), Fault.NO_ROUTE),
    ],
)
def test_the_reason_is_found_at_the_bottom(reason: Exception, fault: Fault) -> None:
    assert connect_fault(wrapped(reason), in_tls=False) is fault
    assert str(reason) in words(wrapped(reason))


def test_the_addresses_of_one_name_are_looked_at_together() -> None:
    tried = [OSError(errno.ENETUNREACH, "away"), OSError(errno.ECONNREFUSED, "no")]
    error = wrapped(ExceptionGroup("tried", tried))
    assert connect_fault(error, in_tls=False) is Fault.REFUSED
    assert "no" in words(error)


def test_whatever_breaks_while_tls_is_set_up_is_tls() -> None:
    assert connect_fault(wrapped(ConnectionResetError("reset")), in_tls=True) is Fault.TLS


@pytest.mark.parametrize(
    ("reason", "fault"),
    [
        (ConnectionResetError("reset"), Fault.RESET),
        (ssl.SSLEOFError(8, "ended"), Fault.RESET),
        (ssl.SSLZeroReturnError(6, "closed"), Fault.RESET),
        (ssl.SSLWantReadError(2, "more bytes"), Fault.RESET),
        (ssl.SSLError(1, "certificate required"), Fault.TLS),
    ],
)
def test_a_connection_that_stood_broke_unless_tls_says_why(reason: Exception, fault: Fault) -> None:
    assert answer_fault(wrapped(reason)) is fault


def test_an_error_without_words_is_named() -> None:
    assert words(EOFError()) == "EOFError"
