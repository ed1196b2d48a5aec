"""How far a draft was filled in comes back; what is broken is told, not guessed."""

import pytest

from composer.core.jsontext import Layout, Object, encode, parse
from composer.core.templates import Filling, Variable, VariableKind, begin
from composer.services.draft_form import FormError
from composer.services.filling_form import read_filling, written_filling
from tests.helpers.filled import template_of
from tests.helpers.maker import StandingMaker

TEMPLATE = template_of(
    r'{"a": "{{x}} {{pick p q}}", "b": "\\{{x}}", "c": "{{int 1 x}} {{int 1 1}}", "d": "{{e}}"}',
    variables=(
        Variable(name="x", label="X?", kind=VariableKind.DATE, default="now", choices=("now",)),
        Variable(name="e", required=False),
    ),
)


def kept(filling: Filling) -> Object:
    value = parse(encode(written_filling(filling), Layout.PRETTY))
    assert isinstance(value, Object)
    return value


def test_a_filling_comes_back_with_all_that_was_made_and_answered() -> None:
    draft, filling = begin(TEMPLATE, 0, StandingMaker())
    back = read_filling(kept(filling))
    assert back == filling
    assert back.unfilled(draft) == filling.unfilled(draft)
    answer = back.answered(draft, "x", "now -1d")
    assert answer == filling.answered(draft, "x", "now -1d")
    assert answer[0].payload.get("a") == "2026-11-20T09:30:00.000Z p"


def test_an_edit_by_hand_is_still_one_after_the_end_of_the_app() -> None:
    draft, filling = begin(TEMPLATE, 0, StandingMaker())
    draft = draft.with_value(("a",), "by hand").with_value(("d",), "{{e}}")
    back = read_filling(kept(filling.adopted(draft)))
    assert [found.name for found in back.unfilled(draft)] == ["int 1 x", "e"]
    draft, back = back.answered(draft, "x", "now -1d")
    assert draft.payload.get("a") == "by hand"
    assert "d" not in draft.payload


def test_generated_values_that_are_missing_wait_to_be_made() -> None:
    draft, filling = begin(TEMPLATE, 0, StandingMaker())
    back = read_filling(kept(filling).with_member("made", ()))
    again, _ = back.renewed(draft, StandingMaker())
    assert again.payload == draft.payload


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("body", "{"),
        ("body", None),
        ("variables", "x"),
        ("variables", (None,)),
        ("answers", (None,)),
        ("answers", (Object((("name", "x"),)),)),
        ("made", None),
        ("moment", 5),
    ],
)
def test_a_broken_one_is_told(key: str, value: object) -> None:
    _, filling = begin(TEMPLATE, 0, StandingMaker())
    broken = kept(filling).with_member(key, value)  # pyright: ignore[reportArgumentType] -- broken
    with pytest.raises(FormError):
        read_filling(broken)


def test_none_at_all_is_told() -> None:
    with pytest.raises(FormError, match="missing"):
        read_filling(None)
