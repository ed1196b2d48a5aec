"""The request beside an event: the very bytes of the run, as far as it is small."""

from __future__ import annotations

from dataclasses import replace

from composer.core.batch.options import BatchOptions
from composer.core.batch.table import RowOutlook
from composer.core.destination import Destination, DestinationKind
from composer.core.jsontext import Object, parse_bytes
from composer.ui.batch import carrier
from composer.ui.batch.carrier import carried
from composer.ui.batch.detail import Side
from composer.ui.inspector.view import Side as View
from composer.ui.widgets import Tabs
from tests.helpers.batch import rows_in
from tests.helpers.window import named, wait_until
from tests.ui.batch.place import BatchPlace, body

PLACE = Destination(
    id="eu", name="EU", kind=DestinationKind.EU, address="https://eu.i.posthog.com", token="phc_x"
)


def events_of(data: bytes) -> list[object]:
    value = parse_bytes(data)
    assert isinstance(value, Object)
    batch = value.get("batch")
    assert isinstance(batch, tuple)
    return [event.get("event") for event in batch if isinstance(event, Object)]


async def test_events_are_packed_as_the_run_packs_them(place: BatchPlace) -> None:
    await place.fill(*(body(f"event {number}") for number in range(5)))
    rows = await rows_in(place.batch)
    found = carried(place.batch.table, rows[2], BatchOptions(most_events=2), PLACE)
    assert found.words == "Request 2 of 3"
    assert found.request is not None
    assert (found.request.path, events_of(found.request.body)) == (
        "/batch/",
        ["event 2", "event 3"],
    )
    alone = carried(place.batch.table, rows[4], BatchOptions(one_each=True), PLACE)
    assert alone.words == "Request 5 of 5"
    assert alone.request is not None
    assert alone.request.body.startswith(b'{"api_key":"phc_x",')


async def test_what_is_set_aside_is_in_no_request(place: BatchPlace) -> None:
    await place.fill(*(body(f"event {number}") for number in range(3)))
    rows = await rows_in(place.batch)
    refused = replace(rows[0], outlook=RowOutlook.REFUSED, says="There is no person.")
    found = carried(place.batch.table, refused, BatchOptions(), PLACE)
    assert found.request is None
    assert "There is no person." in found.words
    small = BatchOptions(request_bytes=1_000)
    large = replace(rows[0], size=2_000)
    assert "larger requests" in carried(place.batch.table, large, small, PLACE).words


async def test_large_requests_and_batches_are_told_and_not_shown(place: BatchPlace) -> None:
    long = "x" * 60_000
    await place.fill(*(body(f"event {number}", note=long) for number in range(6)))
    rows = await rows_in(place.batch)
    found = carried(place.batch.table, rows[0], BatchOptions(), PLACE)
    assert found.request is None
    assert found.words.startswith("Request 1 of 1 has 36")
    place.batch.insert([("custom", body("many"))] * carrier.MOST_PACKED)
    await place.batch.settled()
    assert (
        "made when they are sent"
        in carried(place.batch.table, rows[0], BatchOptions(), PLACE).words
    )
    nowhere = replace(PLACE, kind=DestinationKind.SELF_HOSTED, address="")
    assert carried(place.batch.table, rows[0], BatchOptions(), nowhere).request is None


async def test_the_pane_shows_it_with_curl_and_follows_the_options(place: BatchPlace) -> None:
    place.work.preferences.locate_sandbox("http://127.0.0.1:9")
    await place.fill(*(body(f"event {number}") for number in range(3)))
    place.table.choose(1)
    named(place.page, "Chosen event, views", Tabs).setCurrentIndex(Side.REQUEST)
    inspector = place.inspector
    await wait_until(lambda: inspector.text(View.REQUEST), "the request")
    assert events_of(inspector.text(View.REQUEST).encode()) == ["event 0", "event 1", "event 2"]
    inspector.copy_curl()
    await wait_until(lambda: place.copied, "the curl")
    assert "/batch/" in place.copied[0]
    options = place.work.preferences.settings.batch
    place.work.preferences.change(batch=replace(options, most_events=1))
    await wait_until(
        lambda: events_of(inspector.text(View.REQUEST).encode()) == ["event 1"], "the other request"
    )
