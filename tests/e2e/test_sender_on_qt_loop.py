"""Sending on the window's loop: answers, deadlines and cancelling work there as on any other."""

from __future__ import annotations

import asyncio
import socket

import pytest

from composer.core.destination import Destination, DestinationKind
from composer.core.outcome import Accepted, Fault, Unreachable
from composer.core.wire import WireRequest, build_request
from composer.services.sender import Sender, Timeouts
from tests.helpers.recorder import recording

PATIENT = Timeouts(connect=10, answer=10)


def request_to(address: str, body: bytes = b"{}") -> WireRequest:
    place = Destination(id="x", name="x", kind=DestinationKind.SELF_HOSTED, address=address)
    return build_request(body, place, "/i/v0/e/")


async def test_answers_come_back() -> None:
    with recording() as recorder:
        sender = Sender()
        request = request_to(recorder.address, b"x" * 1_000_000)
        outcomes = await asyncio.gather(*(sender.send(request, PATIENT) for _ in range(10)))
        assert all(isinstance(outcome, Accepted) for outcome in outcomes)
        assert all(recorder.next().body == request.body for _ in range(10))


async def test_a_silent_server_runs_into_the_deadline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        request = request_to(f"http://127.0.0.1:{silent.getsockname()[1]}")
        outcome = await Sender().send(request, Timeouts(connect=5, answer=0.2))
    assert isinstance(outcome, Unreachable)
    assert outcome.fault is Fault.ANSWER_TIMEOUT


async def test_a_closed_port_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    outcome = await Sender().send(request_to(f"http://127.0.0.1:{port}"), PATIENT)
    assert isinstance(outcome, Unreachable)
    assert outcome.fault is Fault.REFUSED


async def test_cancelling_ends_the_send() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        request = request_to(f"http://127.0.0.1:{silent.getsockname()[1]}")
        task = asyncio.create_task(Sender().send(request, PATIENT))
        await asyncio.sleep(0.3)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(task, 2)
