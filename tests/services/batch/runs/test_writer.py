"""A run is packed, checked and whole before it is there; broken off, it never was."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from composer.core.batch.options import BatchOptions
from composer.core.batch.run import EventState, RunState
from composer.core.destination import Destination
from composer.core.errors import StoreError
from composer.core.personal_keys import PersonalKeyError
from composer.services.batch.runs import Journal, RunStore
from tests.helpers.clock import START
from tests.services.batch.runs.making import PLACE, SMALL, body, made, uuid_of, uuids

KEY = "phx_9sDf7Gh2Jk4Lz6Xc8Vb1Nm3Qw5Er7Ty0UiOpAsDfGhJ"


def test_a_finished_run_is_ready_and_says_what_it_is(store: RunStore) -> None:
    run = made(store, 25)
    assert run == store.run(run.id)
    assert (run.state, run.source, run.trouble) == (RunState.READY, "orders.csv", "")
    assert (run.destination, run.options) == (PLACE, SMALL)
    assert (run.counts.waiting, run.counts.total) == (25, 25)
    assert (run.began_at, run.ended_at, run.is_alive) == (START, None, False)


def test_every_option_and_every_part_of_a_destination_is_kept(store: RunStore) -> None:
    options = BatchOptions(
        request_bytes=1_234_567,
        most_events=7,
        one_each=True,
        workers=9,
        rate=12.5,
        gzip=True,
        tries=2,
        historical_migration=True,
    )
    place = replace(
        PLACE,
        path="/e/",
        colour="red",
        production=True,
        ca_file="/ca.pem",
        proxy="direct",
        client_certificate="/c.pem",
        client_key="/k.pem",
        connect_timeout=1.5,
        answer_timeout=2.5,
        headers=(("X-Team", "7"),),
    )
    run = made(store, 1, options, place)
    found = store.run(run.id)
    assert found
    assert (found.options, found.destination) == (options, place)


def test_events_that_cannot_be_sent_are_set_aside_in_their_place(store: RunStore) -> None:
    with store.begin(PLACE, BatchOptions(request_bytes=2000), "x") as writer:
        writer.add([(1, body(1)), (2, body(2, a="x" * 3000)), (3, body(3, key=KEY))])
        writer.set_aside(4, "PostHog would refuse it.", body(4))
        writer.add([(5, body(5))])
        run = writer.finish()
    assert (run.counts.waiting, run.counts.set_aside, run.counts.total) == (2, 3, 5)
    events = store.events(run.id)
    assert [(event.number, event.row) for event in events] == [(n, n) for n in range(1, 6)]
    assert [event.state for event in events] == [
        EventState.WAITING, *[EventState.SET_ASIDE] * 3, EventState.WAITING,
    ]  # fmt: skip
    assert "does not fit" in events[1].words
    assert "personal key" in events[2].words
    assert events[3].words == "PostHog would refuse it."
    assert (events[3].name, events[3].person, events[3].uuid) == (
        "order 1", "customer-4", uuid_of(4),
    )  # fmt: skip
    with Journal(store, run.id) as journal:
        (claim,) = journal.claim(9)
    assert uuids(claim.body) == [uuid_of(1), uuid_of(5)]


def test_no_personal_key_reaches_the_file(store: RunStore, tmp_path: Path) -> None:
    with store.begin(replace(PLACE, name=f"Shop {KEY}"), SMALL, f"{KEY}.csv") as writer:
        writer.add([(1, body(1, key=KEY))])
        writer.set_aside(2, f"It has {KEY}.", body(2, key=KEY))
        run = writer.finish()
    with Journal(store, run.id) as journal:
        journal.set_state(RunState.PAUSED, f"No {KEY} here.")
    assert run.destination.name == "Shop phx_…"
    store.close()
    for path in tmp_path.iterdir():
        assert KEY[8:].encode() not in path.read_bytes(), path


@pytest.mark.parametrize(
    "place",
    [
        replace(PLACE, token=KEY),
        replace(PLACE, address=f"https://{KEY}.example.com"),
        replace(PLACE, headers=(("Authorization", f"Bearer {KEY}"),)),
    ],
)
def test_a_destination_with_a_personal_key_gets_no_run(store: RunStore, place: Destination) -> None:
    with pytest.raises(PersonalKeyError, match=r"[Nn]othing was sent"):
        store.begin(place, SMALL, "x")
    assert store.runs() == []


def test_the_token_stands_only_with_the_destination(store: RunStore, tmp_path: Path) -> None:
    made(store, 3)
    store.close()
    with closing(sqlite3.connect(tmp_path / "runs.sqlite3")) as connection:
        (kept,) = connection.execute("SELECT body FROM parcel").fetchone()
    assert PLACE.token not in kept.decode()
    data = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert data.count(PLACE.token.encode()) == 1


def test_a_run_that_is_broken_off_is_gone(store: RunStore) -> None:
    def breaking() -> Iterator[tuple[int, str]]:
        yield from ((number, body(number)) for number in range(25))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), store.begin(PLACE, SMALL, "x") as writer:
        writer.add(breaking())
    with store.begin(PLACE, SMALL, "x") as writer:
        writer.add([(1, body(1))])
    assert store.runs() == []
    with store.file.reading() as connection:
        assert connection.execute("SELECT count(*) FROM parcel").fetchone() == (0,)


def test_a_run_that_is_being_filled_is_told_and_cannot_be_sent(store: RunStore) -> None:
    with store.begin(PLACE, SMALL, "x") as writer:
        (run,) = store.runs()
        assert (run.id, run.state, run.is_alive) == (writer.run_id, RunState.PREPARING, True)
        with pytest.raises(StoreError, match="busy with run"):
            Journal(store, run.id).open()
        with pytest.raises(StoreError, match="Stop it first"):
            store.delete(run.id)
        assert writer.finish().state is RunState.READY


def test_characters_that_have_no_utf8_are_kept_as_escapes(store: RunStore) -> None:
    with store.begin(PLACE, SMALL, "\ud83d.csv") as writer:
        writer.add([(1, '{"event":"\ud83d","uuid":"u"}')])
        writer.set_aside(2, "\ud83d", '{"event":"\ud83d"}')
        run = writer.finish()
    assert run.source == "\\ud83d.csv"
    one, two = store.events(run.id)
    assert one.body == '{"event":"\\ud83d","uuid":"u"}'
    assert (two.body, two.words) == ('{"event":"\\ud83d"}', "\\ud83d")


def test_nothing_at_all_is_a_run_too(store: RunStore) -> None:
    run = made(store, 0)
    assert run.counts.total == 0
    with Journal(store, run.id) as journal:
        assert journal.claim(4) == []
