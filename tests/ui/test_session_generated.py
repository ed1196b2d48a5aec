"""What a template generates stays generated while its event is in the window."""

from __future__ import annotations

import pytest

from composer.core.draft import Draft
from composer.core.jsontext import Object
from composer.core.settings import Settings
from composer.ui.preferences import Preferences
from composer.ui.session import Session
from tests.helpers.clock import StandingClock
from tests.helpers.filled import template_of


class Place:
    """A session with its clock."""

    def __init__(self) -> None:
        self.clock = StandingClock()
        preferences = Preferences(Settings())
        preferences.locate_sandbox("http://127.0.0.1:8810")
        self.session = Session(self.clock, preferences)

    @property
    def draft(self) -> Draft:
        return self.session.draft

    def get(self, key: str) -> object:
        return self.draft.payload.get(key)


@pytest.fixture
def place() -> Place:
    return Place()


def test_a_new_event_keeps_the_time_that_the_template_says(place: Place) -> None:
    place.session.open_template(
        template_of('{"event": "a", "distinct_id": "c", "timestamp": "{{now -2d}}", "uuid": "u"}')
    )
    assert place.get("timestamp") == "2026-11-19T09:30:00.000Z"
    place.clock.go_on(hours=1)
    place.session.start_new()
    assert place.get("timestamp") == "2026-11-19T10:30:00.000Z"
    assert place.get("uuid") != "u"


def test_saved_again_an_event_without_prompts_has_what_it_generates(place: Place) -> None:
    template = template_of('{"event": "a", "distinct_id": "c", "properties": {"n": "{{int 1 1}}"}}')
    place.session.open_template(template)
    assert place.session.filling is not None
    again = place.session.filling.as_template(place.draft).payload.get("properties")
    assert again == Object((("n", "{{int 1 1}}"),))


def test_braces_that_a_template_keeps_as_text_stop_no_send(place: Place) -> None:
    place.session.open_template(template_of(r'{"event": "\\{{a}}", "distinct_id": "c"}'))
    assert place.get("event") == "{{a}}"
    assert place.session.unfilled == ()
