"""Single sends with the real sender, and servers that break off."""

from __future__ import annotations

import asyncio
import socket
import struct

from composer.core.destination import Destination, DestinationKind
from composer.core.outcome import Unreachable
from composer.core.wire import WireRequest, build_request
from composer.services.sender import Sender, Timeouts
from tests.helpers.servers import request_in

QUICK = Timeouts(connect=0.3, answer=0.3)
PATIENT = Timeouts(connect=5, answer=5)


def request_to(address: str, body: bytes = b"{}", path: str = "/i/v0/e/") -> WireRequest:
    place = Destination(id="x", name="x", kind=DestinationKind.SELF_HOSTED, address=address)
    return build_request(body, place, path)


async def fault_at(address: str, timeouts: Timeouts = PATIENT, body: bytes = b"{}") -> Unreachable:
    outcome = await Sender().send(request_to(address, body), timeouts)
    assert isinstance(outcome, Unreachable)
    assert outcome.detail
    return outcome


async def reset(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await request_in(reader)
    raw: socket.socket = writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
