"""What the editions of the capture service differ in, put together: its rules from end to end.

Source: capture-server.md, where it says "2024" and "current". Every step that differs is a value
here; the steps themselves know no edition.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from composer.core.behaviour import Edition
from composer.services.sandbox.answers import Answer, plain
from composer.services.sandbox.v0 import checks, query, shapes, unpack, unpack_2024

BLACK_HOLE = "/test/black_hole"
"""Where everything is thanked for and nothing is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """One edition.

    ``paths`` have no slash at their end; ``wire_limit`` is in bytes; ``too_long`` answers a body
    over it, ``broken_off`` one that ended early.
    """

    paths: tuple[str, ...]
    wire_limit: int
    too_long: Answer
    broken_off: Answer
    parameters: query.Parameters
    unpack: Callable[[unpack.Packed], str]
    grammar: shapes.Grammar
    policy: checks.Policy


CURRENT = Rules(
    paths=("/i/v0/e", "/e", "/batch", "/capture", "/track", "/engage", BLACK_HOLE),
    wire_limit=unpack.WIRE_LIMIT,
    too_long=plain(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        f"maximum event size exceeded: Request body exceeds limit of {unpack.WIRE_LIMIT} bytes",
    ),
    broken_off=plain(
        HTTPStatus.BAD_REQUEST,
        "failed to decode request: Error reading request body: connection closed by client",
    ),
    parameters=query.CURRENT,
    unpack=unpack.unpack,
    grammar=shapes.CURRENT,
    policy=checks.CURRENT,
)
OF_2024 = Rules(
    paths=("/i/v0/e", "/e", "/batch"),
    wire_limit=unpack_2024.WIRE_LIMIT,
    too_long=plain(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "Failed to buffer the request body: length limit exceeded",
    ),
    broken_off=plain(
        HTTPStatus.BAD_REQUEST,
        "Failed to buffer the request body: connection closed by client",
    ),
    parameters=query.OF_2024,
    unpack=unpack_2024.unpack,
    grammar=shapes.OF_2024,
    policy=checks.OF_2024,
)
RULES = {Edition.CURRENT: CURRENT, Edition.OF_2024: OF_2024}
