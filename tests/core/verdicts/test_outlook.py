"""What becomes of a request, in one line."""

import pytest

from composer.core.verdicts.outlook import Outlook, forecast
from composer.core.verdicts.scales import Severity


@pytest.mark.parametrize(
    ("counts", "dropped", "events", "outlook", "lost"),
    [
        ({}, [], 1, Outlook.STORED, 0),
        ({Severity.ADVICE: 3, Severity.WARNING: 1}, [], 1, Outlook.STORED, 0),
        ({Severity.ALTERED: 1}, [], 1, Outlook.ALTERED, 0),
        ({Severity.DROPPED: 1}, [0], 1, Outlook.LOST, 1),
        ({Severity.DROPPED: 2}, [1, 1], 3, Outlook.ALTERED, 1),
        ({Severity.DROPPED: 2}, [0, 1], 2, Outlook.LOST, 2),
        ({Severity.DROPPED: 1}, [None], 3, Outlook.LOST, 3),
        ({Severity.ERROR: 1, Severity.DROPPED: 1}, [0], 1, Outlook.REFUSED, 1),
    ],
)
def test_the_worst_decides(
    counts: dict[Severity, int],
    dropped: list[int | None],
    events: int,
    outlook: Outlook,
    lost: int,
) -> None:
    found = forecast(counts, dropped, events)
    assert (found.outlook, found.lost) == (outlook, lost)


def test_only_what_is_refused_or_lost_is_asked_about() -> None:
    assert not forecast({Severity.ALTERED: 1}, [], 1).needs_asking
    assert forecast({Severity.DROPPED: 1}, [1], 3).needs_asking
    assert forecast({Severity.ERROR: 1}, [], 1).needs_asking
