"""Requests of Postman and Bruno become templates, and what does not is named."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from composer.core.collections import bruno, postman
from composer.core.collections.imported import Imported
from composer.core.collections.templating import MOST_STEPS, templates_of
from composer.core.draft import STAMPS
from composer.core.jsontext import Number, Object, parse
from composer.core.templates import Template, VariableKind, problems_in, steps_of
from tests.helpers.maker import StandingMaker

NOW = datetime(2026, 11, 21, tzinfo=UTC)
KEY = "phx_" + "Q7" * 20
SALE = '{"api_key": "phc_1", "event": "sale", "distinct_id": "a", "properties": {"n": 1}}'


def collection(*items: dict[str, Any], **more: Any) -> Object:
    source = parse(json.dumps({"info": {"name": "Shop"}, "item": items, **more}))
    assert isinstance(source, Object)
    assert postman.is_collection(source)
    return source


def raw(
    body: str, *, name: str = "Sale", url: Any = "{{host}}/capture/", **more: Any
) -> dict[str, Any]:
    request = {"method": "POST", "url": url, "body": {"mode": "raw", "raw": body}, **more}
    return {"name": name, "request": request}


def taken(*items: dict[str, Any], **more: Any) -> Imported:
    return templates_of(postman.read_collection(collection(*items, **more)), NOW)


def only(found: Imported) -> Template:
    assert len(found.templates) == 1
    return found.templates[0]


def said(found: Imported) -> str:
    return "\n".join(f"{remark.name} | {remark.words}" for remark in found.remarks)


def test_a_request_lies_in_the_folders_of_its_collection() -> None:
    found = taken({"name": "Billing", "item": [raw(SALE, description="Why and when")]})
    sale = only(found)
    assert (sale.name, sale.folder) == ("Sale", "Shop/Billing")
    assert (sale.description, sale.tags) == ("Why and when", ("postman",))
    assert sale.draft.type_id == "custom"
    assert sale.draft.payload.get("event") == "sale"


def test_the_token_is_left_out_and_told() -> None:
    found = taken(raw(SALE), raw(SALE, name="Other"))
    for one in found.templates:
        assert "api_key" not in one.draft.payload
    assert said(found) == (
        "Sale, Other | Its project token was left out. The destination's own is put in when you "
        "send."
    )


def test_a_personal_key_is_masked_and_told() -> None:
    body = SALE.replace('"n": 1', f'"note": "uses {KEY}"')
    found = taken(raw(body, header=[{"key": "Authorization", "value": f"Bearer {KEY}"}]))
    assert KEY not in repr(found)
    assert "A personal key in it was masked" in said(found)
    assert "Authorization" in said(found)


def test_variables_become_prompts_with_their_values_as_defaults() -> None:
    body = """{"event": "sale", "distinct_id": "{{user id}}", "properties": {
        "plan": "to {{plan}}", "seats": {{seats}}, "is_new": {{isNew}}, "list": {{list}} } }"""
    variables = [
        {"key": "user id", "value": "customer-42", "description": "As in the shop"},
        {"key": "seats", "value": "14"},
        {"key": "isNew", "value": "true"},
        {"key": "off", "value": "x", "disabled": True},
    ]
    sale = only(taken(raw(body), variable=variables))
    found = {one.name: one for one in sale.variables}
    assert list(found) == ["user_id", "plan", "seats", "isNew", "list"]
    assert found["user_id"].label == "user id"
    assert (found["user_id"].default, found["user_id"].help) == ("customer-42", "As in the shop")
    kinds = [one.kind for one in sale.variables]
    text, number = VariableKind.TEXT, VariableKind.NUMBER
    assert kinds == [text, text, number, VariableKind.YES_NO, VariableKind.VALUE]
    assert problems_in(sale) == ()
    answers = {one.name: one.default for one in sale.variables} | {"plan": "pro", "list": "[1]"}
    filled = steps_of(sale, answers, StandingMaker())[0].payload
    assert filled.get("distinct_id") == "customer-42"
    properties = filled.get("properties")
    assert isinstance(properties, Object)
    assert properties.get("plan") == "to pro"
    assert properties.get("seats") == Number("14")
    assert properties.get("is_new") is True
    assert properties.get("list") == (Number("1"),)


def test_secret_variables_have_no_default() -> None:
    body = '{"event": "e", "distinct_id": "{{a_token}}", "properties": {"k": "{{k}}"}}'
    variables = [{"key": "a_token", "value": "s3cret"}, {"key": "k", "value": KEY}]
    found = taken(raw(body), variable=variables)
    assert [one.default for one in only(found).variables] == ["", ""]
    assert "s3cret" not in repr(found)


def test_values_that_postman_makes_are_made_here_or_asked_for() -> None:
    body = """{"event": "e", "distinct_id": "d", "uuid": "{{$guid}}",
        "timestamp": "{{$isoTimestamp}}", "properties": {"order": "{{$randomUUID}}",
        "at": {{$timestamp}}, "n": {{$randomInt}}, "who": "{{$randomFirstName}}"}}"""
    found = taken(raw(body))
    event = only(found)
    assert event.draft.generated == STAMPS
    assert event.draft.payload.get("uuid") == event.draft.payload.get("timestamp") == ""
    properties = event.draft.payload.get("properties")
    assert isinstance(properties, Object)
    assert properties.get("order") == "{{uuid7}}"
    assert properties.get("at") == "{{now}}"
    assert properties.get("n") == "{{int 0 1000}}"
    assert properties.get("who") == "{{random_first_name}}"
    assert [one.name for one in event.variables] == ["random_first_name"]
    assert "number of seconds" in said(found)
    assert "Here it is asked for" in said(found)


def test_an_event_gets_another_id_each_time_but_keeps_its_own_time() -> None:
    body = SALE.replace('"event"', '"uuid": "u-1", "timestamp": "2025-01-01T00:00:00Z", "event"')
    draft = only(taken(raw(body))).draft
    assert draft.generated == {"uuid"}
    assert draft.payload.get("timestamp") == "2025-01-01T00:00:00Z"


def batch(count: int, **more: Any) -> str:
    events = [
        {"event": f"e{n}", "distinct_id": "d", "timestamp": f"2025-01-01T00:00:{10 * n % 60:02}Z"}
        for n in range(count)
    ]
    return json.dumps({"api_key": "phc_1", "batch": events, **more})


def test_a_batch_becomes_a_sequence_that_keeps_the_pauses() -> None:
    steps = only(taken(raw(batch(3), url="{{host}}/batch/"))).steps
    assert [step.draft.payload.get("event") for step in steps] == ["e0", "e1", "e2"]
    assert [step.after for step in steps[1:]] == [10.0, 10.0]
    assert all(step.draft.generated == STAMPS for step in steps)


@pytest.mark.parametrize(
    "body", [batch(2, historical_migration=True), batch(MOST_STEPS + 1)], ids=["old", "many"]
)
def test_a_historical_or_long_batch_stays_one_batch(body: str) -> None:
    one = only(taken(raw(body, url="{{host}}/batch/")))
    assert not one.is_sequence
    assert one.draft.event_type.is_batch
    assert "api_key" not in one.draft.payload
    assert one.draft.events[0].get("timestamp") == "2025-01-01T00:00:00Z"


def test_a_form_and_an_address_are_unpacked() -> None:
    form = {"mode": "urlencoded", "urlencoded": [{"key": "data", "value": SALE}]}
    sale = {
        "name": "F",
        "request": {"method": "POST", "url": "https://eu.i.posthog.com/e/", "body": form},
    }
    get = {
        "name": "G",
        "request": 'https://eu.i.posthog.com/e/?data={"event":"g","distinct_id":"d"}',
    }
    names = [one.draft.payload.get("event") for one in taken(sale, get).templates]
    assert names == ["sale", "g"]


@pytest.mark.parametrize(
    "url",
    [
        "https://eu.i.posthog.com/i/v0/e/",
        {"raw": "{{host}}/e/?ip=1", "host": ["{{host}}"], "path": ["e", ""]},
        {"host": ["eu", "i", "posthog", "com"], "path": ["capture", ""]},
        "{{base}}/track",
        "https://proxy.larkspur.example/relay",
    ],
)
def test_posthogs_addresses_are_known_in_any_spelling(url: Any) -> None:
    assert only(taken(raw(SALE, url=url))).name == "Sale"


def test_what_is_not_posthogs_is_named() -> None:
    found = taken(
        raw('{"user": 1}', name="Login", url="https://larkspur.example/login"),
        raw(SALE, name="Segment", url="https://api.segment.io/v1/track"),
        raw("", name="Empty"),
        raw('{"token": "phc_1", "distinct_id": "d"}', name="Flags", url="{{host}}/flags/?v=2"),
        {"name": "File", "request": {"method": "POST", "url": "/e", "body": {"mode": "file"}}},
        {"name": "Queries", "request": {"url": "https://eu.posthog.com/api/projects/"}},
    )
    assert found.templates == ()
    words = said(found)
    for name in ("Login", "Segment", "Empty", "Flags", "File", "Queries"):
        assert name in words
    assert "feature flags" in words
    assert "of the kind file" in words


def test_scripts_are_told_once() -> None:
    script = {"listen": "prerequest", "script": {"exec": ["pm.variables.set('a', 1)"]}}
    items = [{**raw(SALE), "event": [script]}, {**raw(SALE, name="B"), "event": [script]}]
    assert said(taken(*items)).count("Scripts") == 2  # the name and the words, once each


BRU = """\
meta {
  name: Sale
  type: http
  seq: 1
}

