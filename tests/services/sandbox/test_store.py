"""What arrived is held within bounds."""

from composer.services.sandbox.store import ArrivalStore
from composer.services.sandbox.stored import Arrival
from tests.services.sandbox.client import NOW


def arrival(number: int, body: bytes = b"") -> Arrival:
    return Arrival(
        number=number,
        received_at=NOW,
        method="POST",
        path="/e",
        headers=(),
        body=body,
        status=200,
        answer="",
        events=(),
    )


def numbers(store: ArrivalStore) -> list[int]:
    return [kept.number for kept in store.all()]


def test_the_oldest_make_room_when_there_are_too_many() -> None:
    store = ArrivalStore(most_arrivals=3)
    for number in range(1, 6):
        store.add(arrival(number), 0)
    assert numbers(store) == [3, 4, 5]


def test_the_oldest_make_room_when_there_are_too_many_bytes() -> None:
    store = ArrivalStore(most_bytes=100)
    for number in range(1, 5):
        store.add(arrival(number, b"x" * 40), 0)
    assert numbers(store) == [3, 4]
    store.add(arrival(5), 12)  # whose events take memory although its body is short
    assert numbers(store) == [5]


def test_the_newest_is_kept_however_large_it_is() -> None:
    store = ArrivalStore(most_bytes=100)
    store.add(arrival(1), 0)
    store.add(arrival(2, b"x" * 1000), 0)
    assert numbers(store) == [2]
    store.add(arrival(3), 0)
    assert numbers(store) == [3]


def test_a_cleared_store_has_room_again() -> None:
    store = ArrivalStore(most_bytes=100)
    store.add(arrival(1, b"x" * 90), 0)
    store.clear()
    store.add(arrival(2, b"x" * 60), 0)
    store.add(arrival(3, b"x" * 30), 0)
    assert numbers(store) == [2, 3]
