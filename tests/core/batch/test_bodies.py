"""The bytes of a run's requests: the events as they are, and the token once."""

import gzip
import json
from dataclasses import replace

import pytest

from composer.core.batch.bodies import Envelope, gzipped, request_for
from composer.core.batch.options import BatchOptions
from composer.core.destination import Destination, DestinationKind

EVENTS = b'{"event":"a","n":1.00},{"event":"b"}'
PLACE = Destination(
    id="x",
    name="X",
    kind=DestinationKind.SELF_HOSTED,
    address="https://x.example",
    token='phc_"\u00e9',
    path="/capture/",
    headers=(("X-Team", "7"),),
)


def test_a_batch_is_compact_and_keeps_the_events_as_they_are() -> None:
    body = Envelope(PLACE, BatchOptions()).body(EVENTS)
    assert body == b'{"api_key":"phc_\\"\xc3\xa9","batch":[' + EVENTS + b"]}"


def test_an_import_says_so_between_the_token_and_the_events() -> None:
    body = Envelope(PLACE, BatchOptions(historical_migration=True)).body(EVENTS)
    assert list(json.loads(body)) == ["api_key", "historical_migration", "batch"]
    assert json.loads(body)["historical_migration"] is True


@pytest.mark.parametrize("historical", [False, True])
def test_an_event_alone_carries_the_token_as_its_first_member(historical: bool) -> None:
    options = BatchOptions(one_each=True, historical_migration=historical)
    body = Envelope(PLACE, options).body(memoryview(b'{"event":"a","n":1.00}'))
    assert body == b'{"api_key":"phc_\\"\xc3\xa9","event":"a","n":1.00}'


def test_a_batch_goes_to_its_own_path_and_an_event_alone_to_the_destinations() -> None:
    batch = request_for(b"{}", PLACE, BatchOptions())
    alone = request_for(b"{}", PLACE, BatchOptions(one_each=True))
    assert (batch.path, alone.path) == ("/batch/", "/capture/")
    assert ("X-Team", "7") in batch.headers


def test_a_compressed_request_holds_the_same_body_and_says_how_long_it_is() -> None:
    place = replace(PLACE, headers=(("content-encoding", "br"),))
    request = request_for(Envelope(place, BatchOptions()).body(EVENTS), place, BatchOptions())
    packed = gzipped(request)
    assert gzip.decompress(packed.body) == request.body
    assert gzipped(request) == packed
    headers = {name.lower(): value for name, value in packed.headers}
    assert len(headers) == len(packed.headers)
    assert headers["content-encoding"] == "gzip"
    assert headers["content-length"] == str(len(packed.body))
