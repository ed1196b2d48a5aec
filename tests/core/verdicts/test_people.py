"""What holds for all rules about event IDs, people and groups, whatever stands in the event."""

from datetime import date

from hypothesis import given, strategies as st

from composer.core.jsontext import Object, Value, from_python
from composer.core.verdicts.mending import mended
from composer.core.verdicts.request import Circumstances, Memory, Sent, request_of
from composer.core.verdicts.rule import AnyRule, Finding, UnknowableRule
from composer.core.verdicts.rules import (
    event_id,
    group,
    group_identify,
    merge,
    merge_ids,
    people,
    person_copy,
    person_set,
    profile,
)
from tests.core.verdicts.cases import NOW, event, findings, request_from

RULES: tuple[AnyRule, ...] = (
    *event_id.RULES,
    *profile.RULES,
    *person_copy.RULES,
    *person_set.RULES,
    *merge.RULES,
    *merge_ids.RULES,
    *group.RULES,
    *group_identify.RULES,
)
ID = "019a964c-b1c0-769e-b2a7-4de452e6b438"
MEMORY = Memory(
    people={"a": frozenset({"a"}), "b": frozenset({"b"})},
    sent={ID: Sent(event="$identify", distinct_id="a", day=date(2026, 11, 20))},
    group_types=frozenset({"company", "team", "shop", "city"}),
    groups=frozenset({("company", "a")}),
    joined={"b": "a", "c": "b"},
)
EVENTS = ("$identify", "$create_alias", "$merge_dangerously", "$groupidentify", "$set", "$unset")
NAMES = st.sampled_from([*EVENTS, "$exception", "$ai_span", "$pageview", "invoice paid", ""])
PLACES = {
    "$set", "$set_once", "$unset", "$groups", "groups", "alias", "uuid", "$anon_distinct_id",
    "$process_person_profile", "$group_0", "$group_type", "$group_key", "$group_set", "$lib",
    "$insert_id", "messageId", "$browser", "$os", "utm_term", "distinct_id", "$distinct_id",
    "offset", "timestamp", "$is_server", "company", "a",
}  # fmt: skip
KEYS = st.sampled_from(sorted(PLACES))
TEXTS = ("", " ", "a", "b", "null", "false", "no", ID, f"{ID} ", "\ud800", "9" * 500)
DATES = ("2026-11-20T09:30:00Z", "1950-01-01", "0001-01-01T00:00:00+14:00")
SCALARS = st.sampled_from([None, True, False, 0, 1, -1.5, 10**25, *TEXTS, *DATES])
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)
MEMBERS = st.dictionaries(KEYS, ANYTHING, max_size=5)


@st.composite
def bodies(draw: st.DrawFn) -> Value:
    def one() -> dict[str, object]:
        properties = draw(MEMBERS | ANYTHING)
        return {**draw(MEMBERS), "event": draw(NAMES | ANYTHING), "properties": properties}

    body = draw(st.sampled_from([one, lambda: {"batch": [one(), one()]}, lambda: [one(), one()]]))
    return from_python(body())


def seen(rule: AnyRule, body: Value) -> list[Finding]:
    request = request_of(body, text=None, size=0)
    known = Circumstances(now=NOW, shape=request.shape, memory=MEMORY, randomness=99)
    return findings(rule, request, known)


@given(body=bodies())
def test_no_value_anywhere_makes_a_rule_stumble(body: Value) -> None:
    for rule in RULES:
        for finding in seen(rule, body):
            assert finding.mend is None or rule.rule.mends


@given(body=bodies().filter(lambda body: isinstance(body, Object) and "event" in body))
def test_a_mend_puts_right_what_it_was_made_for(body: Value) -> None:
    for rule in RULES:
        for finding in seen(rule, body):
            if finding.mend is not None:
                after = mended(body, finding.mend.edits)
                assert after != body
                assert finding not in seen(rule, after)


def test_rules_that_cannot_be_decided_say_why_and_whom_to_ask() -> None:
    unknowable = [rule for rule in RULES if isinstance(rule, UnknowableRule)]
    assert len(unknowable) == 4
    for rule in unknowable:
        assert rule.because.endswith(".")
        assert rule.ask.endswith(".")


def test_an_id_is_read_as_posthog_reads_it() -> None:
    assert people.id_text("x" * 300) == "x" * 200
    assert people.id_text(from_python(["a", 1])) == '["a",1]'
    assert people.id_text(None) == ""


def test_only_a_real_no_makes_an_event_anonymous() -> None:
    for value, anonymous in ((False, True), ("false", False), (0, False), (None, False)):
        body = event(properties={people.PROFILE_SWITCH: value})
        assert people.is_anonymous(request_from(body).events[0]) is anonymous
