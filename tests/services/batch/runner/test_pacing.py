"""The rate that is wanted and the rate that is reached, over made-up time."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from composer.services.batch.runner.pacing import Bucket, Meter


@given(
    rate=st.floats(0.5, 10_000),
    sizes=st.lists(st.integers(1, 2000), min_size=2, max_size=50),
    lateness=st.floats(0, 0.02),
)
def test_over_time_no_more_goes_than_the_rate_allows(
    rate: float, sizes: list[int], lateness: float
) -> None:
    bucket, now, sent = Bucket(rate), 100.0, 0
    for size in sizes:
        now = max(now, bucket.free_at) + lateness
        assert sent <= (now - 100.0 + 0.1 + 1e-6) * rate
        bucket.take(size, now)
        sent += size
    assert bucket.free_at - 100.0 <= sent / rate + lateness * len(sizes) + 1e-6


def test_without_a_rate_nothing_waits() -> None:
    bucket = Bucket(0.0)
    bucket.take(1_000_000, 5.0)
    assert bucket.free_at == 0.0


def test_what_was_not_used_is_not_made_up_for() -> None:
    bucket = Bucket(10.0)
    bucket.take(1, 0.5)
    bucket.take(1, 1000.0)
    assert bucket.free_at == pytest.approx(1000.0)  # 0.1 s late at most, and 0.1 s for one event


def test_the_meter_tells_the_last_seconds() -> None:
    meter = Meter()
    assert (meter.rate, meter.seconds_for(10)) == (0.0, None)
    for tenth in range(200):
        meter.note(tenth * 10 if tenth < 100 else 1000 + (tenth - 100) * 50, tenth / 10)
    assert meter.rate == pytest.approx(500, rel=0.02)
    assert meter.seconds_for(1000) == pytest.approx(2.0, rel=0.02)
    for tenth in range(200, 300):
        meter.note(5950, tenth / 10)
    assert (meter.rate, meter.seconds_for(1)) == (0.0, None)
