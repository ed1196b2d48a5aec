"""A draft is filled in, edited by hand and filled in otherwise, and nobody's work is lost."""

from dataclasses import replace

import pytest

from composer.core.draft import Draft
from composer.core.events import by_id
from composer.core.jsontext import Layout, Number, Object, Path, encode
from composer.core.templates import (
    Filling,
    Unfilled,
    Variable,
    VariableKind,
    adopt,
    as_template,
    begin,
    unfilled_in,
)
from tests.helpers.clock import START
from tests.helpers.filled import draft_of, payload_of, properties_of, template_of
from tests.helpers.maker import StandingMaker

SEATS = Variable(name="seats", kind=VariableKind.NUMBER, default="5")
COUPON = Variable(name="coupon", required=False)
UPGRADE = template_of(
    """{"event": "plan upgraded", "distinct_id": "{{customer}}", "properties": {
        "seats": "{{seats}}", "coupon": "{{coupon}}", "plan": "pro",
        "note": "{{customer}} has {{seats}} seats{{coupon}}",
        "$groups": {"company": "{{customer}}"}, "{{customer}}": "$name"}}""",
    variables=(SEATS, COUPON),
)


def started(**answers: str) -> tuple[Draft, Filling]:
    return begin(UPGRADE, 0, StandingMaker(), answers)


def text(draft: Draft) -> str:
    return encode(draft.payload, Layout.COMPACT)


def edited(draft: Draft, key: str, value: str) -> Draft:
    return draft.with_value(("properties", key), value)


def test_defaults_are_put_in_and_the_rest_stands_as_it_is_spelled() -> None:
    draft, filling = started()
    assert [variable.name for variable in filling.variables] == ["seats", "coupon", "customer"]
    assert filling.answers == {"seats": "5"}
    assert text(draft) == (
        '{"event":"plan upgraded","distinct_id":"{{customer}}","properties":{"seats":5,'
        '"plan":"pro","note":"{{customer}} has 5 seats","$groups":{"company":"{{customer}}"},'
        '"{{customer}}":"$name"}}'
    )


def test_an_answer_flows_to_every_place_but_keys() -> None:
    draft, filling = started()
    draft, filling = filling.answered(draft, "customer", 'customer-42 "{{seats}}" \\')
    assert draft.payload.get("distinct_id") == 'customer-42 "{{seats}}" \\'
    assert properties_of(draft)["$groups"] == payload_of(
        r'{"company": "customer-42 \"{{seats}}\" \\"}'
    )
    assert properties_of(draft)["{{customer}}"] == "$name"
    assert filling.unfilled(draft) == ()


def test_an_answer_taken_back_leaves_the_reference() -> None:
    draft, filling = started()
    first = draft
    draft, filling = filling.answered(draft, "customer", "a")
    draft, filling = filling.answered(draft, "customer", "")
    assert draft == first
    assert filling.answers == {"seats": "5"}


def test_an_optional_member_comes_back_to_its_place() -> None:
    draft, filling = started(customer="c")
    assert list(properties_of(draft)) == ["seats", "plan", "note", "$groups", "{{customer}}"]
    draft, filling = filling.answered(draft, "coupon", "SUMMER")
    assert list(properties_of(draft))[:3] == ["seats", "coupon", "plan"]
    assert properties_of(draft)["note"] == "c has 5 seatsSUMMER"
    draft, filling = filling.answered(draft, "coupon", "")
    assert "coupon" not in properties_of(draft)


def test_an_optional_item_leaves_no_hole_in_its_list() -> None:
    template = template_of(
        '{"a": ["{{x}}", 1, "{{x}}", "{{y}}", "{{x}}"]}',
        variables=(Variable(name="x", required=False),),
    )
    draft, filling = begin(template, 0, StandingMaker())
    assert text(draft) == '{"a":[1,"{{y}}"]}'
    assert filling.unfilled(draft) == (Unfilled(name="y", path=("a", 1)),)
    draft, filling = filling.answered(draft, "x", "X")
    draft, filling = filling.answered(draft, "y", "Y")
    assert text(draft) == '{"a":["X",1,"X","Y","X"]}'


