"""Rows fill in templates: kinds, defaults, several events a row, and what follows from answers."""

from dataclasses import replace

import pytest

from composer.core.jsontext import Object, get_at, parse
from composer.core.mapping import (
    COUNTER,
    ColumnRule,
    Constant,
    Converted,
    Mapping,
    NewEvent,
    Target,
    problems_in,
)
from composer.core.templates import Step, Template, Variable, VariableKind, begin
from tests.core.mapping.witness import EvenMaker, compiled
from tests.helpers.maker import StandingMaker
from tests.helpers.templates import event, template

T = Target
MAKER = EvenMaker(StandingMaker())
COLUMNS = ("who", "plan", "seats", "at")
RULES = (
    ColumnRule(column="who", target=T.VARIABLE, name="customer"),
    ColumnRule(column="plan", target=T.VARIABLE, name="plan"),
    ColumnRule(column="seats", target=T.VARIABLE, name="seats"),
)
UNTIMED = Mapping(rules=RULES)
TIMED = Mapping(rules=(*RULES, ColumnRule(column="at", target=T.TIME)))
UPGRADE = template(
    "Upgrade",
    event("plan upgraded", "{{customer}}", plan="{{plan}}", seats="{{seats}}"),
    variables=(
        Variable(name="plan", default="free"),
        Variable(name="seats", kind=VariableKind.NUMBER, required=False),
        Variable(name="customer", label="Customer"),
    ),
)


def convert(cells: list[str], of: Template, mapping: Mapping = UNTIMED) -> Converted:
    return compiled(mapping, COLUMNS, of, MAKER).convert([(1, cells)])


def body(made: NewEvent) -> Object:
    value = parse(made.body)
    assert isinstance(value, Object)
    return value


def test_variables_keep_their_kinds_and_have_their_defaults() -> None:
    (made,) = convert(["c-1", "pro", "5", ""], UPGRADE).events
    assert body(made).get("properties") == parse('{"plan":"pro","seats":5}')
    assert (made.name, made.person) == ("plan upgraded", "c-1")
    (made,) = convert(["c-1", "", "", ""], UPGRADE).events
    assert body(made).get("properties") == parse('{"plan":"free"}')


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (["", "pro", "5", ""], "Customer: It is empty. Map a column to it, or fill it in."),
        (["c-1", "pro", "five", ""], "seats: This is not a number. Write it as 12, -0.5 or 9.99."),
    ],
)
def test_an_answer_that_is_missing_or_wrong_is_told(cells: list[str], words: str) -> None:
    (problem,) = convert(cells, UPGRADE).problems
    assert problem.reason == words


def test_other_targets_are_put_on_top() -> None:
    mapping = Mapping(
        rules=(*RULES[:2], ColumnRule(column="seats", target=T.PROPERTY, name="plan")),
        constants=(Constant(target=T.VARIABLE, name="seats", text="{{int 1 6}}"),),
    )
    (made,) = convert(["c-1", "pro", "yes", ""], UPGRADE, mapping).events
    assert body(made).get("properties") == parse('{"plan":"yes","seats":6}')


def test_a_sequence_makes_an_event_a_step_in_its_time() -> None:
    steps = (
        Step(draft=event("visited", "{{customer}}")),
        Step(draft=event("bought", "{{customer}}"), after=60),
    )
    of = replace(UPGRADE, steps=steps)
    events = convert(["c-1", "", "", "2026-11-01T10:00:00Z"], of, TIMED).events
    assert [(made.number, made.name, made.moment) for made in events] == [
        (1, "visited", "2026-11-01T10:00:00.000Z"),
        (1, "bought", "2026-11-01T10:01:00.000Z"),
    ]
    ids = {str(body(made).get("uuid")) for made in events}
    assert len(ids) == 2
    untimed = convert(["c-1", "", "", ""], of, TIMED).events
    assert ["timestamp" in body(made) for made in untimed] == [False, False]


def test_the_steps_of_a_row_share_its_id_and_are_events_of_their_own() -> None:
    of = replace(UPGRADE, steps=(Step(draft=event("a", "b")), Step(draft=event("a", "b"), after=0)))
    mapping = Mapping(rules=(ColumnRule(column="who", target=T.ID),))
    own = "0190b0a6-6a2e-7c52-9f0b-3d6c1f2a4b5d"
    first, second = (
        body(made).get("uuid") for made in convert([own, "", "", ""], of, mapping).events
    )
    assert first == own
    assert second != own
    assert [first, second] == [
        body(made).get("uuid") for made in convert([own, "", "", ""], of, mapping).events
    ]


def test_no_event_of_a_row_that_does_not_fit_is_left_over() -> None:
    steps = (Step(draft=event("visited", "{{customer}}")), Step(draft=event("bought", "")))
    converted = convert(["c-1", "", "", ""], replace(UPGRADE, steps=steps))
    assert converted.events == []
    assert converted.problems[0].reason.startswith("There is no person.")


