"""Rows over a list of text."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from composer.core.jsontext import Number
from tests.helpers.window import click, type_into
from tests.ui.form.conftest import Desk, focused
from tests.ui.form.editors.test_single import line

PATH = ("properties", "$unset")
LABEL = "Properties to remove"


@pytest.fixture
def unset(desk: Desk) -> Desk:
    desk.session.choose_type("unset")
    return desk


def test_a_name_is_added_typed_and_removed(unset: Desk) -> None:
    click(unset.form, f"Add name to {LABEL}")
    assert focused() is line(unset, f"{LABEL} 1")
    type_into(focused(), "trial_ends_at")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert focused() is line(unset, f"{LABEL} 2")
    type_into(focused(), "old id")
    assert unset.value(*PATH) == ("trial_ends_at", "old id")
    click(unset.form, f"Remove {LABEL} 1")
    assert unset.value(*PATH) == ("old id",)
    assert focused() is line(unset, f"{LABEL} 1")
    assert line(unset, f"{LABEL} 1").text() == "old id"
    click(unset.form, f"Remove {LABEL} 1")
    assert unset.value(*PATH) == ()


def test_undo_brings_a_name_back(unset: Desk) -> None:
    unset.session.set_values(((PATH, ("plan", "seats")),))
    click(unset.form, f"Remove {LABEL} 1")
    assert unset.value(*PATH) == ("seats",)
    unset.session.undo_stack.undo()
    assert [line(unset, f"{LABEL} {number}").text() for number in (1, 2)] == ["plan", "seats"]


def test_where_nothing_has_to_be_removed_the_list_goes_with_its_last_row(desk: Desk) -> None:
    desk.session.set_value(PATH, ("plan",))
    desk.form.focus_path(PATH)
    desk.settle()
    assert focused() is line(desk, "Remove from the person 1")
    click(desk.form, "Remove Remove from the person 1")
    assert not desk.session.draft.has(PATH)


def test_what_is_no_text_is_shown_and_kept(unset: Desk) -> None:
    unset.session.set_value(PATH, (Number("1"), "plan"))
    assert line(unset, f"{LABEL} 1").isReadOnly()
    assert unset.words(*PATH)[1] == "A number in the JSON."
    type_into(line(unset, f"{LABEL} 2"), "seats")
    assert unset.value(*PATH) == (Number("1"), "seats")


def test_what_is_no_list_is_shown_and_kept(unset: Desk) -> None:
    unset.session.set_value(PATH, "plan")
    before = unset.session.draft
    assert line(unset, LABEL).text() == '"plan"'
    click(unset.form, f"Add name to {LABEL}")
    assert unset.session.draft is before


def test_a_long_list_is_built_in_the_end(unset: Desk) -> None:
    names = tuple(f"name {number}" for number in range(60))
    unset.session.set_value(PATH, names)
    unset.form.focus_path((*PATH, 59))
    assert focused() is line(unset, f"{LABEL} 60")
    type_into(focused(), "last")
    assert unset.value(*PATH) == (*names[:-1], "last")
    unset.session.set_value(PATH, names[:20])
    for _ in range(30):
        unset.settle()
    click(unset.form, f"Remove {LABEL} 18")
    assert unset.value(*PATH) == (*names[:17], *names[18:20])
