"""The capture service takes every event that rows become, however hostile the rows are."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest
from hypothesis import given, settings, strategies as st

from composer.core.jsontext import Object, Value, parse
from composer.core.mapping import (
    CellKind,
    ColumnRule,
    Constant,
    Converter,
    Mapping,
    NewEvent,
    Target,
)
from composer.core.tabular import Row
from composer.core.templates import Template, Variable, VariableKind
from composer.core.times import wire_text
from composer.core.verdicts.request import Memory, request_of
from composer.services.batch.samples import ClockMaker
from composer.services.batch.zones import zone
from composer.services.clock import SystemClock
from composer.services.sandbox.server import Sandbox
from composer.services.verdicts.reading import Address, circumstances
from composer.services.verdicts.refusing import answer_to
from tests.helpers.templates import event, template
from tests.helpers.values import values

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
T = Target
COLUMNS = ("event", "who", "at", "id", "json", "text")
RULES = (
    ColumnRule(column="event", target=T.EVENT),
    ColumnRule(column="who", target=T.PERSON),
    ColumnRule(column="at", target=T.TIME),
    ColumnRule(column="id", target=T.ID),
)
PLAIN = Mapping(
    rules=(
        *RULES,
        ColumnRule(column="json", target=T.PROPERTY, name="json", kind=CellKind.VALUE),
        ColumnRule(column="text", target=T.PROPERTY, name="$cookieless_mode"),
    )
)
WHOLE = Mapping(
    rules=(
        *RULES,
        ColumnRule(column="json", target=T.PROPERTIES),
        ColumnRule(column="text", target=T.SET, name="text"),
    )
)
FILLING = Mapping(
    rules=tuple(ColumnRule(column=column, target=T.VARIABLE, name=column) for column in COLUMNS)
)
ODD = {"api_key": "phc_own", "$set": "{{json}}", "offset": "{{text}}", "uuid": "{{id}}"}
HOSTILE = (
    *("", " ", "\x00", "\u2028", "\ud83d", "{{now}}", "null", "x" * 199, "x" * 201, "\u3000"),
    *(
        "[1e999]",
        '{"a":1e999}',
        "[" * 130 + "]" * 130,
        '{"$cookieless_mode":null}',
        '{"a":"\\ud83d"}',
    ),
    *("0190b0a6-6a2e-7c52-9f0b-3d6c1f2a4b5d", "{0190B0A66A2E7C529F0B3D6C1F2A4B5D}", "undefined"),
    *("9999-12-31T23:59:59.999999Z", "0001-01-01", "-62135596800", "1e12", "1" * 400, "true", "1"),
)
cells = st.sampled_from(HOSTILE) | st.text(max_size=6)


def odd_template() -> Template:
    """An event whose members are all of what a row says."""
    draft = event("{{event}}", "{{who}}", at="{{at}}")
    payload = draft.payload
    for key, value in ODD.items():
        payload = payload.with_member(key, value)
    variables = (
        Variable(name="json", kind=VariableKind.VALUE, required=False),
        Variable(name="text", kind=VariableKind.NUMBER, required=False),
        Variable(name="id", required=False),
        Variable(name="at", required=False),
    )
    return template("Odd", replace(draft, payload=payload), variables=variables)


def events_of(mapping: Mapping, rows: list[Row], of: Template | None = None) -> list[NewEvent]:
    maker = ClockMaker(SystemClock())
    return Converter(mapping, COLUMNS, of, zone=zone, maker=maker).convert(rows).events


def body_of(events: list[NewEvent]) -> bytes:
    bodies = ",".join(made.body for made in events)
    return f'{{"api_key":"phc_test","batch":[{bodies}]}}'.encode()


def refusal(events: list[NewEvent]) -> str:
    """What the service says to a batch of them; empty if it takes them."""
    if not events:
        return ""
    body = body_of(events).decode()
    request = request_of(parse(body), text=body, size=len(body))
    there = circumstances(request, Address(path="/batch/"), now=NOW, memory=Memory(), randomness=0)
    return answer_to(request, there)


@settings(max_examples=100)
@given(st.lists(st.tuples(*[cells] * 6).map(list), max_size=4), st.sampled_from([PLAIN, WHOLE]))
def test_no_batch_of_rows_of_text_is_refused(rows: list[list[str]], mapping: Mapping) -> None:
    assert refusal(events_of(mapping, list(enumerate(rows, 1)))) == ""


@settings(max_examples=100)
@given(st.lists(st.tuples(*[cells | values] * 6), max_size=4), st.sampled_from([PLAIN, WHOLE]))
def test_no_batch_of_json_is_refused(found: list[tuple[Value, ...]], mapping: Mapping) -> None:
    rows: list[Row] = [
        (number, Object(tuple(zip(COLUMNS, row, strict=True))))
        for number, row in enumerate(found, 1)
    ]
    assert refusal(events_of(mapping, rows)) == ""


@settings(max_examples=100)
@given(st.lists(st.tuples(*[cells] * 6).map(list), max_size=4))
def test_no_batch_of_a_filled_template_is_refused(rows: list[list[str]]) -> None:
    assert refusal(events_of(FILLING, list(enumerate(rows, 1)), odd_template())) == ""


def test_an_odd_template_makes_events_of_rows_that_fit() -> None:
    rows: list[Row] = [
        (1, ["a", "b", "", "", '{"a":1}', "5"]),
        (2, ["a", "b", "", "x", "", ""]),
        (3, ["a", "b", "", "x", "[]", ""]),
        (4, ["a", "b", "", "x", "", "5.5"]),
    ]
    events = events_of(FILLING, rows, odd_template())
    assert [made.number for made in events] == [1, 2]
    assert '"$set":{"a":1},"offset":5' in events[0].body
    assert "phc_own" not in events[0].body


def test_what_fits_is_not_turned_away_with_what_does_not() -> None:
    rows: list[Row] = [
        (number, ["paid", "customer-1", "", "", cell, ""]) for number, cell in enumerate(HOSTILE, 1)
    ]
    taken = events_of(PLAIN, rows)
    assert 9 < len(taken) < len(HOSTILE)
    kept = events_of(PLAIN, [(1, ["paid", "undefined", "", "", "", ""])])
    assert [made.person for made in kept] == ["undefined"]  # an ID of nobody is for verdicts


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    running = Sandbox(clock=lambda: NOW)
    running.start()
    assert running.await_ready()
    yield running
    running.stop()


def test_the_service_stores_what_was_converted(sandbox: Sandbox) -> None:
    mapping = Mapping(
        rules=(*PLAIN.rules[:5], ColumnRule(column="text", target=T.SET, name="plan")),
        constants=(Constant(target=T.PROPERTY, name="$geoip_disable", text="true"),),
    )
    rows: list[Row] = [
        (1, ["paid", "customer-1", "2026-11-20 10:00:00", "order-1", '{"a":[1.00]}', "pro"]),
        (2, ["naïve", "x" * 200, "1795253400", "0190b0a6-6a2e-7c52-9f0b-3d6c1f2a4b5d", "1", ""]),
    ]
    events = events_of(mapping, rows)
    assert len(events) == 2
    answer = httpx.post(f"{sandbox.url}/batch/", content=body_of(events))
    assert answer.status_code == 200
    (arrival,) = sandbox.arrivals()
    stored = [(one.name, one.distinct_id, one.uuid) for one in arrival.events]
    assert stored == [(made.name, made.person, uuid_in(made)) for made in events]
    assert [wire_text(one.timestamp) for one in arrival.events] == [m.moment for m in events]


def uuid_in(made: NewEvent) -> Value:
    body = parse(made.body)
    assert isinstance(body, Object)
    return body.get("uuid")
