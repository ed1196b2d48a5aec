"""Words that are a list in the JSON: the classes of an element."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from composer.core.jsontext import Number, Object, Path, Value
from tests.helpers.window import click, type_into
from tests.ui.form.conftest import Desk
from tests.ui.form.editors.test_single import line

ELEMENT: Path = ("properties", "$elements", 0)


@pytest.fixture
def elements(desk: Desk) -> Desk:
    desk.session.choose_type("autocapture")
    return desk


def hold(desk: Desk, value: Value) -> None:
    desk.session.set_value(ELEMENT[:-1], (Object((("attr__class", value),)),))


def classes(desk: Desk) -> QLineEdit:
    return line(desk, "Element 1, classes")


def test_words_with_spaces_between_them_become_a_list(elements: Desk) -> None:
    click(elements.form, "Add element to Elements")
    type_into(line(elements, "Element 1, tag"), "a")
    type_into(classes(elements), " btn  btn-main ")
    assert elements.value(*ELEMENT, "attr__class") == ("btn", "btn-main")
    assert classes(elements).text() == " btn  btn-main "
    type_into(classes(elements), " ")
    assert elements.value(*ELEMENT) == Object((("tag_name", "a"),))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (("btn", "btn-main"), "btn btn-main"),
        ("btn btn-main", "btn btn-main"),
        (("btn main",), '["btn main"]'),
        (("btn", Number("1")), '["btn",1]'),
        (("",), '[""]'),
        (Number("1"), "1"),
        (None, "null"),
    ],
)
def test_what_is_there_is_shown_as_it_is(elements: Desk, value: Value, shown: str) -> None:
    hold(elements, value)
    before = elements.session.draft
    assert classes(elements).text() == shown
    assert elements.session.draft is before


def test_one_text_stays_one_text(elements: Desk) -> None:
    hold(elements, "btn")
    type_into(classes(elements), "btn main")
    assert elements.value(*ELEMENT, "attr__class") == "btn main"
    classes(elements).selectAll()
    QTest.keyClick(classes(elements), Qt.Key.Key_Delete)
    assert not elements.session.draft.has((*ELEMENT, "attr__class"))
