"""Events share requests in their order, and no request is larger than it may be."""

import json
from itertools import pairwise

import pytest
from hypothesis import given, settings, strategies as st

from composer.core.batch.bodies import Envelope
from composer.core.batch.options import LARGEST_EVENT, BatchOptions
from composer.core.batch.packing import Aside, Packer, Parcel, key_problem, requests_needed
from composer.core.destination import Destination, DestinationKind

KEY = "phx_9sDf7Gh2Jk4Lz6Xc8Vb1Nm3Qw5Er7Ty0UiOpAsDfGhJ"

options = st.builds(
    BatchOptions,
    request_bytes=st.integers(60, 400),
    most_events=st.integers(1, 7),
    one_each=st.booleans(),
    historical_migration=st.booleans(),
)
sizes = st.lists(st.integers(9, 500), max_size=30)


PLACE = Destination(
    id="x", name="X", kind=DestinationKind.SELF_HOSTED, address="https://x.example", token="phc_1"
)


def event(size: int) -> bytes:
    return b'{"a":"%s"}' % (b"x" * (size - 8))


def packed(option: BatchOptions, bodies: list[bytes]) -> tuple[list[list[bytes]], list[bytes]]:
    """The parcels, and what does not fit."""
    packer = Packer(option, Envelope(PLACE, option).size)
    done = list(packer.pack((7, body.decode()) for body in bodies))
    if (rest := packer.take()).bodies:
        done.append(rest)
    parcels = [one for one in done if isinstance(one, Parcel)]
    for parcel in parcels:
        joined = b",".join(parcel.bodies)
        assert len(joined) == parcel.size
        for offset, body in zip(parcel.offsets, parcel.bodies, strict=True):
            assert joined[offset : offset + len(body)] == body
    asides = [one for one in done if isinstance(one, Aside)]
    numbers = [number for parcel in parcels for number in parcel.numbers]
    assert sorted([*numbers, *(one.number for one in asides)]) == list(range(1, len(bodies) + 1))
    return [parcel.bodies for parcel in parcels], [one.text.encode() for one in asides]


@settings(max_examples=150)
@given(option=options, counts=sizes)
def test_all_events_are_packed_in_order_and_no_request_is_too_large(
    option: BatchOptions, counts: list[int]
) -> None:
    bodies = [event(count) for count in counts]
    parcels, aside = packed(option, bodies)
    assert [body for parcel in parcels for body in parcel] == [b for b in bodies if b not in aside]
    envelope = Envelope(PLACE, option)
    for parcel in parcels:
        requests = [[body] for body in parcel] if option.one_each else [parcel]
        for request in requests:
            body = envelope.body(b",".join(request))
            assert len(body) <= option.request_bytes
            assert len(request) <= option.most_events
            assert len(body) == envelope.size + len(b",".join(request))
            content = json.loads(body)
            assert content["api_key"] == "phc_1"
            carried = content.get("batch", [content])
            assert [len(one["a"]) + 8 for one in carried] == [len(one) for one in request]
    assert all(envelope.size + len(body) > option.request_bytes for body in aside)


@settings(max_examples=100)
@given(option=options, counts=st.lists(st.integers(9, 60), max_size=30))
def test_a_request_takes_the_next_event_if_it_has_room(
    option: BatchOptions, counts: list[int]
) -> None:
    if option.one_each:
        return
    parcels, _ = packed(option, [event(count) for count in counts])
    envelope = Envelope(PLACE, option)
    for parcel, following in pairwise(parcels):
        more = b",".join((*parcel, following[0]))
        is_full = len(parcel) == option.most_events
        assert is_full or envelope.size + len(more) > option.request_bytes


def test_events_that_are_sent_alone_share_a_block_all_the_same() -> None:
    option = BatchOptions(one_each=True, most_events=1)
    parcels, _ = packed(option, [event(100)] * 4500)
    assert [len(parcel) for parcel in parcels] == [2000, 2000, 500]


def test_an_event_over_the_services_limit_is_told_with_its_size() -> None:
    packer = Packer(BatchOptions(), 50)
    assert packer.problem(LARGEST_EVENT) == ""
    words = packer.problem(LARGEST_EVENT + 1)
    assert "1,000,001 bytes" in words
    assert "Shorten" in words


def test_an_event_over_the_chosen_request_size_is_told_what_to_change() -> None:
    packer = Packer(BatchOptions(request_bytes=2000), 50)
    assert packer.problem(1950) == ""
    assert "Allow larger requests" in packer.problem(1951)


@pytest.mark.parametrize(
    "body",
    [
        f'{{"event":"a","key":"{KEY}"}}',
        f'{{"event":"a","key":"\\u0070hx_{KEY[4:]}"}}',
        '{"event":"a","api_key":"phx_short"}',
    ],
)
def test_an_event_with_a_personal_key_is_refused(body: str) -> None:
    assert "personal key" in key_problem(body)


@pytest.mark.parametrize("body", ['{"a":"phx_airport_shuttle"}', '{"a":"\\u0007"}', "{}"])
def test_other_events_are_not_refused_for_a_key(body: str) -> None:
    assert key_problem(body) == ""


@settings(max_examples=60)
@given(option=options, count=st.integers(0, 40))
def test_the_number_of_requests_is_foretold_for_events_of_one_size(
    option: BatchOptions, count: int
) -> None:
    body = event(20)
    envelope = Envelope(PLACE, option).size
    parcels, aside = packed(option, [body] * count)
    if aside:
        return
    needed = requests_needed(count, count * len(body), option, envelope)
    if option.one_each:
        assert needed == count
    else:
        assert needed <= len(parcels) <= needed * 2


@settings(max_examples=150)
@given(option=options, blocks=st.lists(sizes, max_size=4), key=st.integers(0, 40))
def test_events_that_come_in_lists_are_packed_like_those_that_come_one_by_one(
    option: BatchOptions, blocks: list[list[int]], key: int
) -> None:
    texts = [[event(size).decode() for size in block] for block in blocks]
    if texts and key < len(texts[-1]):
        texts[-1][key] = f'{{"a":"{KEY}"}}'
    events = [[(row, text) for row, text in enumerate(block)] for block in texts]
    together, one_by_one = (Packer(option, Envelope(PLACE, option).size) for _ in range(2))
    for block in events:
        assert [*together.pack(block)] == [*one_by_one.pack(iter(block))]
    assert together.take() == one_by_one.take()
    assert together.last == one_by_one.last
