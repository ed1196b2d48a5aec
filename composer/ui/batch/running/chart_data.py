"""What the chart of a run shows, as numbers: bars of the rate, a line of latency, round scales.

Pure functions; no Qt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from statistics import median

from composer.core.batch.run import Sample
from composer.ui.wording import milliseconds_text

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartData:
    """``bars`` are events a second, ``line`` milliseconds; both by second of the run.

    A bar is (second, seconds that it spans, events a second); a point is (second in the middle,
    median, slowest). The tops are those of the scales.
    """

    seconds: int
    bars: tuple[tuple[int, int, float], ...]
    points: tuple[tuple[float, float, float], ...]
    rate_top: float
    latency_top: float

    @property
    def words(self) -> str:
        """The same in a sentence, for those who do not see it."""
        if not self.bars:
            return "Nothing was answered yet."
        rates = [rate for _, _, rate in self.bars]
        medians = [middle for _, middle, _ in self.points]
        slowest = max(high for _, _, high in self.points)
        return (
            f"Over {self.seconds:,} s: up to {max(rates):,.0f} events a second, "
            f"{median(rates):,.0f} in the middle. Answers came within "
            f"{milliseconds_text(median(medians))}, the slowest within "
            f"{milliseconds_text(slowest)}."
        )


def chart_data(samples: Sequence[Sample]) -> ChartData:
    """What is drawn of these samples."""
    bars = tuple((one.second, one.span, one.events / one.span) for one in samples)
    points = tuple((one.second + one.span / 2, one.median_ms, one.slowest_ms) for one in samples)
    return ChartData(
        seconds=samples[-1].second + samples[-1].span if samples else 0,
        bars=bars,
        points=points,
        rate_top=round_up(max((rate for _, _, rate in bars), default=0.0)),
        latency_top=round_up(max((middle for _, middle, _ in points), default=0.0)),
    )


def round_up(value: float) -> float:
    """The next round number: 1, 2, 2.5 or 5 times a power of ten; 1 for nothing."""
    if value <= 0:
        return 1.0
    power = 10.0 ** floor(log10(value))
    return next(step * power for step in _STEPS if step * power >= value * _ALMOST)


def time_marks(seconds: int, most: int) -> tuple[int, ...]:
    """Where the axis of time is marked: at most so many round seconds, the start among them."""
    least = seconds / max(1, most)
    step = next((step for step in _TIMES if step >= least), _DAY * ceil(least / _DAY))
    return tuple(range(0, seconds + 1, step))


def thinned(
    points: Sequence[tuple[float, float, float]], most: int
) -> tuple[tuple[float, float], ...]:
    """At most so many points (second, median) that stand for all: each the middle of some."""
    size = max(1, ceil(len(points) / max(1, most)))
    groups = (points[first : first + size] for first in range(0, len(points), size))
    return tuple(
        (sum(one[0] for one in some) / len(some), median(one[1] for one in some)) for some in groups
    )


_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
_TIMES = (
    *(1, 2, 5, 10, 15, 30),
    *(minutes * _MINUTE for minutes in (1, 2, 5, 10, 15, 30)),
    *(hours * _HOUR for hours in (1, 2, 3, 6, 12, 24)),
)
"""Seconds between two marks that read well"""
_ALMOST = 1 - 1e-9
