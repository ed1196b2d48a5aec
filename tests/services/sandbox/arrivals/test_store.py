"""What arrived is held within bounds, and what was too much for memory is read again."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from composer.core import jsontext
from composer.services.sandbox.arrivals.body import MOST_IN_MEMORY, Body, BodyWriter, Spool
from composer.services.sandbox.arrivals.details import EventDetails, Trial, outline
from composer.services.sandbox.arrivals.store import ArrivalStore
from composer.services.sandbox.arrivals.stored import Arrival
from composer.services.sandbox.request import Judgement, Submission
from composer.services.sandbox.v0.capture import judge
from composer.services.work import Worker
from tests.services.sandbox.client import NOW, TOKEN

KB = 1024


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.stop()


def arrival(number: int, body: bytes = b"", judgement: Judgement | None = None) -> Arrival:
    return Arrival(
        number=number,
        received_at=NOW,
        method="POST",
        path="/e",
        headers=(),
        body=Body(body),
        status=200,
        answer="",
        events=judgement.events if judgement else (),
        dropped=judgement.dropped if judgement else (),
    )


def numbers(store: ArrivalStore) -> list[int]:
    return [kept.number for kept in store.all()]


def test_the_oldest_make_room_when_there_are_too_many() -> None:
    store = ArrivalStore(most_arrivals=3)
    for number in range(1, 6):
        store.add(arrival(number), 0)
    assert numbers(store) == [3, 4, 5]


def test_the_oldest_make_room_when_there_are_too_many_bytes() -> None:
    store = ArrivalStore(most_bytes=100 * KB)
    for number in range(1, 5):
        store.add(arrival(number, bytes(40 * KB)), 0)
    assert numbers(store) == [3, 4]
    store.add(arrival(5), 12 * KB)  # whose events take memory although its body is short
    assert numbers(store) == [5]


def test_long_headers_and_many_events_take_room_too() -> None:
    store = ArrivalStore(most_bytes=100 * KB)
    store.add(arrival(1), 0)
    store.add(replace(arrival(2), headers=tuple(("a", "b") for _ in range(600))), 0)
    assert numbers(store) == [2]
    store.add(replace(arrival(3), headers=(("cookie", "a" * 99 * KB),)), 0)
    assert numbers(store) == [3]
    batch = ",".join('{"event":"a","distinct_id":"b"}' for _ in range(200))
    text = f'{{"api_key":"k","batch":[{batch}]}}'.encode()
    judgement = judge(Submission(path="/batch", body=text, now=NOW))
    assert len(judgement.events) == 200
    store.add(arrival(4, b"", judgement), 0)
    assert numbers(store) == [4]


def test_the_newest_is_kept_however_large_it_is() -> None:
    store = ArrivalStore(most_bytes=100)
    store.add(arrival(1), 0)
    store.add(arrival(2, bytes(1000)), 0)
    assert numbers(store) == [2]
    store.add(arrival(3), 0)
    assert numbers(store) == [3]


def test_a_cleared_store_has_room_again() -> None:
    store = ArrivalStore(most_bytes=100 * KB)
    store.add(arrival(1, bytes(90 * KB)), 0)
    store.clear()
    store.add(arrival(2, bytes(60 * KB)), 0)
    store.add(arrival(3, bytes(30 * KB)), 0)
    assert numbers(store) == [2, 3]


def test_files_count_for_the_disk_and_not_for_memory() -> None:
    spool = Spool()
    store = ArrivalStore(most_bytes=20 * KB, most_on_disk=3 * MOST_IN_MEMORY)
    for number in range(1, 5):
        writer = BodyWriter(spool)
        writer.add(bytes(MOST_IN_MEMORY + 1))
        store.add(replace(arrival(number), body=writer.finish()), 0)
        del writer
    assert numbers(store) == [3, 4]
    assert spool.folder is not None
    assert len(list(spool.folder.glob("*.body"))) == 2
    store.clear()
    assert list(spool.folder.glob("*.body")) == []


def batch(*names: str) -> bytes:
    events = ",".join(f'{{"event":"{name}","distinct_id":"v"}}' for name in names)
    return f'{{"api_key":"{TOKEN}","batch":[{events}]}}'.encode()


def large(store: ArrivalStore, body: bytes) -> Arrival:
    """Add a request as if it had been judged elsewhere."""
    trial = Trial(
        judge=judge, submission=Submission(path="/batch", body=None, now=NOW), source=body
    )
    found = arrival(7, body, outline(trial))
    store.add(found, 0, trial)
    return found


def told(details: EventDetails) -> tuple[object, object]:
    assert details.sent is not None
    assert details.record is not None
    return details.sent.get("event"), details.record.get("uuid")


def test_values_that_are_not_kept_are_read_again_with_the_same_uuids(worker: Worker) -> None:
    store = ArrivalStore()
    found = large(store, batch("first", "$performance_event", "second", "third"))
    assert [event.sent for event in (*found.events, *found.dropped)] == [None] * 4
    again = store.details(7, 0, None, worker)
    assert [told(one) for one in again[:3]] == [(one.name, one.uuid) for one in found.events]
    dropped = again[3]
    assert dropped.record is None
    assert dropped.sent is not None
    assert dropped.sent.get("event") == "$performance_event"
    assert store.details(7, 1, 1, worker) == again[1:2]
    assert store.details(7, 3, 5, worker) == again[3:]
    assert store.details(7, 4, 1, worker) == ()


def test_values_that_are_kept_are_handed_out_as_they_are(worker: Worker) -> None:
    store = ArrivalStore()
    judgement = judge(Submission(path="/batch", body=batch("a", "b"), now=NOW))
    store.add(arrival(1, b"", judgement), 0)
    (second,) = store.details(1, 1, None, worker)
    event = judgement.events[1]
    assert (second.sent, second.record) == (event.sent, event.record)
    assert second.sent is event.sent


def test_of_large_values_only_some_come_at_once(worker: Worker) -> None:
    store = ArrivalStore()
    pad = jsontext.encode_string("x" * 3_000_000)
    event = f'{{"event":"a","distinct_id":"v","properties":{{"pad":{pad}}}}}'
    large(store, f'{{"api_key":"{TOKEN}","batch":[{event},{event},{event}]}}'.encode())
    assert len(store.details(7, 0, None, worker)) == 2
    assert len(store.details(7, 2, None, worker)) == 1


def test_what_is_gone_has_no_details(worker: Worker) -> None:
    store = ArrivalStore()
    assert store.details(1, 0, None, worker) == ()
    spool = Spool()
    writer = BodyWriter(spool)
    writer.add(batch("a") + bytes(MOST_IN_MEMORY))
    body = writer.finish()
    found = large(store, batch("a"))
    store.clear()
    trial = Trial(
        judge=judge, submission=Submission(path="/e", body=None, now=NOW), source=body.source
    )
    store.add(replace(found, body=body), 0, trial)
    assert spool.folder is not None
    for file in spool.folder.glob("*.body"):
        file.unlink()
    assert store.details(7, 0, None, worker) == ()


def test_without_its_process_there_are_no_details() -> None:
    store = ArrivalStore()
    large(store, batch("a"))
    worker = Worker()
    worker.stop()
    assert store.details(7, 0, None, worker) == ()
