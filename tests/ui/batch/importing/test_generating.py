"""What is asked before events are generated, and the mapping that the answers make."""

from composer.core.mapping import NO_LOCATION, ColumnRule, Constant, Mapping, Target
from composer.core.templates import Variable, VariableKind
from composer.ui.batch.importing.generating import (
    EACH_PERSON,
    EVENT,
    PERSON,
    answered,
    asked,
    without_defaults,
)
from tests.helpers.templates import SEQUENCE, event, template


def test_plain_events_need_a_name_and_a_person() -> None:
    assert [one.name for one in asked(None)] == [EVENT, PERSON]
    assert asked(None)[1].default == EACH_PERSON


def test_a_template_with_one_person_is_given_another_for_each_row() -> None:
    (who,) = asked(template("upgrade", event("upgraded", "customer-42")))
    assert (who.name, who.default, who.required) == (PERSON, EACH_PERSON, False)


def test_a_variable_that_is_the_person_differs_from_row_to_row() -> None:
    defaults = {one.name: one.default for one in asked(SEQUENCE)}
    assert defaults == {"visitor": "anonymous-1", "customer": EACH_PERSON, "plan": ""}


def test_steps_of_different_people_keep_them() -> None:
    (who,) = asked(template("two", event("a", "ada"), event("b", "bob")))
    assert who.default == ""


def test_a_number_may_be_made_and_yes_or_no_is_offered() -> None:
    seats = Variable(name="seats", kind=VariableKind.NUMBER)
    trial = Variable(name="trial", kind=VariableKind.YES_NO)
    made = event("upgraded", "{{customer}}", seats="{{seats}}", trial="{{trial}}")
    found = asked(template("upgrade", made, variables=(seats, trial)))
    assert {one.kind for one in found} == {VariableKind.TEXT}
    assert "{{int 1 100}}" in found[0].help
    assert found[1].choices == ("yes", "no")


def test_the_number_of_the_row_is_not_asked_for() -> None:
    made = event("upgraded", "customer-{{row}}")
    assert asked(template("upgrade", made)) == ()


def test_answers_are_constants_and_the_row_is_a_variable() -> None:
    before = Mapping(template_id="t", historical_migration=True)
    after = answered(before, None, {PERSON: EACH_PERSON, "plan": "pro", "note": ""})
    assert after == Mapping(
        template_id="t",
        historical_migration=True,
        rules=(ColumnRule(column="row", target=Target.VARIABLE, name="row"),),
        constants=(
            Constant(target=Target.PERSON, text=EACH_PERSON),
            Constant(target=Target.VARIABLE, name="plan", text="pro"),
            NO_LOCATION,
        ),
    )


def test_the_row_is_no_variable_where_nothing_asks_for_it() -> None:
    assert answered(Mapping(), None, {PERSON: "ada"}).rules == ()
    made = template("upgrade", event("upgraded", "customer-{{row}}"))
    assert answered(Mapping(), made, {}).rules == (
        ColumnRule(column="row", target=Target.VARIABLE, name="row"),
    )


def test_an_answer_that_was_emptied_is_not_the_default() -> None:
    assert {one.default for one in without_defaults(SEQUENCE).variables} == {""}
