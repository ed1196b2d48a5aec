"""Text field, drop-down list and switch."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from composer.ui.icons import IconName
from composer.ui.theme import LIGHT
from composer.ui.widgets import Combo, LineEdit, Switch


def test_a_field_has_its_name_and_its_example(qtbot: QtBot) -> None:
    field = LineEdit("Person's ID", placeholder="customer-42")
    qtbot.addWidget(field)
    assert (field.accessibleName(), field.placeholderText()) == ("Person's ID", "customer-42")


def test_a_problem_shows_in_the_border(qtbot: QtBot) -> None:
    field = LineEdit("Person's ID")
    qtbot.addWidget(field)
    field.resize(100, 30)
    edges = []
    for problem in (False, True, False):
        field.set_problem(problem)
        edges.append(field.grab().toImage().pixelColor(50, 0))
    assert edges == [QColor(LIGHT.strong_line), QColor(LIGHT.error), QColor(LIGHT.strong_line)]


def test_a_trailing_button_is_named_and_keeps_the_text_clear(qtbot: QtBot) -> None:
    field = LineEdit("Session ID")
    qtbot.addWidget(field)
    button = field.add_action("new", IconName.REFRESH, "Make a new session ID")
    field.resize(300, 30)
    field.show()
    assert button.accessibleName() == button.toolTip() == "Make a new session ID"
    assert field.rect().contains(button.geometry())
    assert field.textMargins().right() >= button.width()
    with qtbot.waitSignal(button.clicked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_search_is_emptied_by_its_button_and_by_escape_as_an_edit(qtbot: QtBot) -> None:
    field = LineEdit("Search history")
    field.set_search()
    qtbot.addWidget(field)
    field.resize(200, 30)
    field.show()
    copy = field.add_action("", IconName.COPY, "Copy")
    button = next(b for b in field.findChildren(QToolButton) if b is not copy)
    assert button.isHidden()
    qtbot.keyClicks(field, "cust")
    assert button.isVisible()
    with qtbot.waitSignal(field.textEdited) as heard:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert heard.args == [""]
    qtbot.keyClicks(field, "cust")
    with qtbot.waitSignal(field.textEdited):
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""


def test_setting_a_search_text_is_not_an_edit(qtbot: QtBot) -> None:
    field = LineEdit("Search history")
    field.set_search()
    qtbot.addWidget(field)
    with qtbot.assertNotEmitted(field.textEdited):
        field.setText("cust")


def scroll(combo: Combo) -> None:
    none = Qt.MouseButton.NoButton
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(),
        QPoint(0, -120),
        none,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    combo.wheelEvent(event)


def make_combo(qtbot: QtBot) -> Combo:
    combo = Combo("Type")
    combo.add("text", 1)
    combo.add("number", 2)
    qtbot.addWidget(combo)
    combo.show()
    qtbot.waitExposed(combo)
    return combo


def test_scrolling_over_a_list_leaves_it_alone_unless_it_has_the_focus(qtbot: QtBot) -> None:
    combo = make_combo(qtbot)
    combo.clearFocus()
    scroll(combo)
    assert combo.value() == 1
    combo.setFocus()
    qtbot.waitUntil(combo.hasFocus)
    scroll(combo)
    assert combo.value() == 2


def test_a_value_is_shown_without_being_chosen(qtbot: QtBot) -> None:
    combo = make_combo(qtbot)
    with qtbot.assertNotEmitted(combo.activated):
        assert combo.set_value(2)
        assert not combo.set_value(3)
    assert (combo.currentText(), combo.value()) == ("number", 2)


def test_the_keyboard_chooses_from_a_list(qtbot: QtBot) -> None:
    combo = make_combo(qtbot)
    with qtbot.waitSignal(combo.activated) as heard:
        qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert heard.args == [1]


def test_a_switch_is_thrown_by_click_and_space(qtbot: QtBot) -> None:
    switch = Switch("Do not add a location")
    qtbot.addWidget(switch)
    switch.show()
    assert switch.accessibleName() == "Do not add a location"
    middle = switch.rect().center()
    with qtbot.waitSignal(switch.clicked):
        qtbot.mouseClick(switch, Qt.MouseButton.LeftButton, pos=middle)
    assert switch.isChecked()
    qtbot.keyClick(switch, Qt.Key.Key_Space)
    assert not switch.isChecked()


def test_a_switch_shows_its_state_by_place_as_well_as_colour(qtbot: QtBot) -> None:
    switch = Switch()
    qtbot.addWidget(switch)
    switch.resize(switch.sizeHint())
    off = switch.grab().toImage()
    switch.setChecked(True)
    on = switch.grab().toImage()
    middle = switch.height() // 2
    knob = QColor(LIGHT.surface)
    assert (off.pixelColor(12, middle), off.pixelColor(26, middle)) == (knob, QColor(LIGHT.faint))
    assert (on.pixelColor(26, middle), on.pixelColor(12, middle)) == (knob, QColor(LIGHT.accent))


def test_a_flat_list_is_as_wide_as_what_it_shows(qtbot: QtBot) -> None:
    combo = Combo("Layout", flat=True)
    qtbot.addWidget(combo)
    combo.add("Pretty")
    combo.add("As it was typed by hand")
    narrow = combo.sizeHint().width()
    combo.setCurrentIndex(1)
    assert combo.sizeHint().width() > narrow + 50
    assert combo.minimumSizeHint() == combo.sizeHint()


def test_a_heading_in_a_list_cannot_be_chosen(qtbot: QtBot) -> None:
    combo = Combo("Language")
    qtbot.addWidget(combo)
    combo.add_heading("Languages")
    combo.add("Ruby", "ruby")
    combo.add_heading("Others")
    combo.add("curl", "curl")
    assert combo.set_value("ruby")
    qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert combo.value() == "curl"
    qtbot.keyClick(combo, Qt.Key.Key_Home)
    assert combo.value() == "ruby"


def test_the_entries_of_a_flat_list_are_as_wide_as_they_need(qtbot: QtBot) -> None:
    combo = Combo("Language", flat=True)
    qtbot.addWidget(combo)
    combo.add("Go", "go")
    combo.add("JavaScript in the browser (fetch)", "fetch")
    combo.resize(combo.sizeHint())
    combo.show()
    combo.showPopup()
    wanted = combo.fontMetrics().horizontalAdvance("JavaScript in the browser (fetch)")
    assert combo.width() < wanted < combo.view().viewport().width()
    combo.hidePopup()
