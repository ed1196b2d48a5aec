"""What becomes of a paste: one event is opened, several are asked about, nothing is taken over."""

from __future__ import annotations

import gzip
from pathlib import Path

from composer.core.convert import conversion
from composer.core.destination import SANDBOX_TOKEN, DestinationKind
from composer.ui.messages import UNDO
from composer.ui.paste.clip import Clip
from composer.ui.widgets import Severity
from tests.helpers.batch import payloads_in
from tests.helpers.window import wait_until
from tests.ui.paste.driver import BATCH, COMMAND, EVENT, OWN, TOKEN, Driver


async def test_one_event_is_opened_as_it_was_pasted_in_one_step(driver: Driver) -> None:
    before = driver.session.text
    await driver.paste(EVENT)
    assert driver.session.text == OWN
    driver.session.undo_stack.undo()
    assert driver.session.text == before


async def test_its_id_and_time_stay_as_they_are(driver: Driver) -> None:
    await driver.paste(EVENT)
    driver.session.freshen()
    driver.session.set_value(("properties", "total"), "1")
    assert driver.session.draft.value(("uuid",)) == "0199d5d2-0000-7000-8000-000000000001"
    assert driver.session.draft.value(("timestamp",)) == "2026-11-20T08:00:00Z"


async def test_token_and_destination_stay_and_are_offered(driver: Driver) -> None:
    await driver.paste(COMMAND)
    assert driver.session.token == SANDBOX_TOKEN
    assert driver.session.destination.kind is DestinationKind.SANDBOX
    assert driver.desk.token_offer == TOKEN
    offer = driver.desk.destination_offer
    assert offer is not None
    assert offer.kind is DestinationKind.EU


async def test_an_offer_goes_when_it_is_taken(driver: Driver) -> None:
    await driver.paste(COMMAND)
    driver.desk.use_destination()
    assert driver.session.destination.kind is DestinationKind.EU
    assert driver.session.destination.path == "/e/"
    assert driver.desk.destination_offer is None
    driver.desk.use_token()
    assert driver.session.token == TOKEN
    assert driver.desk.token_offer == ""
    driver.session.undo_stack.undo()
    assert driver.desk.token_offer == TOKEN


async def test_the_destination_can_be_put_back(driver: Driver) -> None:
    await driver.paste(COMMAND.replace("https://eu.i.posthog.com", "https://shop.example/relay"))
    driver.desk.use_destination()
    said = driver.said[-1]
    assert said.text == "The destination is Self-hosted now: https://shop.example/relay."
    assert said.action == UNDO
    assert said.run is not None
    said.run()
    assert driver.session.destination.kind is DestinationKind.SANDBOX
    addresses = [place.address for place in driver.bench.preferences.destinations]
    assert "https://shop.example/relay" not in addresses


async def test_where_it_came_from_is_known_through_edits_and_undo(driver: Driver) -> None:
    await driver.paste(EVENT)
    driver.session.set_value(("distinct_id",), "another")
    assert driver.desk.origin is not None
    driver.session.undo_stack.undo()
    driver.session.undo_stack.undo()
    assert driver.desk.origin is None
    driver.session.undo_stack.redo()
    assert driver.desk.origin is not None


async def test_it_is_forgotten_when_another_event_is_opened(driver: Driver) -> None:
    await driver.paste(EVENT)
    driver.session.choose_type("pageview")
    assert driver.desk.origin is None
    driver.session.undo_stack.undo()
    assert driver.desk.origin is not None
    driver.desk.dismiss()
    assert driver.desk.origin is None


async def test_where_it_came_from_stays_known_when_an_old_shape_is_converted(
    driver: Driver,
) -> None:
    await driver.paste(
        '{"type": "alias", "distinct_id": "a", "alias": "b", "event": "$create_alias"}'
    )
    found = conversion(driver.session.draft)
    assert found is not None
    driver.session.open_converted(found)
    assert driver.desk.origin is not None


async def test_several_events_are_asked_about(driver: Driver) -> None:
    before = driver.session.text
    await driver.paste(BATCH)
    (reading,) = driver.several
    assert len(reading.events) == 3
    assert driver.session.text == before


async def test_all_can_be_opened_as_one_batch(driver: Driver) -> None:
    await driver.paste(BATCH)
    (reading,) = driver.several
    assert reading.batch is not None
    driver.desk.open_batch(reading, reading.batch)
    await wait_until(lambda: driver.opened, "the batch")
    assert driver.session.text == BATCH.replace(TOKEN, SANDBOX_TOKEN)
    assert driver.desk.token_offer == TOKEN


async def test_events_go_into_the_batch_and_out_again(driver: Driver) -> None:
    await driver.paste(BATCH)
    driver.desk.add(driver.several[0].events[1:])
    await wait_until(lambda: driver.bench.batch.count, "the events")
    assert [payload.get("event") for payload in await payloads_in(driver.bench.batch)] == ["b", "c"]
    said = driver.said[-1]
    assert said.text == "Added 2 events to the batch."
    assert said.run is not None
    said.run()
    assert await payloads_in(driver.bench.batch) == []


async def test_what_cannot_be_read_is_told_and_nothing_is_lost(driver: Driver) -> None:
    before = driver.session.text
    await driver.paste("good morning")
    assert driver.desk.failure
    assert driver.session.text == before
    await driver.paste(EVENT)
    assert driver.desk.failure == ""


async def test_a_question_for_flags_is_told_to_be_no_event(driver: Driver) -> None:
    flags = '{"api_key": "phc_x", "distinct_id": "a", "groups": {}}'
    await driver.paste(f"curl https://eu.i.posthog.com/flags/?v=2 -d '{flags}'")
    assert "no event" in driver.desk.failure


async def test_an_empty_clipboard_is_one_sentence(driver: Driver) -> None:
    assert not driver.desk.take(Clip())
    assert not driver.desk.take(Clip(is_picture=True))
    assert [message.severity for message in driver.said] == [Severity.WARNING] * 2


async def test_of_several_files_the_first_is_read(driver: Driver, tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.json.gz", "b", "c", "d", "e")]
    for path in paths:
        path.write_bytes(gzip.compress(EVENT.encode()))
    driver.desk.take(Clip(files=tuple(map(str, paths))))
    await wait_until(lambda: driver.opened, "the file")
    assert driver.said[-1].text == (
        "Only a.json.gz is read. Drop the others one by one: b, c, d and 1 more file."
    )
    origin = driver.desk.origin
    assert origin is not None
    assert origin.reading.source == "a.json.gz, a packed body"


async def test_an_unreadable_file_is_told(driver: Driver, tmp_path: Path) -> None:
    driver.desk.take(Clip(files=(str(tmp_path / "gone.har"),)))
    await wait_until(lambda: driver.desk.failure, "the words")
    assert driver.desk.failure.startswith("gone.har cannot be read")


async def test_of_two_pastes_the_newer_counts(driver: Driver) -> None:
    long = EVENT.replace("129.90", "1" * 200_000)
    driver.desk.take(Clip(text=long))
    await driver.paste(EVENT)
    assert driver.opened == [OWN]


async def test_a_long_reading_can_be_cancelled(driver: Driver) -> None:
    before = driver.session.text
    quotes = '{"event": "' + '\\"' * 5_000_000 + '"}'
    driver.desk.take(Clip(text=quotes))
    await wait_until(lambda: driver.desk.is_slow, "the word that it takes a while")
    driver.desk.cancel()
    assert not driver.desk.is_slow
    await driver.paste(EVENT)
    assert driver.opened == [OWN]
    driver.session.undo_stack.undo()
    assert driver.session.text == before
