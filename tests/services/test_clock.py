"""The system's clock tells the local time and makes UUIDs of a moment."""

import time
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, strategies as st

from composer.core.ids import uuid7_milliseconds
from composer.services.clock import SystemClock
from composer.services.ports import Clock

MOMENTS = st.timedeltas(timedelta(0), timedelta(days=365 * 130)).map(
    lambda span: datetime(1970, 1, 1, tzinfo=timezone(timedelta(hours=-7))) + span
)


def test_now_is_now_and_knows_its_zone() -> None:
    clock: Clock = SystemClock()
    before = datetime.now(UTC)
    now = clock.now()
    assert before <= now <= datetime.now(UTC)
    assert now.utcoffset() == datetime.now().astimezone().utcoffset()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows cannot change the zone")
def test_the_zone_is_that_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    time.tzset()
    try:
        assert SystemClock().now().utcoffset() == timedelta(hours=5, minutes=30)
    finally:
        monkeypatch.undo()
        time.tzset()


@given(MOMENTS)
def test_a_uuid_carries_its_moment_cut_to_milliseconds(moment: datetime) -> None:
    carried = uuid7_milliseconds(SystemClock().new_uuid(moment))
    assert carried is not None
    rest = moment - datetime.fromtimestamp(0, UTC) - timedelta(milliseconds=carried)
    assert timedelta(0) <= rest < timedelta(milliseconds=1)


def test_a_thousand_uuids_of_one_moment_differ() -> None:
    clock = SystemClock()
    moment = clock.now()
    assert len({clock.new_uuid(moment) for _ in range(1000)}) == 1000
