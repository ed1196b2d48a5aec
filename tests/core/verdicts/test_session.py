"""The rules about sessions and windows."""

import pytest

from composer.core.ids import uuid7_milliseconds
from composer.core.jsontext import Object, from_python, get_at
from composer.core.verdicts.rules import session
from tests.core.verdicts.cases import NOW, RuleCase, event, found, mended_event, with_properties

EARLIER = "2025-11-21T09:30:00Z"
SESSION = "019aa5bf-c5c0-7898-b9eb-dacc0cb1e29c"
"""Made at 09:30 UTC on 21 November 2025."""


def view(**properties: object) -> dict[str, object]:
    return event(event="$pageview", timestamp=EARLIER, properties=properties)


SOUND = view(**{"$session_id": SESSION, "$window_id": SESSION})
CASES = (
    RuleCase(rule="session.missing", triggers=view(), quiet=SOUND),
    RuleCase(rule="session.not_uuid", triggers=view(**{"$session_id": "s-1"}), quiet=SOUND),
    RuleCase(
        rule="session.not_v7",
        triggers=view(**{"$session_id": "8b9f3a44-57c1-4f6a-9f0e-2f1f4f0f7c11"}),
        quiet=SOUND,
    ),
    RuleCase(
        rule="session.time",
        triggers=event(timestamp="2025-11-22T09:30:01Z", properties={"$session_id": SESSION}),
        quiet=event(timestamp="2025-11-22T09:29:59Z", properties={"$session_id": SESSION}),
    ),
    RuleCase(rule="session.case", triggers=view(**{"$session_id": SESSION.upper()}), quiet=SOUND),
    RuleCase(rule="session.window_only", triggers=view(**{"$window_id": SESSION}), quiet=SOUND),
)
ANY = RuleCase(rule="", triggers=None, quiet=None)
ALL = session.RULES


def session_of(value: object) -> str:
    assert isinstance(value, Object)
    made = get_at(value, ("properties", "$session_id"))
    assert isinstance(made, str)
    return made


def everything(body: object) -> list[object]:
    return [one for rule in ALL for one in found(rule, ANY, body)]


@pytest.mark.parametrize(
    "before", [None, "", "s-1", 7, ["a"], "8b9f3a44-57c1-4f6a-9f0e-2f1f4f0f7c11"]
)
def test_a_new_session_begins_with_its_event_and_pleases_all_rules(before: object) -> None:
    body = view(**{"$session_id": before})
    rule = next(rule for rule in ALL if found(rule, ANY, body))
    after = mended_event(rule, body, randomness=0x1234_5678_9ABC)
    made = session_of(after)
    assert uuid7_milliseconds(made) == uuid7_milliseconds(SESSION)
    assert after == from_python(view(**{"$session_id": made}))
    assert everything(view(**{"$session_id": made})) == []


def test_an_event_without_a_time_gets_a_session_of_now() -> None:
    made = session_of(mended_event(session.no_session, event(event="$pageview")))
    assert uuid7_milliseconds(made) == int(NOW.timestamp() * 1000)


def test_two_people_never_get_the_same_new_session() -> None:
    anna, bert = (
        session_of(mended_event(session.no_session, event(event="$pageview", distinct_id=one)))
        for one in ("anna", "bert")
    )
    assert anna != bert


@pytest.mark.parametrize(
    "form", [SESSION.replace("-", ""), f"{{{SESSION}}}", f"urn:uuid:{SESSION}", f" {SESSION} "]
)
def test_a_uuid_in_another_form_is_kept_and_written_with_hyphens(form: str) -> None:
    after = mended_event(session.session_not_uuid, view(**{"$session_id": form}))
    assert after == from_python(view(**{"$session_id": SESSION}))


def test_a_session_of_the_same_second_is_not_taken_for_a_later_one() -> None:
    later = "019aa5bf-c9a7-7898-b9eb-dacc0cb1e29c"  # 09:30:00.999
    assert not found(session.session_time, ANY, view(**{"$session_id": later}))


def test_a_session_after_the_event_is_told() -> None:
    body = event(timestamp="2025-11-21T09:29:00Z", properties={"$session_id": SESSION})
    assert found(session.session_time, ANY, body)


def test_capitals_are_made_small_and_nothing_else() -> None:
    after = mended_event(session.session_case, view(**{"$session_id": SESSION.upper(), "a": "B"}))
    assert after == from_python(view(**{"$session_id": SESSION, "a": "B"}))


def test_a_window_without_a_session_is_removed() -> None:
    after = mended_event(session.window_only, view(**{"$window_id": SESSION, "a": 1}))
    assert after == from_python(view(a=1))


def test_an_ordinary_event_needs_no_session() -> None:
    assert everything(with_properties(plan="pro")) == []


def test_a_cookieless_view_gets_its_session_from_posthog() -> None:
    assert everything(view(**{"$cookieless_mode": True})) == []


def test_no_session_is_put_where_properties_is_no_object() -> None:
    (finding,) = found(session.no_session, ANY, event(event="$pageview", properties=["a"]))
    assert finding.mend is None