post {
  url: {{host}}/i/v0/e/
  body: json
  auth: none
}

body:json {
  {
    "api_key": "{{key}}",
    "event": "sale",
    "distinct_id": "{{user}}",
    "properties": {"n": {{n}}}
  }
}

docs {
  Why and when.
}
"""
BRUNO = {
    "bruno.json": '{"version": "1", "name": "Shop", "type": "collection"}',
    "Billing/folder.bru": "meta {\n  name: Billing & more\n}\n",
    "Billing/sale.bru": BRU,
    "environments/Live.bru": "vars {\n  user: customer-42\n}\nvars:secret [\n  key\n]\n",
    "collection.bru": "vars:pre-request {\n  n: 3\n}\n",
}


def test_a_folder_of_brunos_becomes_templates() -> None:
    found = templates_of(bruno.read_folder(BRUNO), NOW)
    sale = only(found)
    assert (sale.name, sale.folder) == ("Sale", "Shop/Billing & more")
    assert (sale.description, sale.tags) == ("Why and when.", ("bruno",))
    assert [(one.name, one.default, one.kind) for one in sale.variables] == [
        ("user", "customer-42", VariableKind.TEXT),
        ("n", "3", VariableKind.NUMBER),
    ]
    assert "token was left out" in said(found)


def test_an_export_of_brunos_becomes_templates() -> None:
    request = {
        "url": "{{host}}/e/",
        "method": "POST",
        "body": {"mode": "json", "json": SALE.replace('"a"', '"{{user}}"')},
        "docs": "Why",
    }
    items = [{"type": "folder", "name": "B", "items": [{"name": "Sale", "request": request}]}]
    variables = [{"name": "user", "value": "u-1", "enabled": True}]
    environments = [{"name": "Live", "variables": variables}]
    source = parse(json.dumps({"name": "Shop", "items": items, "environments": environments}))
    assert isinstance(source, Object)
    assert bruno.is_export(source)
    sale = only(templates_of(bruno.read_export(source), NOW))
    assert (sale.name, sale.folder, sale.description) == ("Sale", "Shop/B", "Why")
    assert [(one.name, one.default) for one in sale.variables] == [("user", "u-1")]
