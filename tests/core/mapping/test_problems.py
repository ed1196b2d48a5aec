"""A mapping that cannot work is told in sentences, each with the next step."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from composer.core.draft import new_draft
from composer.core.events import by_id
from composer.core.mapping import (
    CellKind,
    ColumnRule,
    Constant,
    Converter,
    Mapping,
    MappingError,
    Target,
    problems_in,
)
from composer.core.templates import Variable
from tests.helpers.maker import StandingMaker
from tests.helpers.templates import event, template

T = Target
EVENT = ColumnRule(column="event", target=T.EVENT)
PERSON = ColumnRule(column="user", target=T.PERSON)
GOOD = Mapping(rules=(EVENT, PERSON))
COLUMNS = ("event", "user", "plan", "properties")


def rule(column: str, target: Target, name: str = "", time_format: str = "") -> Mapping:
    more = ColumnRule(column=column, target=target, name=name, time_format=time_format)
    return replace(GOOD, rules=(*GOOD.rules, more))


def constant(target: Target, name: str, text: str, kind: CellKind = CellKind.AUTO) -> Mapping:
    return replace(GOOD, constants=(Constant(target=target, name=name, text=text, kind=kind),))


def test_a_good_mapping_has_no_problem() -> None:
    assert problems_in(GOOD, COLUMNS, zone=ZoneInfo) == ()
    assert problems_in(rule("user id 2", T.IGNORE), COLUMNS) == ()
    assert problems_in(rule("properties.plan", T.PROPERTY, "plan"), COLUMNS) == ()
    assert problems_in(rule("plan", T.PERSON), COLUMNS) == ()


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        (Mapping(rules=(PERSON,)), "Nothing names the event. Choose a column"),
        (Mapping(rules=(EVENT,)), "Nothing names the person. Choose a column"),
        (rule("gone", T.PROPERTY, "x"), "There is no column “gone”. Remove it"),
        (rule("plan", T.EVENT), "“event” and “plan” both go to the event's name. Choose one"),
        (rule("plan", T.PROPERTY), "The column “plan” goes to the property. Name it."),
        (rule("event", T.PROPERTY, "x"), "The column “event” is listed twice. Remove one"),
        (rule("plan", T.VARIABLE, "x"), "“plan” goes to the variable x, but there is no template."),
        (rule("plan", T.TIME, "", "%q"), "The time format of “plan”: %q is not known."),
        (replace(GOOD, zone="Mars"), "“Mars” is no time zone that is known. Choose one such as"),
        (constant(T.PROPERTY, "a", "{{b}}"), "{{b}} for the property a is no variable. Map a"),
        (constant(T.PROPERTY, "a", "{{int 1}}"), "{{int 1}} for the property a: Write two whole"),
        (constant(T.SET, "", "x"), "The constant “x” goes to the person's property. Name it."),
        (constant(T.SET, "", ""), "A constant goes to the person's property. Name it."),
        (
            constant(T.PROPERTY, "a", "x", CellKind.NUMBER),
            "The constant for the property a: “x” is not a number.",
        ),
    ],
)
def test_each_problem_is_told_with_the_next_step(mapping: Mapping, words: str) -> None:
    (problem,) = problems_in(mapping, COLUMNS, zone=ZoneInfo)
    assert problem.startswith(words)
    assert problem.endswith(".")


def test_a_variable_needs_a_value_and_a_place() -> None:
    of = template(
        "Sale",
        event("sold", "{{customer}}", plan="{{plan}}"),
        variables=(Variable(name="plan", default="free"), Variable(name="customer", label="Who")),
    )
    empty = Mapping(rules=(ColumnRule(column="plan", target=T.VARIABLE, name="other"),))
    assert problems_in(empty, COLUMNS, of) == (
        "“plan” goes to the variable other, but the template “Sale” has none. Choose another use.",
        "The variable “Who” is empty. Map a column to it, or fill it in.",
    )
    given = Mapping(constants=(Constant(target=T.VARIABLE, name="customer", text="c-{{int 1 9}}"),))
    assert problems_in(given, COLUMNS, of) == ()


def test_a_variable_may_be_for_constants_alone() -> None:
    mapping = replace(
        rule("plan", T.VARIABLE, "row"),
        constants=(Constant(target=T.SET, name="n", text="{{row}}"),),
    )
    assert problems_in(mapping, COLUMNS) == ()


def test_a_whole_batch_is_no_template_for_rows() -> None:
    of = template("All", new_draft(by_id("batch"), token="", uuid="", timestamp=""))
    (problem,) = problems_in(GOOD, COLUMNS, of)
    assert problem == (
        "The template “All” is a whole batch, and a row makes one event. Choose a template of an "
        "event."
    )
    with pytest.raises(MappingError, match="whole batch"):
        Converter(GOOD, COLUMNS, of, zone=ZoneInfo, maker=StandingMaker())


@pytest.mark.parametrize(
    "mapping", [replace(GOOD, zone="Mars"), rule("plan", T.TIME, "", "%q")], ids=["zone", "format"]
)
def test_what_no_row_can_become_is_refused_at_once(mapping: Mapping) -> None:
    with pytest.raises(MappingError, match=r"Choose one|Use %Y"):
        Converter(mapping, COLUMNS, None, zone=ZoneInfo, maker=StandingMaker())