def test_stamps_of_the_template_are_made_anew_and_typed_ones_stay() -> None:
    draft = event("x", "{{customer}}")
    payload = draft.payload.with_member("timestamp", "2020-01-01T00:00:00Z").with_member(
        "uuid", "0190b0a6-6a2e-7c52-9f0b-3d6c1f2a4b5d"
    )
    typed = template("t", replace(draft, payload=payload))
    (made,) = convert(["c-1", "", "", ""], typed).events
    assert made.moment == "2020-01-01T00:00:00.000Z"
    assert body(made).get("timestamp") == "2020-01-01T00:00:00Z"
    assert body(made).get("uuid") != payload.get("uuid")  # or all rows would be one event
    stamped = replace(draft, payload=payload, generated=frozenset({"uuid", "timestamp"}))
    (made,) = convert(["c-1", "", "", ""], template("t", stamped)).events
    assert body(made).get("timestamp") == "2026-11-21T09:30:00.000Z"


def test_ids_within_the_event_are_of_the_rows_time() -> None:
    of = template("t", event("x", "{{customer}}", session="{{uuid7}}", on="{{now -1d}}"))
    (made,) = convert(["c-1", "", "", "2026-11-01T10:00:00Z"], of, TIMED).events
    assert body(made).get("properties") == parse(
        '{"session":"of 2026-11-01 10:00:00+00:00","on":"2026-11-20T09:30:00.000Z"}'
    )


def test_what_follows_from_an_answer_is_written_too() -> None:
    draft = event("$feature_flag_called", "{{customer}}")
    payload = draft.payload.with_member(
        "properties",
        Object(
            (
                ("$feature_flag", "{{plan}}"),
                ("$feature_flag_response", "{{seats}}"),
                ("$feature/{{plan}}", "{{seats}}"),
            )
        ),
    )
    of = template("Flag", replace(draft, type_id="flag_called", payload=payload))
    assert of.draft.event_type.follows
    (made,) = convert(["c-1", "beta", "on", ""], of).events
    answers = {"customer": "c-1", "plan": "beta", "seats": "on"}
    expected = begin(of, 0, MAKER, answers)[0].payload
    assert body(made).without("uuid") == expected
    assert get_at(expected, ("properties", "$feature/beta")) == "on"


NUMBERED = template(
    "Numbered",
    event("seated", "{{customer}}", row="{{row}}", seat="{{seat}}"),
    variables=(Variable(name="row", kind=VariableKind.NUMBER),),
)
COUNTED = Mapping(rules=(ColumnRule(column=COUNTER, target=T.VARIABLE, name=COUNTER),))


def counted(mapping: Mapping, of: Template | None) -> Converted:
    assert problems_in(mapping, (COUNTER,), of) == ()
    return compiled(mapping, (COUNTER,), of, MAKER).convert([(7, ["7"])])


def test_the_number_of_the_row_is_the_variable_row_of_the_template_and_in_all_its_answers() -> None:
    constants = (
        Constant(target=T.VARIABLE, name="customer", text="demo-user-{{row}}"),
        Constant(target=T.VARIABLE, name="seat", text="{{row}}"),
        Constant(target=T.PROPERTY, name="number", text="{{row}}"),
        Constant(target=T.PROPERTY, name="label", text="no. {{row}}"),
    )
    (made,) = counted(replace(COUNTED, constants=constants), NUMBERED).events
    assert made.person == "demo-user-7"
    expected = '{"row":7,"seat":"7","number":7,"label":"no. 7"}'
    assert body(made).get("properties") == parse(expected)


def test_the_variable_row_may_be_of_a_kind_that_no_number_is() -> None:
    row = Variable(name="row", label="Row", kind=VariableKind.DATE)
    customer = Constant(target=T.VARIABLE, name="customer", text="c-1")
    seat = Constant(target=T.VARIABLE, name="seat", text="1")
    mapping = replace(COUNTED, constants=(customer, seat))
    (problem,) = counted(mapping, replace(NUMBERED, variables=(row,))).problems
    assert problem.reason.startswith("Row: ")


def test_an_answer_of_text_stays_text_in_a_constant() -> None:
    plan = Constant(target=T.PROPERTY, name="copy", text="{{plan}}")
    mapping = Mapping(rules=RULES, constants=(plan,))
    (made,) = convert(["c-1", "42", "5", ""], UPGRADE, mapping).events
    assert body(made).get("properties") == parse('{"plan":"42","seats":5,"copy":"42"}')


def test_without_a_template_constants_are_made_of_what_stands_in_columns() -> None:
    constants = (
        Constant(target=T.VARIABLE, name="who", text="user-{{row}}"),
        Constant(target=T.PERSON, text="{{row}}"),
        Constant(target=T.EVENT, text="seated {{row}}"),
        Constant(target=T.PROPERTY, name="number", text="{{row}}"),
        Constant(target=T.PROPERTY, name="who", text="{{who}}"),
    )
    (made,) = counted(replace(COUNTED, constants=constants), None).events
    assert (made.name, made.person) == ("seated 7", "7")
    assert body(made).get("properties") == parse('{"number":7,"who":"user-7"}')


def test_an_answer_made_of_another_answer_is_told_before_any_row() -> None:
    constants = (
        Constant(target=T.VARIABLE, name="seat", text="{{customer}}"),
        Constant(target=T.VARIABLE, name="customer", text="c-1"),
    )
    (problem,) = problems_in(replace(COUNTED, constants=constants), (COUNTER,), NUMBERED)
    assert problem == "{{customer}} for the variable seat is an answer itself. Map a column to it."
