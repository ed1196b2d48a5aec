"""What a piece of work costs, in milliseconds, beside the limit that it has to keep."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Milliseconds; ``limit`` is 0 where there is none."""

    case: str
    middle: float
    worst: float
    limit: float = 0.0

    @property
    def is_within(self) -> bool:
        return not self.limit or self.middle <= self.limit


def timed(work: Callable[[], object]) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


def cost(case: str, times: list[float], limit: float = 0.0) -> Cost:
    return Cost(case=case, middle=median(times), worst=max(times), limit=limit)
