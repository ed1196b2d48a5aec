"""One value whose type is chosen: text, or yes and no."""

import pytest
from PySide6.QtWidgets import QComboBox

from composer.core.jsontext import Number, encode
from composer.core.rows import RowKind
from composer.ui.widgets import Combo
from tests.helpers.window import click, named, type_into
from tests.ui.form.conftest import Desk, focused
from tests.ui.form.editors.test_single import line

PATH = ("properties", "$feature_flag_response")


@pytest.fixture
def flag(desk: Desk) -> Desk:
    desk.session.choose_type("flag_called")
    return desk


def choose(desk: Desk, name: str, value: object) -> None:
    """As a person does who picks an entry of a list."""
    combo = named(desk.form, name, Combo)
    combo.setCurrentIndex(combo.findData(value))
    combo.activated.emit(combo.currentIndex())


def test_a_variant_is_text_and_an_answer_of_a_switch_is_yes_or_no(flag: Desk) -> None:
    type_into(line(flag, "Value"), "variant-b")
    assert flag.value(*PATH) == "variant-b"
    choose(flag, "Value type", RowKind.YES_NO.value)
    assert flag.value(*PATH) is False
    choose(flag, "Value", True)
    assert flag.value(*PATH) is True
    choose(flag, "Value type", RowKind.TEXT.value)
    assert flag.value(*PATH) == "true"


def test_what_was_there_comes_back_with_its_type(flag: Desk) -> None:
    type_into(line(flag, "Value"), "variant-b")
    choose(flag, "Value type", RowKind.YES_NO.value)
    choose(flag, "Value type", RowKind.TEXT.value)
    assert flag.value(*PATH) == "variant-b"


def test_a_value_of_another_type_is_shown_with_its_own(flag: Desk) -> None:
    flag.session.set_value(PATH, Number("1.0"))
    assert named(flag.form, "Value type", QComboBox).currentText() == "number"
    assert line(flag, "Value").text() == "1.0"
    type_into(line(flag, "Value"), "x")
    assert flag.words(*PATH)[2]
    assert flag.value(*PATH) == Number("1.0")


def test_a_date_is_text_where_dates_are_not_offered(flag: Desk) -> None:
    flag.session.set_value(PATH, "2026-03-14T09:30:00Z")
    assert named(flag.form, "Value type", QComboBox).currentText() == "text"
    flag.form.focus_path(PATH)
    assert focused() is line(flag, "Value")


def test_the_value_is_written_once_more_beside_the_flag(flag: Desk) -> None:
    type_into(line(flag, "Flag key"), "new-basket")
    type_into(line(flag, "Value"), "variant-b")
    assert flag.value("properties", "$feature/new-basket") == "variant-b"
    assert line(flag, "Flag values 1 flag key").text() == "new-basket"
    assert line(flag, "Flag values 1 value").text() == "variant-b"
    before = encode(flag.session.draft.payload)
    click(flag.form, "Remove flag new-basket from Flag values")
    assert not flag.session.draft.has(("properties", "$feature/new-basket"))
    flag.session.undo_stack.undo()
    assert encode(flag.session.draft.payload) == before
