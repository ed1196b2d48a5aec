"""What was typed and is no value yet stays with its tab, and is not taken for another's."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from tests.helpers.window import named, type_into
from tests.ui.form.conftest import Desk


def _seats(desk: Desk) -> QLineEdit:
    return named(desk.form, "Property 2 value", QLineEdit)


def test_a_half_typed_number_waits_in_its_tab(desk: Desk) -> None:
    first = desk.session.tab.id
    type_into(_seats(desk), "12x")
    draft = desk.session.draft
    desk.session.set_value(("event",), "mine")
    desk.session.open_beside(draft.with_value(("event",), "other"))
    desk.settle()
    assert _seats(desk).text() != "12x"
    desk.session.switch_to(first)
    desk.settle()
    assert _seats(desk).text() == "12x"


def test_the_form_of_another_type_comes_and_goes_with_its_tab(desk: Desk) -> None:
    desk.session.open_tab()
    desk.session.choose_type("pageview")
    assert len(desk.form.rows) > 0
    desk.session.step_tab(1)
    desk.settle()
    assert desk.session.draft.type_id == "custom"
    assert _seats(desk).isVisible()
