"""Text with references is cut into its parts and written again, whatever characters it has."""

import pytest
from hypothesis import given, strategies as st

from composer.core.variables import Reference, escaped
from composer.core.variables.references import (
    Part,
    parts_of_live,
    parts_of_template,
    template_text,
)
from tests.helpers.values import texts

PIECES = (
    *("{", "}", "{{", "}}", "\\", "\\\\", "a", " ", '"', "'", "\ud83d", "\x00", "$x", "\n"),
    *("{{a}}", "{{ b.c }}", "{{now -2d}}", '{{pick "a b" 3}}', "{{pick ", "{{a b}}", "\\{{a}}"),
)
tricky = texts | st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


def named(name: str, *arguments: str, text: str = "") -> Reference:
    return Reference(name, arguments, text or "{{" + name + "}}")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ()),
        ("plain", ("plain",)),
        ("{{customer_id}}", (named("customer_id"),)),
        ("{{ name }}", (named("name", text="{{ name }}"),)),
        ("Hello {{a}}{{b.c-d}}!", ("Hello ", named("a"), named("b.c-d"), "!")),
        ("{{now -2d +3h}}", (named("now", "-2d", "+3h", text="{{now -2d +3h}}"),)),
        (
            """{{pick a "b c" 'd' 3}}""",
            (named("pick", "a", '"b c"', "'d'", "3", text="""{{pick a "b c" 'd' 3}}"""),),
        ),
        ("{{{a}}}", ("{", named("a"), "}")),
        ("{{{{a}}", ("{{", named("a"))),
        (r"\{{a}}", ("{{a}}",)),
        (r"\{{{a}}", ("{{{a}}",)),
        (r"C:\\{{a}}", ("C:\\", named("a"))),
        (r"\\\{{a}}", (r"\{{a}}",)),
        (r"\{{", ("{{",)),
        (r"a \ b \\ c", (r"a \ b \\ c",)),
    ],
)
def test_the_text_of_a_template_is_cut_into_its_parts(text: str, parts: tuple[Part, ...]) -> None:
    assert parts_of_template(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "{{}}",
        "{{ }}",
        "{{a",
        "{{a}",
        "{a}",
        "{{1st}}",
        "{{$guid}}",
        "$name and ${name}",
        "{{a b}}",
        "{{a | upcase}}",
        "{{#each}}",
        "{{ünicode}}",
        '{{pick "a}}',
        "{{pick {a}}}",
        "{{now -2d}",
    ],
)
def test_what_is_no_well_formed_reference_is_literal(text: str) -> None:
    assert parts_of_template(text) == parts_of_live(text) == (text,)
    assert escaped(text) == text


def test_in_live_text_a_backslash_hides_nothing() -> None:
    assert parts_of_live(r"C:\{{a}}") == ("C:\\", named("a"))


@given(tricky)
def test_escaped_text_means_itself(text: str) -> None:
    assert parts_of_template(escaped(text)) == ((text,) if text else ())


@given(tricky)
def test_parts_come_back_from_the_text_that_is_written_for_them(text: str) -> None:
    for parts in (parts_of_template(text), parts_of_live(text)):
        assert parts_of_template(template_text(parts)) == parts


@given(tricky)
def test_live_text_loses_no_character(text: str) -> None:
    spelled = (part if isinstance(part, str) else part.text for part in parts_of_live(text))
    assert "".join(spelled) == text


@pytest.mark.parametrize("piece", [*PIECES, '{{a " ', "{{pick 'a", "{{ ", "{{pick a "])
def test_long_text_is_read_in_one_go(piece: str) -> None:
    text = piece * (200_000 // len(piece))  # with a quadratic step this would take minutes
    assert parts_of_template(escaped(text)) == (text,)
    assert parts_of_template(text) != ()
