"""One recording server for the commands of a file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.helpers.recorder import Recorder, recording


@pytest.fixture(scope="module")
def recorder() -> Iterator[Recorder]:
    with recording() as server:
        yield server
