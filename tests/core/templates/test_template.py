"""What a template asks for, and what is wrong with one."""

from dataclasses import replace

import pytest

from composer.core.templates import Template, Variable, VariableKind, problems_in
from tests.helpers.filled import template_of


def test_what_is_declared_is_asked_for_first_and_then_what_stands_in_the_events() -> None:
    declared = (Variable(name="b", label="The B"), Variable(name="unused"))
    template = template_of(
        '{"event": "{{x}} {{b}} {{now}}"}', '{"a": ["{{y}}", "{{x}}"]}', variables=declared
    )
    assert [prompt.name for prompt in template.prompts] == ["b", "unused", "x", "y"]
    assert template.prompts[:2] == declared
    assert template.prompts[2] == Variable(name="x", kind=VariableKind.TEXT, required=True)
    assert [prompt.title for prompt in template.prompts] == ["The B", "unused", "x", "y"]


def test_several_events_make_a_sequence() -> None:
    one, two = template_of("{}"), template_of('{"event": "a"}', "{}")
    assert (one.is_sequence, two.is_sequence) == (False, True)
    assert two.draft is two.steps[0].draft


def _used(*variables: Variable) -> Template:
    names = " ".join(f"{{{{{variable.name}}}}}" for variable in variables)
    return template_of(f'{{"event": "{names}"}}', variables=variables)


@pytest.mark.parametrize(
    ("template", "words"),
    [
        (_used(Variable(name="now")), "Give the variable another name"),
        (_used(Variable(name="a b")), "cannot be a variable"),
        (_used(Variable(name="a"), Variable(name="a")), "listed twice"),
        (template_of("{}", variables=(Variable(name="a"),)), "stands in no event"),
        (
            _used(Variable(name="a", label="Seats", kind=VariableKind.NUMBER, default="x")),
            "“Seats”, default “x”: This is not a number",
        ),
        (
            _used(Variable(name="a", kind=VariableKind.YES_NO, choices=("yes", "perhaps"))),
            "choice “perhaps”: Write yes or no",
        ),
        (template_of('{"a": {"b": ["{{int x}}"]}}'), "a.b.0: {{int x}} cannot be filled in"),
        (template_of('{"a": "{{now 2d}}"}'), "Write + or -"),
        (template_of('{"a": "{{customer id}}"}'), "A variable's name has no spaces"),
        (template_of("{}", '{"a": "{{pick}}"}'), "Event 2, a: {{pick}}"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(template: Template, words: str) -> None:
    assert words in problems_in(template)[0]


def test_a_pause_of_less_than_nothing_is_told() -> None:
    template = template_of("{}", "{}")
    steps = (template.steps[0], replace(template.steps[1], after=-1))
    assert "less than nothing" in problems_in(replace(template, steps=steps))[0]


def test_nothing_is_wrong_with_a_good_one() -> None:
    variable = Variable(name="a", kind=VariableKind.DATE, default="now -2d", choices=("now",))
    template = template_of(
        r'{"a": "{{a}} {{pick x 1}} {{$guid}} {{#if x}} \\{{int x}} \\{{customer id}}"}',
        variables=(variable,),
    )
    assert problems_in(template) == ()