def test_an_answer_of_the_wrong_kind_stands_as_its_reference() -> None:
    draft, filling = started(customer="c")
    draft, filling = filling.answered(draft, "seats", "five")
    assert properties_of(draft)["seats"] == "{{seats}}"
    assert [found.name for found in filling.unfilled(draft)] == ["seats", "seats"]
    assert filling.answers["seats"] == "five"


def test_what_was_changed_by_hand_stays() -> None:
    draft, filling = started(customer="old")
    draft = edited(draft, "note", "by hand")
    draft, filling = filling.answered(draft, "customer", "new")
    draft, filling = filling.answered(draft, "seats", "7")
    assert properties_of(draft)["note"] == "by hand"
    assert draft.payload.get("distinct_id") == "new"
    assert properties_of(draft)["seats"] == Number("7")


def test_a_half_filled_text_that_is_edited_can_still_be_filled() -> None:
    draft, filling = started()
    draft = edited(draft, "note", "Dear {{customer}},")
    draft, filling = filling.answered(draft, "customer", "Ann")
    assert properties_of(draft)["note"] == "Dear Ann,"


def test_what_was_removed_by_hand_stays_away() -> None:
    draft, filling = started(customer="old")
    draft = draft.without(("properties", "$groups"))
    draft, filling = filling.answered(draft, "customer", "new")
    assert "$groups" not in properties_of(draft)


def test_what_was_put_by_hand_where_an_optional_one_was_left_out_stays() -> None:
    draft, filling = started(customer="c")
    draft = edited(draft, "coupon", "mine")
    draft, filling = filling.answered(draft, "coupon", "theirs")
    assert properties_of(draft)["coupon"] == "mine"
    assert properties_of(draft)["note"] == "c has 5 seatstheirs"


def test_members_in_another_order_are_filled_in_where_they_are() -> None:
    draft, filling = started()
    turned = Object(tuple(reversed(draft.payload.members)))
    draft, filling = filling.answered(replace(draft, payload=turned), "customer", "c")
    assert list(dict(draft.payload.members)) == ["properties", "distinct_id", "event"]
    assert draft.payload.get("distinct_id") == "c"


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ('[{"n": 0}, {"d": "{{c}}"}, {"d": "b"}]', '[{"n":0},{"d":"C"},{"d":"b"}]'),
        ('[{"d": "{{c}}"}, {"d": "b"}, {"n": 0}]', '[{"d":"C"},{"d":"b"},{"n":0}]'),
        ('[{"d": "{{c}}"}, {"n": 0}, {"d": "b"}]', '[{"d":"C"},{"n":0},{"d":"b"}]'),
        ('[{"d": "b"}]', '[{"d":"b"}]'),
        ('[{"d": "{{c}}"}]', '[{"d":"C"}]'),
        ("[]", "[]"),
    ],
)
def test_events_that_come_to_or_go_from_a_batch_keep_the_others_filled(
    events: str, expected: str
) -> None:
    template = template_of('{"batch": [{"d": "{{c}}"}, {"d": "b"}]}')
    draft, filling = begin(template, 0, StandingMaker())
    changed = replace(draft, payload=payload_of(f'{{"batch": {events}}}'))
    changed, _ = filling.answered(changed, "c", "C")
    assert text(changed) == f'{{"batch":{expected}}}'


def test_the_token_and_the_stamps_are_not_in_the_way() -> None:
    template = template_of('{"event": "a", "uuid": "", "timestamp": "", "distinct_id": "{{c}}"}')
    draft, filling = begin(template, 0, StandingMaker())
    draft = replace(draft, generated=frozenset({"uuid", "timestamp"}))
    draft = draft.with_token("phc_1").stamped(uuid="u-1", timestamp="t-1")
    draft, filling = filling.answered(draft, "c", "customer-42")
    assert draft.token == "phc_1"
    assert draft.generated == {"uuid", "timestamp"}
    again, _ = filling.answered(draft.stamped(uuid="u-2", timestamp="t-2"), "c", "other")
    assert (again.payload.get("uuid"), again.payload.get("distinct_id")) == ("u-2", "other")


