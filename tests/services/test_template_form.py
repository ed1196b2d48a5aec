"""A template file is for people to read and for git to merge, and holds no secret."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from composer.core.draft import STAMPS, Draft, first_draft, new_draft
from composer.core.events import ALL, detect
from composer.core.fields import EventType
from composer.core.jsontext import Layout, Number, Object, encode, parse
from composer.core.templates import Step, Template, Variable, VariableKind, begin
from composer.services.draft_form import FormError
from composer.services.template_form import (
    NewerFormError,
    read_template,
    slug,
    written_template,
)
from tests.helpers.clock import START
from tests.helpers.filled import draft_of, payload_of, template_of
from tests.helpers.maker import StandingMaker
from tests.helpers.values import objects, texts, values

TOKEN = "phc_aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5bC7dE9f"
PERSONAL = "phx_aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5bC7dE9f"
FIRST = first_draft(token="phc_secret", uuid="u-1", timestamp="2026-11-21T09:30:00Z")


def alone(draft: Draft) -> Template:
    return Template(id="mine", name="Mine", steps=(Step(draft=draft),), saved_at=START)


def again(template: Template) -> Template:
    return read_template(template.id, written_template(template), START)


def from_first(body: str, **members: object) -> Template:
    """A file of version 1."""
    content = {**members, "body": json.loads(body)}
    return read_template("id", json.dumps(content).encode(), START)


def test_one_event_stands_in_its_file_as_a_person_would_write_it() -> None:
    template = replace(
        alone(FIRST),
        description="Why and when",
        tags=("billing",),
        folder="Support",
        variables=(
            Variable(name="customer"),
            Variable(
                name="seats",
                label="Seats",
                help="How many",
                kind=VariableKind.NUMBER,
                default="5",
                choices=("5", "10"),
                required=False,
            ),
        ),
    )
    text = written_template(template).decode()
    assert text == (
        '{\n  "format": 2,\n  "name": "Mine",\n  "description": "Why and when",\n'
        '  "tags": [\n    "billing"\n  ],\n  "saved_at": "2026-11-21T09:30:00+00:00",\n'
        '  "variables": [\n    {\n      "name": "customer"\n    },\n'
        '    {\n      "name": "seats",\n      "label": "Seats",\n      "help": "How many",\n'
        '      "kind": "number",\n      "default": "5",\n'
        '      "choices": [\n        "5",\n        "10"\n      ],\n'
        '      "required": false\n    }\n  ],\n'
        '  "type": "custom",\n  "generated": [\n    "timestamp",\n    "uuid"\n  ],\n'
        '  "body": {\n    "event": "plan upgraded",\n    "distinct_id": "customer-42",\n'
        '    "properties": {\n'
        '      "$geoip_disable": true,\n      "plan": "pro",\n      "seats": 14\n    }\n  }\n}\n'
    )


def test_several_events_stand_under_each_other() -> None:
    template = template_of('{"event": "{{a}}"}', '{"event": "b"}')
    first, second = (replace(s, after=a) for s, a in zip(template.steps, (1, 2.5), strict=True))
    content = json.loads(written_template(replace(template, steps=(first, second))))
    assert list(content) == ["format", "name", "saved_at", "steps"]
    assert [list(step) for step in content["steps"]] == [["type", "after", "generated", "body"]] * 2
    assert [step["after"] for step in content["steps"]] == [1, 2.5]
    assert content["steps"][0]["body"] == {"event": "{{a}}"}


@pytest.mark.parametrize("event_type", ALL, ids=lambda event_type: event_type.id)
def test_an_opened_template_is_the_draft_once_token_and_stamps_are_in(
    event_type: EventType,
) -> None:
    draft = new_draft(event_type, token="phc_1", uuid="u-1", timestamp="t-1")
    opened = again(alone(draft)).draft
    assert opened.with_token("phc_1").stamped(uuid="u-1", timestamp="t-1") == draft


def test_a_uuid_and_a_time_that_a_person_chose_are_kept() -> None:
    draft = FIRST.with_value(("timestamp",), "2020-01-01T00:00:00Z").without(("uuid",))
    opened = again(alone(draft)).draft
    assert opened.generated == frozenset()
    assert opened.payload == draft.payload.without("api_key")


names = st.from_regex(r"\A[A-Za-z_][A-Za-z0-9_.-]{0,9}\Z")
variables = st.builds(
    Variable,
    name=names,
    label=texts,
    help=texts,
    kind=st.sampled_from(VariableKind),
    default=texts,
    choices=st.lists(texts, max_size=2).map(tuple),
    required=st.booleans(),
)


@given(
    st.lists(objects(values), min_size=1, max_size=3),
    st.frozensets(st.sampled_from(sorted(STAMPS))),
    st.lists(variables, max_size=2),
    st.tuples(texts, texts, st.lists(texts, max_size=2)),
    st.floats(min_value=0, max_value=1e9),
)
def test_every_template_comes_back_exactly(
    payloads: list[Object],
    generated: frozenset[str],
    asked: list[Variable],
    words: tuple[str, str, list[str]],
    after: float,
) -> None:
    stamps = Object(tuple((key, "old") for key in sorted(generated)))
    bodies = [
        Object((*body.without("api_key").without("token").without("$token"), *stamps))
        for body in payloads
    ]
    drafts = [Draft(type_id=detect(body).id, payload=body, generated=generated) for body in bodies]
    name, description, tags = words
    template = Template(
        id="id",
        name=name or "id",
        steps=tuple(Step(draft=draft, after=after if len(drafts) > 1 else 1) for draft in drafts),
        saved_at=START,
        description=description,
        tags=tuple(tags),
        variables=tuple(asked),
    )
    back = again(template)
    assert replace(back, steps=()) == replace(template, steps=())
    assert [step.after for step in back.steps] == [step.after for step in template.steps]
    for step, old in zip(back.steps, template.steps, strict=True):
        assert step.draft.generated == old.draft.generated
        stamped, body = step.draft.payload, old.draft.payload
        for key in old.draft.generated:
            assert stamped.get(key) == ""
            body, stamped = body.without(key), stamped.without(key)
        assert stamped == body
    assert written_template(back) == written_template(template)


def test_no_token_and_no_personal_key_is_in_the_file() -> None:
    batch = draft_of(
        f'{{"token": "{TOKEN}", "batch": [{{"api_key": "{TOKEN}", "event": "a"}},'
        f' {{"event": "b", "properties": {{"token": "{TOKEN}", "plan": "{TOKEN}"}}}}]}}'
    )
    single = draft_of(
        f'{{"$token": "{TOKEN}", "event": "a", "properties": {{"token": "{TOKEN}",'
        f' "$current_url": "https://a.example/?k={TOKEN}", "key": "{PERSONAL}"}}}}'
    )
    inside = draft_of(f'{{"event": "a", "properties": {{"token": "{TOKEN}", "plan": "pro"}}}}')
    asked = (Variable(name="a", default=TOKEN, help=PERSONAL),)
    steps = tuple(Step(draft=draft) for draft in (batch, single, inside))
    data = written_template(replace(alone(FIRST), steps=steps, variables=asked))
    assert TOKEN.encode() not in data
    assert PERSONAL.encode() not in data
    assert b"phc_secret" not in data
    assert [list(step["body"]) for step in json.loads(data)["steps"]] == [
        ["batch"],
        ["event", "properties"],
        ["event", "properties"],
    ]
    assert "pro" in json.loads(data)["steps"][2]["body"]["properties"].values()


def test_a_property_called_token_that_is_none_stays() -> None:
    draft = draft_of('{"api_key": "phc_secret", "event": "a", "properties": {"token": "gold"}}')
    assert again(alone(draft)).draft.payload == payload_of(
        '{"event": "a", "properties": {"token": "gold"}}'
    )


def test_a_short_word_as_token_masks_nothing_else() -> None:
    draft = draft_of('{"api_key": "pro", "event": "a", "properties": {"plan": "pro"}}')
    assert again(alone(draft)).draft.payload == draft.payload.without("api_key")


@given(objects(values))
def test_a_file_of_version_1_is_read_as_text_whatever_braces_it_has(payload: Object) -> None:
    content = Object((("name", "Old"), ("generated", ()), ("body", payload)))
    old = read_template("id", encode(content).encode(), START)
    draft, filling = begin(old, 0, StandingMaker())
    assert draft.payload == payload
    assert filling.variables == ()


def test_a_file_of_version_1_is_read_as_before() -> None:
    old = from_first(
        '{"event": "{{a}}"}',
        name="Old",
        type="custom",
        saved_at="2020-01-02T03:04:05+00:00",
        generated=["uuid"],
    )
    assert (old.name, old.saved_at.year) == ("Old", 2020)
    assert old.draft.payload == payload_of(r'{"event": "\\{{a}}", "uuid": ""}')
    assert old.draft.generated == {"uuid"}
    assert (old.variables, old.is_sequence, old.folder) == ((), False, "")


def test_a_file_written_by_hand_needs_a_body_only() -> None:
    by_hand = from_first('{"event": "$pageview", "distinct_id": "a"}')
    assert (by_hand.id, by_hand.name, by_hand.draft.type_id) == ("id", "id", "pageview")
    assert by_hand.draft.generated == STAMPS
    odd = from_first('{"event": "x"}', name=5, type="identify", saved_at="once")
    assert (odd.name, odd.draft.type_id, odd.saved_at) == ("id", "custom", START)


def test_a_file_written_by_hand_with_variables_or_steps_is_of_the_second_form() -> None:
    asked = from_first('{"event": "{{a}}"}', variables=[{"name": "a", "default": 5}])
    assert asked.draft.payload.get("event") == "{{a}}"
    assert asked.variables == (Variable(name="a", default="5"),)
    data = b'{"steps": [{"body": {"event": "{{a}}"}}, {"body": {}}]}'
    steps = read_template("id", data, START)
    assert [step.after for step in steps.steps] == [1, 1]
    assert steps.draft.payload.get("event") == "{{a}}"


def test_what_this_version_does_not_know_is_kept() -> None:
    data = (
        b'{"format": 2, "name": "A", "$schema": "x", "variables": [{"name": "a", "unit": 1.0}],'
        b' "steps": [{"body": {}, "colour": null}, {"body": {}, "after": 0.5}]}'
    )
    template = read_template("id", data, START)
    content = parse(written_template(replace(template, name="B")).decode())
    assert isinstance(content, Object)
    assert content.get("name") == "B"
    assert content.get("$schema") == "x"
    text = encode(content, Layout.COMPACT)
    assert '{"name":"a","unit":1.0}' in text
    assert '"colour":null}' in text
    one = read_template("id", b'{"body": {}, "later": [1.00]}', START)
    assert '"later":[1.00]' in encode(parse(written_template(one).decode()), Layout.COMPACT)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[]", "it has no body"),
        ("{}", "it has no body"),
        ('{"body": []}', "it has no body"),
        ('{"body": {}, "generated": 1}', "generated is not a list"),
        ('{"steps": []}', "it has no steps"),
        ('{"steps": [{}]}', "it has no body"),
        ('{"steps": 1}', "steps is not a list"),
        ('{"steps": [{"body": {}, "after": -1}]}', "a pause"),
        ('{"steps": [{"body": {}, "after": 1e999}]}', "a pause"),
        ('{"body": {}, "tags": "a"}', "tags is not a list"),
        ('{"body": {}, "variables": [1]}', "a variable is no object"),
        ('{"body": {}, "variables": [{}]}', "name is not text"),
        ('{"body": {}, "variables": [{"name": "a", "kind": "e-mail"}]}', "the variable a is none"),
        ('{"body": {}, "format": "two"}', "its format is no number"),
    ],
)
def test_what_is_wrong_with_a_file_is_told(text: str, words: str) -> None:
    with pytest.raises(FormError, match=words):
        read_template("id", text.encode(), START)


def test_a_file_of_a_newer_version_is_told_apart() -> None:
    with pytest.raises(NewerFormError, match="newer version"):
        read_template("id", b'{"format": 3, "body": {}}', START)


def test_a_number_as_a_pause_keeps_its_value() -> None:
    template = template_of("{}", "{}")
    steps = tuple(
        replace(step, after=after) for step, after in zip(template.steps, (3, 0), strict=True)
    )
    content = parse(written_template(replace(template, steps=steps)).decode())
    assert isinstance(content, Object)
    found = content.get("steps")
    assert isinstance(found, tuple)
    pauses = [step.get("after") for step in found if isinstance(step, Object)]
    assert pauses == [Number("3"), Number("0")]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Plan upgraded", "plan-upgraded"),
        ("  Größe / Übung  ", "grosse-ubung"),
        ("日本語 テスト", "日本語-テスト"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\x", "c-x"),
        ("con", "template-con"),
        ("LPT1.txt", "lpt1-txt"),
        ("nul", "template-nul"),
        ("\U0001f680", "template"),
        ("", "template"),
        ("a_b__c", "a-b-c"),
        ("x" * 300, "x" * 50),
    ],
)
def test_a_file_name_suits_every_system(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(texts)
def test_every_name_makes_a_file_name(name: str) -> None:
    short = slug(name)
    assert re.fullmatch(r"[\w-]+", short)
    assert short == short.casefold()
    assert len(f"{short}-1000.json".encode()) < 240
    assert slug(short) == short
