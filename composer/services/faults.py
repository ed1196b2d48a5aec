"""From the errors of sockets and TLS to the ``Fault`` that a person is told.

The HTTP library wraps what the system reports in two or three errors of its own; the reason lies
at the bottom of that chain. This module knows no HTTP library: only the system's own errors.
"""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator
from typing import cast

from composer.core.outcome import Fault


def connect_fault(error: BaseException, *, in_tls: bool) -> Fault:
    """Why no connection came about. ``in_tls``: it stood, and TLS was being set up."""
    causes = tuple(_causes(error))
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return Fault.TLS
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return Fault.NAME_NOT_FOUND
    if any(isinstance(cause, UnicodeError) for cause in causes):
        return Fault.BAD_ADDRESS
    if in_tls:
        return Fault.TLS
    numbers = {cause.errno for cause in causes if isinstance(cause, OSError)}
    if errno.ECONNREFUSED in numbers:
        return Fault.REFUSED
    if errno.ETIMEDOUT in numbers:
        return Fault.CONNECT_TIMEOUT
    return Fault.NO_ROUTE


def answer_fault(error: BaseException) -> Fault:
    """Why a connection that stood gave no answer: it broke, unless TLS says why."""
    ends = (ssl.SSLEOFError, ssl.SSLZeroReturnError)
    told = any(isinstance(e, ssl.SSLError) and not isinstance(e, ends) for e in _causes(error))
    return Fault.TLS if told else Fault.RESET


def words(error: BaseException) -> str:
    """The system's own message: that of the innermost cause which has one."""
    for cause in reversed(tuple(_causes(error))):
        match cause:
            case ssl.SSLCertVerificationError(verify_message=str(reason)):
                return f"The certificate was not accepted: {reason}."
            case BaseExceptionGroup():
                continue
            case _:
                if text := str(cause):
                    return text
    return type(error).__name__


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """``error`` and what led to it, outermost first.

    Errors that happened side by side, one for each address of a name, follow one another.
    """
    while error is not None:
        # "More bytes are needed" is no reason: every wait for TLS has it in its context.
        if not isinstance(error, (ssl.SSLWantReadError, ssl.SSLWantWriteError)):
            yield error
        if isinstance(error, BaseExceptionGroup):
            group = cast("BaseExceptionGroup[BaseException]", error)
            for member in group.exceptions:
                yield from _causes(member)
        # httpcore raises "from None" on its way up; the context is still there.
        error = error.__cause__ or error.__context__
