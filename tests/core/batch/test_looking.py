"""What becomes of each event of a table."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, strategies as st

from composer.core.batch.looking import Found, looked_at
from composer.core.batch.table import RowOutlook
from composer.core.destination import BATCH_PATH
from composer.core.ids import uuid7
from composer.core.jsontext import Object, from_python
from composer.core.verdicts.request import request_of
from composer.core.verdicts.verdict import Report
from composer.services.verdicts.service import VerdictService
from tests.helpers.clock import START

_TOKEN = "phc_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG"


class Court:
    """Judges batches with the app's own verdicts, and counts how often it is asked."""

    def __init__(self) -> None:
        self._verdicts = VerdictService()
        self.asked = 0

    def ask(self, events: Sequence[Object]) -> Report:
        self.asked += 1
        body = Object((("api_key", _TOKEN), ("batch", tuple(events))))
        request = request_of(body, text=None, size=0)
        return self._verdicts.judge(request, path=BATCH_PATH, destination=None, now=START)


def event(number: int = 0, **members: object) -> Object:
    made = from_python(
        {
            "event": "order placed",
            "distinct_id": f"customer-{number}",
            "uuid": uuid7(int(START.timestamp() * 1000), number),
            "timestamp": START.isoformat(),
            "properties": {"$geoip_disable": True},
            **members,
        }
    )
    assert isinstance(made, Object)
    return made


KINDS = {
    RowOutlook.STORED: {},
    RowOutlook.ALTERED: {"properties": {}},
    RowOutlook.LOST: {"event": "$identify", "properties": {"$process_person_profile": False}},
    RowOutlook.REFUSED: {"distinct_id": ""},
}
"""Members that give an event that outlook."""


def test_events_without_a_verdict_are_stored() -> None:
    court = Court()
    assert looked_at([event(1), event(2)], court.ask) == [Found(), Found()]
    assert court.asked == 1


@given(st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=30))
def test_each_event_is_told_of_as_if_it_were_alone(kinds: list[RowOutlook]) -> None:
    court = Court()
    events = [event(number, **KINDS[kind]) for number, kind in enumerate(kinds)]
    found = looked_at(events, court.ask)
    assert [one.outlook for one in found] == kinds
    assert all(bool(one.says) is (one.outlook is not RowOutlook.STORED) for one in found)
    assert found == [looked_at([one], court.ask)[0] for one in events]


@pytest.mark.parametrize("place", [0, 250, 499])
def test_one_bad_event_among_many_is_found_quickly(place: int) -> None:
    court = Court()
    events = [event(number) for number in range(500)]
    events[place] = event(place, distinct_id=None)
    found = looked_at(events, court.ask)
    assert [at for at, one in enumerate(found) if one.outlook is RowOutlook.REFUSED] == [place]
    assert court.asked <= 4


def test_an_event_that_no_rule_explains_is_found_too() -> None:
    """Levels beyond the service's are a fault of the whole body: no rule names the event."""
    deep: object = 1
    for _ in range(140):
        deep = [deep]
    court = Court()
    events = [event(number) for number in range(8)]
    events[5] = event(5, properties={"deep": deep})
    found = looked_at(events, court.ask)
    assert [at for at, one in enumerate(found) if one.outlook is RowOutlook.REFUSED] == [5]
    assert found[5].says


def test_what_stands_twice_is_no_matter_here() -> None:
    assert looked_at([event(1), event(1)], Court().ask) == [Found(), Found()]
