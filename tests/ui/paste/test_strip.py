"""The strip above the form: what it says, what it offers, when it goes."""

from __future__ import annotations

import base64
import gzip

import pytest
from PySide6.QtWidgets import QWidget

from composer.ui.paste.clip import Clip
from composer.ui.paste.reading import Reading
from composer.ui.paste.strip import PasteStrip
from tests.helpers.stage import nameless
from tests.helpers.window import click, wait_until
from tests.ui.paste.driver import COMMAND, EVENT, OWN, TOKEN, Driver


@pytest.fixture
def strip(driver: Driver) -> PasteStrip:
    within = QWidget()
    made = PasteStrip(driver.desk)
    made.setParent(within)
    driver.show(within)
    return made


async def test_it_is_not_there_before_anything_is_pasted(strip: PasteStrip) -> None:
    assert strip.isHidden()
    assert strip.words == ""


async def test_it_says_where_the_event_came_from(driver: Driver, strip: PasteStrip) -> None:
    await driver.paste(COMMAND)
    assert strip.words.splitlines() == [
        "Pasted from a curl command",
        "Its token is phc_kQ8v…1cJ5",
        "It went to EU cloud",
        "1 thing was not taken over",
    ]
    assert TOKEN not in strip.words
    assert nameless(strip) == []


async def test_it_says_what_was_taken_off(driver: Driver, strip: PasteStrip) -> None:
    packed = base64.b64encode(gzip.compress(EVENT.encode())).decode()
    await driver.paste(packed)
    first, second, *_ = strip.words.splitlines()
    assert first == "Pasted from a packed body"
    assert "gzip" in second
    assert second.endswith(".")


async def test_what_was_not_taken_over_is_unfolded_by_name(
    driver: Driver, strip: PasteStrip
) -> None:
    await driver.paste(COMMAND)
    assert "--proxy" not in strip.words
    click(strip, "1 thing was not taken over: show them")
    assert "--proxy: " in strip.words
    driver.desk.use_token()
    assert "--proxy: " in strip.words
    click(strip, "1 thing was not taken over: show them")
    assert "--proxy" not in strip.words


async def test_offers_are_taken_by_their_links(driver: Driver, strip: PasteStrip) -> None:
    await driver.paste(COMMAND)
    click(strip, "Use its destination EU cloud")
    click(strip, "Use its token phc_kQ8v…1cJ5")
    assert driver.session.token == TOKEN
    assert "Its token" not in strip.words
    assert "It went to" not in strip.words


async def test_it_survives_edits_and_goes_with_the_event(driver: Driver, strip: PasteStrip) -> None:
    await driver.paste(EVENT)
    driver.session.set_value(("distinct_id",), "another")
    assert strip.words
    driver.session.choose_type("pageview")
    assert strip.words == ""


async def test_it_can_be_dismissed(driver: Driver, strip: PasteStrip) -> None:
    await driver.paste(EVENT)
    click(strip, "Dismiss this notice")
    assert strip.words == ""
    assert driver.session.draft.value(("event",)) == "order paid"


async def test_a_fault_stands_there_until_it_is_dismissed(
    driver: Driver, strip: PasteStrip
) -> None:
    wanted: list[int] = []
    strip.window_wanted.connect(lambda: wanted.append(1))
    await driver.paste(EVENT)
    await driver.paste("good morning")
    assert strip.words.startswith("This could not be opened. ")
    click(strip, "Show what could not be read")
    assert wanted == [1]
    click(strip, "Dismiss this notice")
    assert strip.words.startswith("Pasted from JSON")


async def test_a_long_reading_says_so_and_can_be_cancelled(
    driver: Driver, strip: PasteStrip
) -> None:
    driver.desk.take(Clip(text='{"event": "' + '\\"' * 5_000_000 + '"}'))
    await wait_until(lambda: strip.words, "the word that it takes a while")
    assert strip.words == "Reading what was pasted…"
    click(strip, "Cancel")
    assert strip.words == ""


async def test_a_command_in_the_json_editor_can_be_opened(
    driver: Driver, strip: PasteStrip
) -> None:
    driver.session.set_text("{ not JSON }")
    assert strip.words == ""
    driver.session.set_text(COMMAND)
    assert strip.words == "This looks like a request, not like its JSON."
    click(strip, "Open the request in the JSON editor")
    await wait_until(lambda: driver.opened, "the event")
    assert driver.opened == [OWN]
    assert strip.words.startswith("Pasted from a curl command")
    driver.session.undo_stack.undo()
    assert driver.session.text == COMMAND


async def test_the_original_and_the_other_events_are_within_reach(
    driver: Driver, strip: PasteStrip
) -> None:
    originals: list[Reading] = []
    lists: list[Reading] = []
    strip.original_wanted.connect(originals.append)
    strip.list_wanted.connect(lists.append)
    text = f"{EVENT}\n{EVENT.replace('order paid', 'order sent')}\n"
    await driver.paste(text)
    (reading,) = driver.several
    driver.desk.open_event(reading, reading.events[1])
    await wait_until(lambda: driver.opened, "the event")
    click(strip, "Original text")
    click(strip, "All 2 events of this paste")
    assert originals == lists == [reading]
    assert originals[0].original == text.encode()
