"""Array, batch, single event or engage: which shape a body is taken for."""

import pytest

from tests.services.sandbox.client import OK, TOKEN, known, said, submit

NO_SHAPE = (
    400,
    "failed to parse request: data did not match any variant of untagged enum RawRequest",
)
NAMELESS = (
    400,
    "failed to hydrate events from request: non-engage request missing event name attribute",
)
EVENT = '{"event":"e","distinct_id":"d"}'
KEY = f'"api_key":"{TOKEN}"'
UUID = "550e8400-e29b-41d4-a716-446655440000"


@pytest.mark.parametrize(
    "body",
    [
        f'{{{KEY},"batch":[{EVENT}]}}',
        f'{{{KEY},"batch":[{EVENT}],"historical_migration":true,"sent_at":null,"more":1}}',
        f'{{{KEY},"batch":[{EVENT}],"event":5}}',
        f'[{{{KEY},"event":"e","$distinct_id":"d"}}]',
        known('"batch":{}'),
        known('"$set":null,"$set_once":{},"offset":null,"timestamp":null,"uuid":null'),
        known('"other":1,"other":2'),
        known('"properties":{"a":1,"a":2}'),
    ],
)
def test_what_fits_is_accepted(body: str) -> None:
    assert said(submit(body)) == (200, OK)


@pytest.mark.parametrize(
    "body",
    [
        "5",
        '"hello there"',
        '"hello" and more',  # the shape is judged before what follows it
        "[5]",
        "[[]]",
        f"[{EVENT},{{}}]",
        known('"properties":[]'),
        known('"properties":"x"'),
        known('"timestamp":{}'),
        known('"offset":10.0'),
        known('"$set":[]'),
        known('"$set_once":1'),
        known('"uuid":7'),
        known('"token":"x"'),
        known('"distinct_id":"x"'),
        known('"$distinct_id":null'),
        f'{{"event":"e","event":"f",{KEY},{KEY}}}',
    ],
)
def test_a_field_of_the_wrong_type_fits_no_shape(body: str) -> None:
    assert said(submit(body)) == NO_SHAPE


@pytest.mark.parametrize(
    "body",
    [
        "{}",
        '{"anything":[1,2]}',
        f'{{{KEY},"event":null}}',
        f'{{{KEY},"event":"e","event":"e"}}',
        f'{{{KEY},"batch":[{EVENT}],"historical_migration":1}}',
        f'{{{KEY},"batch":[{EVENT}],"sent_at":5}}',
        f'{{{KEY},"batch":[{EVENT},5]}}',
        f'{{{KEY},"batch":[{EVENT}],"batch":[]}}',
        f'{{"api_key":null,"batch":[{EVENT}]}}',
    ],
)
def test_nearly_any_other_object_is_taken_for_a_nameless_event(body: str) -> None:
    assert said(submit(body)) == NAMELESS


def test_what_follows_a_body_is_told_once_its_shape_fits() -> None:
    words = "failed to parse request: trailing characters at line 1 column 4"
    assert said(submit("{} x")) == (400, words)


@pytest.mark.parametrize(
    "text",
    [UUID, UUID.upper(), UUID.replace("-", ""), f"{{{UUID}}}", f"urn:uuid:{UUID}"],
)
def test_a_uuid_may_be_spelled_in_five_ways(text: str) -> None:
    (stored,) = submit(known(f'"uuid":"{text}"')).events
    assert stored.uuid == UUID


@pytest.mark.parametrize(
    "text",
    [
        f" {UUID}",
        f"{UUID}\\n",
        UUID[:-1],
        UUID.replace("-", "", 1),
        f"{{{UUID.replace('-', '')}}}",
        f"urn:uuid:{UUID.replace('-', '')}",
        UUID.replace("0", "\u0660"),
    ],
)
def test_no_other_spelling_is_a_uuid(text: str) -> None:
    assert said(submit(known(f'"uuid":"{text}"'))) == NO_SHAPE


def test_engage_names_a_nameless_event() -> None:
    body = f'{{{KEY},"distinct_id":"d","$set":{{"plan":"pro"}}}}'
    (stored,) = submit(body, "/engage").events
    assert (stored.name, stored.distinct_id) == ("$identify", "d")
    assert said(submit(body, "/e")) == NAMELESS


def test_engage_keeps_a_name_but_not_an_empty_one() -> None:
    (stored,) = submit(known(), "/engage").events
    assert stored.name == "door opened"
    empty = f'{{{KEY},"event":"","distinct_id":"d"}}'
    assert said(submit(empty, "/engage")) == (400, "event submitted with an empty event name")
