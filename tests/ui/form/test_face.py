"""What a one-line field shows of a value."""

import pytest
from hypothesis import given

from composer.core.jsontext import Layout, Number, Object, Value, encode
from composer.ui.form.face import LONGEST, field_face, foreign_face, marked, text_face
from composer.ui.form.reading import ABSENT
from tests.helpers.values import texts, values


@given(texts)
def test_a_mark_takes_the_place_of_one_character(text: str) -> None:
    assert len(marked(text)) == len(text)
    assert not set("\n\r\t\u2028\u00a0\ufeff\x00") & set(marked(text))


@given(values)
def test_a_face_stands_for_the_whole_value(value: Value) -> None:
    for wanted in (str, Number):
        face = field_face(value, wanted)
        expected = value if isinstance(value, wanted) else encode(value, Layout.COMPACT)
        expected = expected.text if isinstance(expected, Number) else expected
        assert face.exact == expected


def test_ordinary_text_has_no_note() -> None:
    face = text_face("customer-42 é 日本 👩‍💻")
    assert (face.text, face.note, face.mono) == ("customer-42 é 日本 👩‍💻", "", False)


@pytest.mark.parametrize(
    ("text", "shown", "note"),
    [
        ("a\nb", "a⏎b", "Contains a line break (⏎)."),
        ("a\u00a0b", "a␣b", "Contains a no-break space (␣)."),
        ("a\u2028b", "a⏎b", "Contains a line separator (⏎)."),
        ("a\x01", "a␁", "Contains the invisible character U+0001 (␁)."),
    ],
)
def test_the_first_invisible_character_is_named(text: str, shown: str, note: str) -> None:
    face = text_face(text)
    assert (face.text, face.note) == (shown, note)


@pytest.mark.parametrize(
    ("value", "text", "note"),
    [
        (None, "null", "Null in the JSON."),
        (True, "true", "Yes or no (true or false) in the JSON."),
        (Number("1.00"), "1.00", "A number in the JSON."),
        ("x", '"x"', "Text in the JSON."),
        (("a",), '["a"]', "A list in the JSON."),
        (Object((("a", None),)), '{"a":null}', "An object in the JSON."),
    ],
)
def test_a_foreign_value_is_shown_as_its_json(value: Value, text: str, note: str) -> None:
    face = foreign_face(value)
    assert (face.text, face.note, face.mono) == (text, note, True)


def test_nothing_and_empty_text_look_empty() -> None:
    assert field_face(ABSENT, str).text == ""
    assert field_face("", str).text == ""
    assert field_face("", Number).text == '""'


def test_text_beyond_measure_is_cut_and_locked() -> None:
    face = text_face("x" * (LONGEST + 1))
    assert face.locked
    assert len(face.text) < 200
    assert face.note == "4,001 characters, too long for one line."
    assert foreign_face(("y" * LONGEST,)).locked
