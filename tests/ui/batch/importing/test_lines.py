"""The lines of a mapping: what they show, how they are changed."""

from composer.core.jsontext import from_python
from composer.core.mapping import ColumnRule, Constant, Mapping, Target
from composer.core.tabular import Dialect, Guess, RowFormat
from composer.ui.batch.importing.lines import (
    Line,
    Rule,
    aimed,
    changed,
    examples,
    lines_beyond,
    name_for,
    shown,
    with_constant,
    without,
)
from tests.helpers.templates import SEQUENCE

PLAN = ColumnRule(column="plan", target=Target.PROPERTY, name="plan")
MAPPING = Mapping(rules=(PLAN,), constants=(Constant(target=Target.EVENT, text="bought"),))


def as_person(line: Line, rule: Rule) -> Rule:
    del line
    return aimed(rule, Target.PERSON, name="")


def as_nothing(line: Line, rule: Rule) -> Rule:
    del line
    return aimed(rule, Target.IGNORE, name="")


def as_it_was(line: Line, rule: Rule) -> None:
    del line, rule


def test_what_the_source_lacks_comes_before_the_constants() -> None:
    assert lines_beyond({"plan"}, MAPPING) == (Line(constant=0),)
    assert lines_beyond({"who"}, MAPPING) == (Line("plan"), Line(constant=0))


def test_a_column_without_a_rule_is_left_out() -> None:
    assert not shown(Line("who"), MAPPING, {}).is_used
    assert shown(Line(constant=0), MAPPING, {}).rule == MAPPING.constants[0]


def test_a_key_goes_along_with_its_object_unless_it_has_a_rule() -> None:
    whole = ColumnRule(column="properties", target=Target.PROPERTIES)
    mapping = Mapping(rules=(whole,))
    line = Line("properties.plan")
    found = shown(line, mapping, {"properties": whole})
    assert (found.is_within, found.is_used, found.whole) == (True, True, "properties")
    out = changed(mapping, [line], as_nothing)
    assert out.rules == (whole, ColumnRule(column="properties.plan", target=Target.IGNORE))
    assert without(mapping, [line]) == out
    assert changed(out, [line], as_it_was) == mapping


def test_a_column_without_a_rule_gets_one() -> None:
    after = changed(MAPPING, [Line("who")], as_person)
    assert after.rules == (PLAN, ColumnRule(column="who", target=Target.PERSON))


def test_a_column_that_is_left_out_has_no_rule_any_more() -> None:
    assert changed(MAPPING, [Line("plan")], as_nothing).rules == ()


def test_columns_and_constants_are_taken_out() -> None:
    assert without(MAPPING, [Line(constant=0)]) == Mapping(rules=(PLAN,))
    assert without(MAPPING, [Line("plan")]).rules == ()


def test_a_name_stays_where_it_fits_the_new_target() -> None:
    assert aimed(PLAN, Target.SET, name="other").name == "plan"
    assert aimed(PLAN, Target.VARIABLE, name="customer").name == "customer"
    assert aimed(PLAN, Target.TIME, name="other").name == ""


def test_a_property_is_called_as_its_column_or_the_last_key_of_it() -> None:
    assert name_for(Line("plan"), Target.PROPERTY, None) == "plan"
    assert name_for(Line("properties.seats"), Target.SET, None) == "seats"
    assert name_for(Line(constant=0), Target.PROPERTY, None) == ""


def test_a_variable_is_the_one_of_the_columns_name_or_the_first() -> None:
    assert name_for(Line("plan"), Target.VARIABLE, SEQUENCE) == "plan"
    assert name_for(Line("other"), Target.VARIABLE, SEQUENCE) == "visitor"


def test_a_new_constant_is_for_what_is_missing() -> None:
    one = with_constant(Mapping())
    two = with_constant(one)
    three = with_constant(two)
    targets = [constant.target for constant in three.constants]
    assert targets == [Target.EVENT, Target.PERSON, Target.PROPERTY]


def test_examples_are_the_first_different_values() -> None:
    rows = tuple((n, [text]) for n, text in enumerate(["pro", "pro", "", "free", "a", "b"], 1))
    guess = Guess(dialect=Dialect(format=RowFormat.CSV), columns=("plan",), rows=rows)
    assert examples(guess, "plan", 0) == "pro  ·  free  ·  a"


def test_examples_of_json_are_found_by_their_keys() -> None:
    row = from_python({"properties": {"plan": "pro", "seats": [1, 2]}})
    guess = Guess(
        dialect=Dialect(format=RowFormat.JSON_LINES),
        columns=("properties.plan", "properties.seats", "gone"),
        rows=((1, row),),  # pyright: ignore[reportArgumentType]
    )
    assert examples(guess, "properties.plan", 0) == "pro"
    assert examples(guess, "properties.seats", 1) == "[1,2]"
    assert examples(guess, "gone", 2) == ""
