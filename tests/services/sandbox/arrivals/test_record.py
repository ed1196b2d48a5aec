"""The event as stored: its values as serde would write them."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, strategies as st

from composer.core import jsontext
from composer.core.jsontext import Layout, Object, Value
from composer.services.sandbox.arrivals.record import Handed, Lane, as_record

NOON = datetime(2026, 3, 19, 12, tzinfo=UTC)


def record_of(properties: Object, **more: Any) -> Object:
    return as_record(
        Handed(
            uuid="u",
            name="e",
            distinct_id="d",
            timestamp=NOON,
            token="t",
            ip="1.1.1.1",
            lane=Lane.ANALYTICS,
            properties=properties,
            **more,
        )
    )


def stored(text: str) -> str:
    """What becomes of properties, as text."""
    value = jsontext.parse(text)
    assert isinstance(value, Object)
    kept = record_of(value).get("properties")
    assert isinstance(kept, Object)
    return jsontext.encode(kept.without("$ip"), Layout.COMPACT)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (
            '{"a":1.0,"b":-5,"c":"1e3","d":true,"e":null}',
            '{"a":1.0,"b":-5,"c":"1e3","d":true,"e":null}',
        ),
        ('{"a":1e3}', '{"a":1000.0}'),
        ('{"a":1.50}', '{"a":1.5}'),
        ('{"a":-0}', '{"a":-0.0}'),
        ('{"a":18446744073709551615}', '{"a":18446744073709551615}'),
        ('{"a":12345678901234567890123}', '{"a":1.2345678901234568e22}'),
        ('{"a":[1,2.50,[1e2]]}', '{"a":[1,2.5,[100.0]]}'),
        ('{"a":{"b":{"c":1.00}}}', '{"a":{"b":{"c":1.0}}}'),
        ('{"a":1,"b":2,"a":3}', '{"a":3,"b":2}'),
        ('{"a":{"b":1,"b":2}}', '{"a":{"b":2}}'),
        ('{"a":[{"b":1,"b":2.0}]}', '{"a":[{"b":2.0}]}'),
    ],
)
def test_values_are_spelled_as_serde_writes_them(sent: str, kept: str) -> None:
    assert stored(sent) == kept


def test_what_needs_no_change_is_the_same_object() -> None:
    inner = jsontext.parse('{"a":{"b":[1,2]},"c":"x","$ip":"2.2.2.2"}')
    assert isinstance(inner, Object)
    assert record_of(inner).get("properties") is inner


def test_person_properties_are_written_alike() -> None:
    twice = jsontext.parse('{"a":1,"a":1e1}')
    assert isinstance(twice, Object)
    record = record_of(Object(), set=twice, set_once=Object())
    assert record.get("$set") == jsontext.parse('{"a":10.0}')
    assert record.get("$set_once") == Object()


LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
)
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=15
)


@given(st.dictionaries(st.text(), JSON))
def test_no_value_changes_its_meaning(properties: dict[str, Any]) -> None:
    sent: Value = jsontext.parse(json.dumps(properties))
    assert isinstance(sent, Object)
    record = json.loads(jsontext.encode(record_of(sent), Layout.COMPACT))
    assert record["properties"] == {"$ip": "1.1.1.1"} | properties