def test_what_follows_from_an_answer_is_written_too() -> None:
    template = template_of(
        '{"event": "$feature_flag_called", "distinct_id": "c", "properties": '
        '{"$feature_flag": "{{flag}}", "$feature_flag_response": "{{variant}}", '
        '"$feature/{{flag}}": "{{variant}}"}}'
    )
    flag_called = by_id("flag_called")
    step = replace(template.steps[0], draft=replace(template.draft, type_id=flag_called.id))
    template = replace(template, steps=(step,))
    draft, filling = begin(template, 0, StandingMaker())
    draft, filling = filling.answered(draft, "flag", "new-checkout")
    draft, filling = filling.answered(draft, "variant", "test")
    expected = {
        "$feature_flag": "new-checkout",
        "$feature_flag_response": "test",
        "$feature/new-checkout": "test",
    }
    assert properties_of(draft) == expected
    draft, filling = begin(
        template, 0, StandingMaker(), {"flag": "new-checkout", "variant": "test"}
    )
    assert properties_of(draft) == expected
    assert filling.as_template(draft) == template.draft


def test_generated_values_are_made_once_and_again_for_the_next_event() -> None:
    maker = StandingMaker()
    template = template_of(
        '{"a": "{{int 0 9}}", "b": "{{int 0 9}}", "c": "{{x}}-{{pick p q r}}", "d": "{{now -1h}}"}'
    )
    draft, filling = begin(template, 0, maker)
    assert text(draft) == '{"a":0,"b":1,"c":"{{x}}-r","d":"2026-11-21T08:30:00.000Z"}'
    draft, filling = filling.answered(draft, "x", "X")
    assert draft.payload.get("c") == "X-r"
    draft = draft.with_value(("b",), "mine")
    maker.clock.go_on(hours=1)
    draft, filling = filling.renewed(draft, maker)
    assert text(draft) == '{"a":3,"b":"mine","c":"X-q","d":"2026-11-21T09:30:00.000Z"}'


def test_an_id_is_of_the_time_of_its_own_event() -> None:
    template = template_of(
        '{"batch": [{"uuid": "{{uuid7}}", "timestamp": "{{now -2d}}"}, {"uuid": "{{uuid7}}"}]}'
    )
    draft, _ = begin(template, 0, StandingMaker())
    ids = [draft.value(("batch", place, "uuid")) for place in range(2)]
    maker = StandingMaker()
    two_days_ago = START.replace(day=19)
    assert ids == [maker.uuid7(two_days_ago), maker.uuid7(START)]


def test_now_in_an_answer_is_the_time_at_which_it_was_given() -> None:
    maker = StandingMaker()
    when = Variable(name="when", kind=VariableKind.DATE, default="now")
    draft, filling = begin(template_of('{"t": "{{when}}"}', variables=(when,)), 0, maker)
    assert text(draft) == '{"t":"2026-11-21T09:30:00.000Z"}'
    maker.clock.go_on(hours=1)
    later, _ = filling.answered(draft, "when", "-1m", now=maker.now())
    assert text(later) == '{"t":"2026-11-21T10:29:00.000Z"}'
    renewed, _ = filling.renewed(draft, maker)
    assert text(renewed) == '{"t":"2026-11-21T10:30:00.000Z"}'


def test_references_typed_by_hand_become_variables() -> None:
    draft = draft_of('{"event": "{{name}} at {{now}}", "p": [0, "{{name}}"], "q": "{{ x }}"}')
    filling = adopt(draft)
    assert [variable.name for variable in filling.variables] == ["name", "x"]
    paths: list[tuple[str, Path]] = [
        ("name", ("event",)),
        ("now", ("event",)),
        ("name", ("p", 1)),
        ("x", ("q",)),
    ]
    assert [(found.name, found.path) for found in filling.unfilled(draft)] == paths
    draft, filling = filling.answered(draft, "name", "N")
    assert text(draft) == '{"event":"N at {{now}}","p":[0,"N"],"q":"{{ x }}"}'
    draft, filling = filling.renewed(draft, StandingMaker())
    assert draft.payload.get("event") == "N at 2026-11-21T09:30:00.000Z"


def test_a_reference_typed_by_hand_stands_although_there_is_an_answer_until_it_is_put_in() -> None:
    draft, filling = started(customer="c")
    draft = edited(edited(draft, "plan", "{{customer}}"), "coupon", "{{coupon}}")
    names = [found.name for found in filling.unfilled(draft)]
    assert sorted(names) == ["coupon", "customer"]
    draft, filling = filling.renewed(draft, StandingMaker())
    assert properties_of(draft)["plan"] == "c"
    assert "coupon" not in properties_of(draft)
    assert filling.unfilled(draft) == ()


