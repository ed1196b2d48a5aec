"""A whole template at once: shared answers, times in steps, the last event now."""

from dataclasses import replace
from datetime import timedelta

import pytest

from composer.core import times
from composer.core.draft import STAMPS
from composer.core.ids import uuid7_milliseconds
from composer.core.jsontext import Object
from composer.core.templates import Step, Template, UnfilledError, Variable, VariableKind, steps_of
from tests.helpers.clock import START
from tests.helpers.filled import draft_of, template_of
from tests.helpers.maker import StandingMaker

SIGN_UP = template_of(
    '{"event": "$pageview", "distinct_id": "{{anonymous}}", "uuid": "", "timestamp": ""}',
    '{"event": "$identify", "distinct_id": "{{customer}}", "uuid": "", "timestamp": "", '
    '"properties": {"$anon_distinct_id": "{{anonymous}}", "at": "{{when}}"}}',
    '{"event": "signed up", "distinct_id": "{{customer}}", "uuid": "{{uuid7}}", '
    '"timestamp": "{{now -2d}}", "properties": {"lucky": "{{int 0 9}}"}}',
    variables=(Variable(name="when", kind=VariableKind.DATE, default="now"),),
)
STEPPED = replace(
    SIGN_UP,
    steps=tuple(
        replace(step, after=after, draft=replace(step.draft, generated=generated))
        for step, after, generated in zip(
            SIGN_UP.steps, (99, 60, 1.5), (STAMPS, STAMPS, frozenset[str]()), strict=True
        )
    ),
)
ANSWERS = {"anonymous": "anon-1", "customer": "customer-42"}


def test_answers_are_shared_and_times_are_stepped() -> None:
    first, second, third = (draft.payload for draft in steps_of(STEPPED, ANSWERS, StandingMaker()))
    assert first.get("distinct_id") == "anon-1"
    assert second.get("properties") == Object(
        (("$anon_distinct_id", "anon-1"), ("at", times.wire_text(START)))
    )
    assert first.get("timestamp") == times.wire_text(START - timedelta(seconds=61.5))
    assert second.get("timestamp") == times.wire_text(START - timedelta(seconds=1.5))
    assert third.get("timestamp") == times.wire_text(START - timedelta(days=2))


def test_each_id_is_of_the_time_of_its_event() -> None:
    drafts = steps_of(STEPPED, ANSWERS, StandingMaker())
    for draft in drafts:
        uuid, text = draft.payload.get("uuid"), draft.payload.get("timestamp")
        assert isinstance(uuid, str)
        assert isinstance(text, str)
        moment = times.read(text)
        assert moment is not None
        assert uuid7_milliseconds(uuid) == moment.timestamp() * 1000
    assert len({draft.payload.get("uuid") for draft in drafts}) == len(drafts)


def test_the_events_of_a_batch_get_ids_of_their_own() -> None:
    batch = replace(
        draft_of('{"batch": [{"event": "a", "uuid": "old", "timestamp": "2026-03-14T09:30:00Z"}]}'),
        type_id="batch",
    )
    template = replace(STEPPED, steps=(Step(draft=batch),))
    (draft,) = steps_of(template, {}, StandingMaker())
    uuid = draft.value(("batch", 0, "uuid"))
    assert isinstance(uuid, str)
    assert times.read("2026-03-14T09:30:00Z") is not None
    assert uuid7_milliseconds(uuid) == 1_773_480_600_000


@pytest.mark.parametrize(
    ("template", "answers", "name", "words"),
    [
        (STEPPED, {"anonymous": "a"}, "customer", "“customer” in event 2 is not filled in."),
        (STEPPED, {**ANSWERS, "when": "soon"}, "when", "“when” in event 2: Write a date"),
        (template_of('{"a": "{{int}}"}'), {}, "int", "{{int}} cannot be made."),
        (template_of('{"a": "{{x}}"}'), {"x": ""}, "x", "“x” is not filled in. Fill it in"),
    ],
)
def test_what_is_not_filled_in_stops_everything(
    template: Template, answers: dict[str, str], name: str, words: str
) -> None:
    with pytest.raises(UnfilledError) as caught:
        steps_of(template, answers, StandingMaker())
    assert caught.value.name == name
    assert str(caught.value).startswith(words)
    step = template.steps[1 if template.is_sequence else 0]
    assert f"{{{{{name}}}}}" in str(step.draft.value(caught.value.path))
