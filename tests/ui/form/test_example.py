"""Examples for empty fields."""

import pytest

from composer.core.destination import SANDBOX_TOKEN
from composer.core.draft import Draft, new_draft
from composer.core.events import ALL
from composer.core.fields import EventType
from composer.core.jsontext import Layout, Object
from composer.core.verdicts.outlook import Outlook
from composer.services.verdicts.service import VerdictService
from composer.ui.form.example import example_values, missing_examples
from tests.helpers.clock import START, StandingClock


@pytest.mark.parametrize("event_type", ALL, ids=lambda event_type: event_type.id)
def test_an_example_is_stored(event_type: EventType) -> None:
    clock = StandingClock()
    draft = new_draft(
        event_type,
        token=SANDBOX_TOKEN,
        uuid=clock.new_uuid(START),
        timestamp="2026-11-21T09:30:00Z",
    )
    changes = example_values(draft, lambda: clock.new_uuid(START), lambda: "2026-11-21T09:30:00Z")
    for path, value in changes:
        draft = draft.with_value(path, value)
    assert _outlook(draft) in {Outlook.STORED, Outlook.ALTERED}
    assert missing_examples(draft) == ()


def test_what_is_filled_in_stays() -> None:
    survey = next(event_type for event_type in ALL if event_type.id == "survey_sent")
    draft = new_draft(survey, token="", uuid="", timestamp="")
    draft = draft.with_value(("distinct_id",), "mine")
    draft = draft.with_value(("properties", "$survey_response_q1"), "yes")
    paths = [path for path, _ in example_values(draft, lambda: "u", lambda: "t")]
    assert ("distinct_id",) not in paths
    assert not any(str(path[-1]).startswith("$survey_response_") for path in paths)
    assert ("timestamp",) in paths


def test_properties_that_are_no_object_hide_nothing() -> None:
    survey = next(event_type for event_type in ALL if event_type.id == "survey_sent")
    draft = new_draft(survey, token="", uuid="", timestamp="").with_value(("properties",), ("x",))
    assert len(missing_examples(draft)) > 3
    assert Object() not in [value for _, value in example_values(draft, str, str)]


def _outlook(draft: Draft) -> Outlook:
    path = "/batch/" if draft.event_type.is_batch else "/i/v0/e/"
    body = draft.text(Layout.PRETTY).encode()
    report = VerdictService().judge(body, path=path, destination=None, now=START)
    return report.forecast.outlook
