"""What events are called instead is said below the source, and can be switched off and changed."""

import json

import pytest
from PySide6.QtWidgets import QLineEdit

from composer.ui.batch.importing.words import names_words
from composer.ui.widgets import LinkButton
from tests.helpers.window import named
from tests.ui.batch.importing.place import ORDERS, ImportPlace

OLD = "$mp_web_page_view"
MIXPANEL = "\n".join(
    json.dumps(
        {
            "event": OLD,
            "properties": {"time": 1_762_000_000 + n, "distinct_id": "ada", "$insert_id": f"i-{n}"},
        }
    )
    for n in range(3)
)


async def test_the_names_are_said_and_switched_off_and_on(place: ImportPlace) -> None:
    await place.look("mixpanel.jsonl", MIXPANEL)
    said = f"1 event gets PostHog's own names: “{OLD}” becomes “$pageview”."
    assert said in place.view.source_bar.words
    assert place.previewed["event"] == "$pageview"
    named(place.view, "Keep their names", LinkButton).click()
    await place.settled()
    assert place.previewed["event"] == OLD
    assert "Events keep the names that they have." in place.view.source_bar.words
    named(place.view, "Rename them", LinkButton).click()
    await place.settled()
    assert place.previewed["event"] == "$pageview"
    place.view.desk.undo()
    await place.settled()
    assert place.previewed["event"] == OLD


async def test_a_name_can_be_another_one_or_none(place: ImportPlace) -> None:
    await place.look("mixpanel.jsonl", MIXPANEL)
    change = named(place.view, "Change the names of events", LinkButton)
    change.click()
    field = named(place.view, f"New name of {OLD}", QLineEdit)
    assert field.hasFocus()
    assert field.text() == "$pageview"
    field.setText("page seen")
    field.textEdited.emit("page seen")
    await place.settled()
    assert place.previewed["event"] == "page seen"
    assert "1 event gets other names" in place.view.source_bar.words
    field.setText("")
    field.textEdited.emit("")
    await place.settled()
    assert place.previewed["event"] == OLD
    change.click()
    assert field.isHidden() or not field.isVisible()


async def test_another_source_is_not_asked_about_the_names_of_the_last(place: ImportPlace) -> None:
    await place.look("mixpanel.jsonl", MIXPANEL)
    await place.look(text=ORDERS)
    assert not place.view.source_bar.names.isVisible()
    assert "event" not in place.view.source_bar.words


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ({}, "Events keep the names that they have."),
        ({"a": "$b"}, "1 event gets PostHog's own names: “a” becomes “$b”."),
        (
            {"a": "$b", "c": "$d", "e": "$f", "g": "$h", "i": "$j"},
            (
                "5 events get PostHog's own names: “a” becomes “$b”, “c” becomes “$d”, "
                "“e” becomes “$f”, and 2 more."
            ),
        ),
        ({"a": "$b", "c": "d"}, "2 events get other names: “a” becomes “$b”, “c” becomes “d”."),
    ],
)
def test_the_names_of_events_in_words(names: dict[str, str], words: str) -> None:
    assert names_words(names) == words
