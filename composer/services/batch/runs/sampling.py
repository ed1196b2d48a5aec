"""What was answered in each second of a run: written as it happens, told in few steps.

Knows neither requests nor events, only how many there were and how long they took.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from composer.core.batch.run import Sample

MOST_STEPS = 300

_FIND = (
    "SELECT second, events, requests, median_ms, slowest_ms FROM sample"
    " WHERE run = ? ORDER BY second"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What was answered in a second of the run so far.

    ``spent`` has the milliseconds of each request, the shortest first.
    """

    second: int
    events: int = 0
    spent: Sequence[float] = ()

    @property
    def median(self) -> float:
        """Not of an empty second."""
        middle = len(self.spent) // 2
        return (self.spent[middle] + self.spent[-middle - 1]) / 2


class Sampler:
    """Counts seconds on from where the run was left, without the time in which it lay still."""

    def __init__(self, run: int, began: datetime, first: int) -> None:
        self._run = run
        self._began = began
        self._first = first
        self._now = Answers(second=first)

    def write(
        self, connection: sqlite3.Connection, moment: datetime, events: int, spent: list[float]
    ) -> Answers:
        """Write down what was just answered; to be handed to ``keep`` once that is safe."""
        passed = max(0, int((moment - self._began).total_seconds()))
        second = max(self._first + passed, self._now.second)  # clocks are set back at times
        same = self._now if second == self._now.second else Answers(second=second)
        answers = Answers(
            second=second,
            events=same.events + events,
            spent=sorted([*same.spent, *spent]),  # nearly all of it is in order already
        )
        if answers.spent:
            connection.execute(
                "INSERT OR REPLACE INTO sample VALUES (?, ?, ?, ?, ?, ?)",
                (
                    self._run,
                    second,
                    answers.events,
                    len(answers.spent),
                    answers.median,
                    answers.spent[-1],
                ),
            )
        return answers

    def keep(self, answers: Answers) -> None:
        self._now = answers


def next_second(connection: sqlite3.Connection, run: int) -> int:
    """The first second of which nothing is written down yet."""
    found = connection.execute("SELECT max(second) FROM sample WHERE run = ?", (run,)).fetchone()
    return 0 if found[0] is None else int(found[0]) + 1


def read_samples(connection: sqlite3.Connection, run: int) -> tuple[Sample, ...]:
    """In at most ``MOST_STEPS`` steps."""
    found = connection.execute(_FIND, (run,)).fetchall()
    samples = [
        Sample(second=second, events=events, requests=requests, median_ms=half, slowest_ms=slowest)
        for second, events, requests, half, slowest in found
    ]
    return thinned(samples)


def thinned(samples: Sequence[Sample]) -> tuple[Sample, ...]:
    """The same in at most ``MOST_STEPS`` steps; the median of several is that of their medians."""
    span = -(-(samples[-1].second + 1) // MOST_STEPS) if samples else 1
    if span == 1:
        return tuple(samples)
    groups = groupby(samples, key=lambda sample: sample.second // span)
    return tuple(_together(step * span, span, list(group)) for step, group in groups)


def _together(second: int, span: int, samples: list[Sample]) -> Sample:
    requests = sum(sample.requests for sample in samples)
    passed, middle = 0, 0.0
    for sample in sorted(samples, key=lambda sample: sample.median_ms):
        middle, passed = sample.median_ms, passed + sample.requests
        if passed * 2 >= requests:
            break
    return Sample(
        second=second,
        events=sum(sample.events for sample in samples),
        requests=requests,
        median_ms=middle,
        slowest_ms=max(sample.slowest_ms for sample in samples),
        span=span,
    )
