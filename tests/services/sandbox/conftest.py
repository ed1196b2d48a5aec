"""A running sandbox, one for each test module."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from composer.core.behaviour import Behaviour
from composer.services.sandbox.server import Sandbox


@pytest.fixture(scope="module")
def _running() -> Iterator[Sandbox]:
    sandbox = Sandbox(clock=lambda: datetime.now(UTC))
    sandbox.start()
    assert sandbox.await_ready()
    yield sandbox
    sandbox.stop()


@pytest.fixture
def sandbox(_running: Sandbox) -> Iterator[Sandbox]:
    """Empty, and on its good behaviour again afterwards."""
    _running.clear()
    yield _running
    _running.behave(Behaviour())
    _running.listen(None)
