"""What a person types for a variable becomes a value of its kind, or is said to be none."""

import pytest

from composer.core.jsontext import Number, Object, Value
from composer.core.templates import Answer, Variable, VariableKind, problem_of
from composer.core.templates.answers import answers_of
from composer.core.variables.rendering import Gap
from tests.helpers.clock import START


def value_of(kind: VariableKind, text: str) -> object:
    variable = Variable(name="it", kind=kind)
    assert problem_of(variable, text) == ""
    return answers_of((variable,), (Answer(name="it", text=text, moment=START),))["it"]


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (VariableKind.TEXT, " as typed ", " as typed "),
        (VariableKind.TEXT, "12", "12"),
        (VariableKind.TEXT, "\ud83d\x00", "\ud83d\x00"),
        (VariableKind.NUMBER, "1.00", Number("1.00")),
        (VariableKind.NUMBER, " -12e3 ", Number("-12e3")),
        (VariableKind.YES_NO, "Yes", True),
        (VariableKind.YES_NO, "false", False),
        (VariableKind.DATE, "2026-03-14T09:30:00Z", "2026-03-14T09:30:00Z"),
        (VariableKind.DATE, "2026-03-14", "2026-03-14"),
        (VariableKind.DATE, "now", "2026-11-21T09:30:00.000Z"),
        (VariableKind.DATE, "now -2d", "2026-11-19T09:30:00.000Z"),
        (VariableKind.DATE, "-1h", "2026-11-21T08:30:00.000Z"),
        (VariableKind.VALUE, "null", None),
        (VariableKind.VALUE, '{"a": [1.0]}', Object((("a", (Number("1.0"),)),))),
        (VariableKind.VALUE, '""', ""),
    ],
)
def test_an_answer_has_the_type_of_its_variable(
    kind: VariableKind, text: str, value: Value
) -> None:
    assert value_of(kind, text) == value


@pytest.mark.parametrize(
    ("kind", "text", "hint"),
    [
        (VariableKind.NUMBER, "twelve", "9.99"),
        (VariableKind.NUMBER, "1,5", "9.99"),
        (VariableKind.NUMBER, " ", "9.99"),
        (VariableKind.YES_NO, "perhaps", "yes or no"),
        (VariableKind.DATE, "last Tuesday", "now -2d"),
        (VariableKind.DATE, "now -2y", "now -2d"),
        (VariableKind.DATE, "2026-13-01", "now -2d"),
        (VariableKind.VALUE, "{a: 1}", "double quotes"),
        (VariableKind.VALUE, "'a'", "double quotes"),
    ],
)
def test_what_is_no_answer_is_told_with_the_next_step(
    kind: VariableKind, text: str, hint: str
) -> None:
    variable = Variable(name="it", kind=kind, required=False)
    assert hint in problem_of(variable, text)
    assert answers_of((variable,), (Answer(name="it", text=text, moment=START),)) == {}


@pytest.mark.parametrize("kind", VariableKind)
def test_nothing_typed_is_no_mistake_and_no_answer(kind: VariableKind) -> None:
    required, optional = (
        Variable(name="a", kind=kind),
        Variable(name="b", kind=kind, required=False),
    )
    assert problem_of(required, "") == ""
    assert answers_of((required, optional), ()) == {"b": Gap.LEFT_OUT}


def test_any_other_answer_than_the_choices_can_be_given() -> None:
    variable = Variable(name="plan", choices=("free", "pro"))
    assert problem_of(variable, "enterprise") == ""
