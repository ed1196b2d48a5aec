"""The line in Compose that names a template, and the choice of a folder in it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from composer.ui.templates.folder_combo import folder_of, folder_title
from composer.ui.templates.save_bar import SaveBar
from composer.ui.widgets import Combo, LineEdit
from tests.helpers.stage import Stage, nameless
from tests.helpers.window import click, named, type_into


class Line:
    """The line, and what it said."""

    def __init__(self, stage: Stage) -> None:
        self.bar = SaveBar()
        self.saved: list[tuple[str, str]] = []
        self.over = 0
        self.dismissals = 0
        self.bar.saved.connect(self._on_saved)
        self.bar.over_wanted.connect(self._on_over)
        self.bar.dismissed.connect(self._on_dismissed)
        stage.show(self.bar, 520, 84)
        self.bar.hide()

    def _on_saved(self, name: str, folder: str) -> None:
        self.saved.append((name, folder))

    def _on_over(self) -> None:
        self.over += 1

    def _on_dismissed(self) -> None:
        self.dismissals += 1


async def test_the_line_asks_with_a_name_that_typing_replaces(stage: Stage) -> None:
    line = Line(stage)
    line.bar.ask("plan\nupgraded  · customer-42")
    field = named(line.bar, "Template name", LineEdit)
    assert field.text() == field.selectedText() == "plan upgraded · customer-42"
    type_into(field, "  mine ")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert line.saved == [("mine", "")]
    assert not line.bar.isVisible()


async def test_a_folder_is_chosen_or_typed(stage: Stage) -> None:
    line = Line(stage)
    line.bar.ask("one")
    line.bar.offer_folders(("Billing", "Billing/Refunds"), "Billing")
    field = named(line.bar, "Template name", LineEdit)
    QTest.keyClick(field, Qt.Key.Key_Return)
    line.bar.ask("two")
    combo = named(line.bar, "Folder", Combo)
    combo.setCurrentIndex(2)
    combo.activated.emit(2)
    QTest.keyClick(field, Qt.Key.Key_Return)
    line.bar.ask("three")
    type_into(named(line.bar, "Folder, text", QLineEdit), "New / Deep")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert line.saved == [("one", "Billing"), ("two", "Billing/Refunds"), ("three", "New/Deep")]


async def test_folders_that_arrive_late_leave_what_was_typed(stage: Stage) -> None:
    line = Line(stage)
    line.bar.ask("one")
    type_into(named(line.bar, "Folder, text", QLineEdit), "Mine")
    line.bar.offer_folders(("Billing",))
    QTest.keyClick(named(line.bar, "Template name", LineEdit), Qt.Key.Key_Return)
    assert line.saved == [("one", "Mine")]


async def test_the_template_that_an_event_came_from_can_be_replaced(stage: Stage) -> None:
    line = Line(stage)
    line.bar.ask("one")
    line.bar.offer_over("Refund")
    click(line.bar, "Save over “Refund”")
    assert line.over == 1
    assert line.saved == []
    assert not line.bar.isVisible()


async def test_the_line_saves_no_empty_name(stage: Stage) -> None:
    line = Line(stage)
    line.bar.ask("")
    assert not named(line.bar, "Save template", QPushButton).isEnabled()
    QTest.keyClick(named(line.bar, "Template name", LineEdit), Qt.Key.Key_Return)
    assert line.saved == []
    assert line.bar.isVisible()


@pytest.mark.parametrize("way", ["key", "button"])
async def test_the_line_can_be_given_up(stage: Stage, way: str) -> None:
    line = Line(stage)
    line.bar.ask("name")
    if way == "key":
        QTest.keyClick(named(line.bar, "Template name", LineEdit), Qt.Key.Key_Escape)
    else:
        click(line.bar, "Cancel naming")
    assert line.saved == []
    assert line.dismissals == 1
    assert not line.bar.isVisible()


async def test_everything_that_the_keyboard_reaches_has_a_name(stage: Stage) -> None:
    line = Line(stage)
    line.bar.ask("name")
    line.bar.offer_over("Refund")
    assert nameless(line.bar) == []


def test_a_folder_reads_the_same_as_it_is_written() -> None:
    assert folder_title("Support/Refunds") == "Support › Refunds"
    for typed in (
        "Support › Refunds",
        "Support/Refunds",
        " /Support/ Refunds/ ",
        "Support\\Refunds",
    ):
        assert folder_of(typed) == "Support/Refunds"
    assert folder_of("Not in a folder") == folder_of("  ") == ""
