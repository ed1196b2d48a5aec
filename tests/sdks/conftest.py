"""A sandbox with two flags, its own for each test."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from composer.core.behaviour import Behaviour, Flag
from composer.services.sandbox.server import Sandbox
from tests.sdks.sending import TOKEN

BEHAVIOUR = Behaviour(
    known_tokens=frozenset({TOKEN}),
    flags=(
        Flag(key="price-test", variant="higher", payload='{"price":12}'),
        Flag(key="retired", enabled=False),
    ),
)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    sandbox = Sandbox(clock=lambda: datetime.now(UTC))
    sandbox.behave(BEHAVIOUR)
    sandbox.start()
    assert sandbox.await_ready()
    yield sandbox
    sandbox.stop()
