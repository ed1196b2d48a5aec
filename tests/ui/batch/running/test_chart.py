"""The chart of a run: its numbers, its words, and that it is drawn."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, strategies as st
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from composer.core.batch.run import Sample
from composer.ui.batch.running.chart import RunChart
from composer.ui.batch.running.chart_data import chart_data, round_up, thinned, time_marks
from composer.ui.theme import LIGHT, current_theme


def sample(second: int, events: int = 100, median: float = 20.0, span: int = 1) -> Sample:
    return Sample(
        second=second,
        events=events,
        requests=4,
        median_ms=median,
        slowest_ms=median * 3,
        span=span,
    )


def test_bars_are_events_a_second_over_what_they_span() -> None:
    data = chart_data([sample(0, 900, span=3), sample(3, 600, span=3)])
    assert data.bars == ((0, 3, 300.0), (3, 3, 200.0))
    assert data.seconds == 6
    assert (data.rate_top, data.latency_top) == (500.0, 20.0)


def test_the_words_say_what_is_seen() -> None:
    assert chart_data([]).words == "Nothing was answered yet."
    said = chart_data([sample(0, 900), sample(1, 300, 40.0)]).words
    assert said == (
        "Over 2 s: up to 900 events a second, 600 in the middle. Answers came within 30 ms, the "
        "slowest within 120 ms."
    )


@given(st.floats(0.001, 1e9))
def test_a_scale_ends_at_the_next_round_number(value: float) -> None:
    top = round_up(value)
    assert value <= top * (1 + 1e-6)
    assert top <= 2.5 * value * (1 + 1e-6)


@pytest.mark.parametrize("seconds", [1, 5, 59, 600, 86_400])
def test_time_has_a_few_marks(seconds: int) -> None:
    marks = time_marks(seconds, 4)
    assert min(marks) == 0
    assert len(marks) <= 6
    assert max(marks) <= seconds


@pytest.mark.parametrize(
    ("seconds", "marks"),
    [(5, (0, 2, 4)), (300, (0, 120, 240)), (3_000, (0, 900, 1_800, 2_700))],
)
def test_time_is_marked_where_it_reads_well(seconds: int, marks: tuple[int, ...]) -> None:
    assert time_marks(seconds, 4) == marks


def test_a_long_line_is_drawn_with_fewer_points() -> None:
    points = [(n + 0.5, float(n % 3), 9.0) for n in range(300)]
    assert thinned(points, 100) == tuple((n * 3 + 1.5, 1.0) for n in range(100))
    assert thinned(points[:2], 100) == ((0.5, 0.0), (1.5, 1.0))


def _colours(chart: RunChart) -> Counter[str]:
    """What is painted between the heading and the axis of time."""
    image = QImage(chart.size(), QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.surface))
    chart.render(image)
    points = ((x, y) for x in range(60, 320) for y in range(30, 75))
    return Counter(QColor(image.pixel(x, y)).name() for x, y in points)


@pytest.mark.parametrize("count", [1, 2, 300])
def test_it_draws_the_line_of_latency_over_the_bars(qtbot: QtBot, count: int) -> None:
    chart = RunChart()
    qtbot.addWidget(chart)
    chart.resize(400, 104)
    before = _colours(chart)
    chart.show_samples([sample(n, 100 + n, 11.0 + n % 7) for n in range(count)])
    after = _colours(chart)
    ground, line = before.most_common(1)[0][0], current_theme().warning.lower()
    assert after[ground] < before[ground] * 0.7  # the bars
    assert after[line] > before[line] == 0
    assert chart.accessibleDescription() == chart.data.words