def test_what_is_left_as_it_stands_is_text_from_then_on() -> None:
    draft, filling = started()
    draft = edited(draft, "plan", "{{other}}")
    filling = filling.literal(draft)
    assert filling.unfilled(draft) == ()
    assert [variable.name for variable in filling.variables] == ["seats", "coupon"]
    draft, filling = filling.answered(draft, "seats", "9")
    assert properties_of(draft)["note"] == "{{customer}} has 9 seats"
    assert filling.unfilled(draft) == ()
    assert filling.as_template(draft).value(("properties", "plan")) == r"\{{other}}"


def test_text_that_is_escaped_in_the_template_stops_nothing() -> None:
    draft, filling = begin(template_of(r'{"a": "\\{{x}} {{y}}"}'), 0, StandingMaker())
    assert draft.payload.get("a") == "{{x}} {{y}}"
    assert [found.name for found in filling.unfilled(draft)] == ["y"]


def test_a_generated_value_that_cannot_be_made_stops_the_send() -> None:
    draft, filling = begin(template_of('{"a": "{{int x}}"}'), 0, StandingMaker())
    assert draft.payload.get("a") == "{{int x}}"
    assert filling.unfilled(draft) == (Unfilled(name="int x", path=("a",)),)
    assert filling.literal(draft).unfilled(draft) == ()


def test_saved_over_its_template_the_draft_has_its_references_again() -> None:
    draft, filling = started(customer="c", seats="7")
    draft = edited(draft, "plan", "free {{text}}")
    saved = filling.as_template(draft).payload
    expected = edited(UPGRADE.draft, "plan", "free {{text}}").payload
    assert saved == expected


def test_a_draft_becomes_a_template_with_its_references_or_as_text() -> None:
    draft = draft_of(r'{"a": "C:\\{{x}}", "b": ["{{y}}"], "c": "{{no ref}}"}')
    assert as_template(draft, literal=False).payload == payload_of(
        r'{"a": "C:\\\\{{x}}", "b": ["{{y}}"], "c": "{{no ref}}"}'
    )
    assert as_template(draft, literal=True).payload == payload_of(
        r'{"a": "C:\\\\\\{{x}}", "b": ["\\{{y}}"], "c": "{{no ref}}"}'
    )


def test_references_are_found_in_any_payload() -> None:
    payload = payload_of('{"a": {"b": ["x", "{{one}}"]}, "{{key}}": 1, "c": "{{two}}{{one}}"}')
    found = [(one.name, one.path) for one in unfilled_in(payload)]
    assert found == [("one", ("a", "b", 1)), ("two", ("c",)), ("one", ("c",))]
    assert len(unfilled_in(payload, r'"\u007b\u007bone}}"')) == len(found)
    assert unfilled_in(payload, "no braces in its text") == ()


@pytest.mark.parametrize(
    ("body", "is_needed"),
    [
        ('{"a": ["b", {"{{c}}": 1, "d": "}}"}]}', False),
        ('{"a": ["{{b}}"]}', True),
        ('{"a": {"b": "{{now}}"}}', True),
        (r'{"a": "\\{{b}}"}', True),
    ],
)
def test_a_draft_without_braces_in_its_values_needs_no_filling(body: str, is_needed: bool) -> None:
    assert begin(template_of(body), 0, StandingMaker())[1].is_needed is is_needed


@pytest.mark.parametrize(("opening", "closing"), [('{"a":', "}"), ("[", "]")])
def test_a_reference_as_deep_as_the_service_reads_is_filled_in(opening: str, closing: str) -> None:
    deep = 126  # levels; capture-server.md, section 2.3
    body = f'{{"x": {opening * deep}"{{{{c}}}}"{closing * deep}}}'
    draft, filling = begin(template_of(body), 0, StandingMaker())
    assert len(filling.unfilled(draft)[0].path) == deep + 1
    edited_ = draft.with_value(("y",), 'beside it, and "{{d}}"')
    filled, filling = filling.answered(edited_, "c", "customer")
    assert '"customer"' in text(filled)
    assert "{{c}}" in text(filling.as_template(filled))
