"""Which requests meet which fault, and what a sender sees of it."""

from hypothesis import given, strategies as st

from composer.core.behaviour import Behaviour, parse_rule
from composer.services.sandbox.arrivals.stored import DroppedEvent
from composer.services.sandbox.faults import Script
from composer.services.sandbox.request import Judgement
from tests.services.sandbox.client import (
    event,
    known,
    submit,
)

V1 = "/i/v1/analytics/events"


def script(*lines: str) -> Script:
    return Script(Behaviour(rules=tuple(parse_rule(line) for line in lines)))


def picks(found: Script, path: str = "/e", judgement: Judgement | None = None) -> str:
    """What the next request meets: the first letter of the kind, or a dot."""
    rule = found.pick(path, judgement or submit(known()))
    return rule.fault.kind[0] if rule else "."


def test_a_rule_without_conditions_holds_for_all() -> None:
    found = script("half")
    assert [picks(found), picks(found, "/batch"), picks(found, V1)] == ["h", "h", "h"]


def test_the_path_is_compared_without_the_slash_at_its_end() -> None:
    found = script("half path=/batch/")
    assert [picks(found), picks(found, "/batch")] == [".", "h"]


def test_any_event_of_the_request_may_have_the_distinct_id() -> None:
    ann = event('"distinct_id":"ann"')
    dropped = DroppedEvent(name="a", distinct_id="ann", uuid="", reason="quota", sent=None)
    found = script("half distinct_id=ann")
    assert picks(found) == "."
    assert picks(found, judgement=submit(f"[{known()},{ann}]", "/batch")) == "h"
    assert picks(found, judgement=submit("{")) == "."
    honest = submit(known()).answer
    assert picks(found, judgement=Judgement(answer=honest, dropped=(dropped,))) == "h"


def test_one_request_of_those_that_fit_is_picked_by_its_number() -> None:
    found = script("half path=/batch nth=2")
    assert "".join(picks(found, path) for path in ("/e", "/batch", "/e", "/batch", "/batch")) == (
        "...h."
    )


def test_a_share_is_spread_evenly() -> None:
    found = script("half share=0.2")
    assert "".join(picks(found) for _ in range(12)) == "....h....h.."
    found = script("half share=0.75")
    assert "".join(picks(found) for _ in range(8)) == ".hhh.hhh"


@given(st.integers(1, 100))
def test_a_share_in_percent_is_kept_exactly(percent: int) -> None:
    found = script(f"half share={percent / 100}")
    judgement = submit(known())
    assert sum(found.pick("/e", judgement) is not None for _ in range(200)) == 2 * percent


def test_the_first_rule_that_applies_decides_and_each_counts_for_itself() -> None:
    found = script("reset nth=2", "silence off", "half share=0.5", "page nth=3")
    assert "".join(picks(found) for _ in range(6)) == ".rph.h"
