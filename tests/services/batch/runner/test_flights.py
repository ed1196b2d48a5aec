"""Requests on the ground, in the air and waiting: who goes next, and how many may wait."""

from __future__ import annotations

from composer.core.batch.claim import Claim
from composer.services.batch.runner.flights import MOST_WAITING, MOST_WAITING_BYTES, Flight, Flights


def claim(number: int, *, tries: int = 0, body: bytes = b"{}") -> Claim:
    return Claim(request_id=number, parcel=0, first=number, events=1, tries_before=tries, body=body)


def test_those_that_have_waited_long_enough_go_first() -> None:
    flights = Flights()
    early, late, fresh = (Flight.of(claim(number)) for number in range(3))
    flights.add((fresh,))
    flights.wait(late, 20.0)
    flights.wait(early, 10.0)
    assert flights.due_at == 10.0
    assert flights.next(15.0) is early
    assert flights.next(15.0) is fresh
    assert flights.next(15.0) is None
    assert flights.next(20.0) is late
    assert flights.is_empty


def test_halves_go_before_all_others() -> None:
    flights = Flights()
    first, second, other = (Flight.of(claim(number)) for number in range(3))
    flights.add((other,))
    flights.put_first((second, first))
    assert [flights.next(0.0) for _ in range(3)] == [first, second, other]


def test_only_so_many_may_wait() -> None:
    flights = Flights()
    for number in range(MOST_WAITING):
        assert flights.has_room
        flights.wait(Flight.of(claim(number)), 1.0)
    assert not flights.has_room
    flights.next(1.0)
    assert flights.has_room


def test_only_so_many_bytes_may_wait() -> None:
    flights = Flights()
    flights.wait(Flight.of(claim(1, body=bytes(MOST_WAITING_BYTES))), 1.0)
    assert not flights.has_room
    assert len(list(flights.on_the_ground())) == 1
    assert flights.has_room
    assert flights.is_empty


def test_what_was_never_sent_can_be_told_from_the_rest() -> None:
    flights = Flights()
    new, again = Flight.of(claim(1)), Flight.of(claim(2, tries=3))
    half = Flight.of(claim(3), is_half=True)
    flights.add((new, again, half))
    assert flights.has_new
    assert flights.new_ones() == [new]
    assert not flights.has_new
    assert all(flight.is_unsent for flight in (new, again, half))
    assert again.was_unanswered
    new.take_off()
    assert (new.number, new.spent, new.is_unsent, new.is_new) == (1, 1, False, False)
    again.take_off()
    assert (again.number, again.spent) == (4, 1)
