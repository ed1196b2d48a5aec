"""The form as a whole: head, folded part, fault, focus, names and order."""

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from composer.core.events import ALL, by_id
from composer.core.fields import EventType
from composer.core.jsontext import Number, Value
from tests.helpers.window import click, named, type_into
from tests.ui.form.conftest import Desk, focused
from tests.ui.form.test_loading import full_draft, open_whole, walk

MORE = "Person, groups, event ID and more"


def add_button(event_type: EventType) -> str:
    """The button that adds a row of the event's own, or an event."""
    return "Add event to Events" if event_type.is_batch else "Add property"


def labels(desk: Desk) -> list[str]:
    return [label.text() for label in desk.form.findChildren(QLabel) if label.isVisible()]


def test_the_head_names_the_event(desk: Desk) -> None:
    desk.session.choose_type("pageview")
    assert "Page view" in labels(desk)
    assert "$pageview" in labels(desk)
    assert by_id("pageview").summary in labels(desk)
    click(desk.form, "PostHog docs")
    assert desk.opened == [by_id("pageview").docs]


@pytest.mark.parametrize("event_type", ALL, ids=lambda event_type: event_type.id)
def test_every_control_has_a_name_of_its_own(desk: Desk, event_type: EventType) -> None:
    desk.session.open(full_draft(desk, event_type))
    open_whole(desk)
    names = [
        widget.accessibleName() or f"nameless {type(widget).__name__}"
        for widget in desk.form.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert [name for name in names if name.startswith("nameless")] == []
    assert len(names) == len(set(names))


@pytest.mark.parametrize("fill", [None, Number("5")], ids=["examples", "foreign"])
@pytest.mark.parametrize("event_type", ALL, ids=lambda event_type: event_type.id)
def test_tab_goes_from_top_to_bottom_and_left_to_right(
    desk: Desk, event_type: EventType, fill: Value
) -> None:
    desk.session.open(full_draft(desk, event_type))
    open_whole(desk)
    if fill is not None:  # which brings more controls
        desk.session.open(full_draft(desk, event_type, fill))
        desk.settle()
    click(desk.form, add_button(event_type))
    type_into(focused(), "later")
    stops = walk(desk.form)
    assert set(stops) == {
        widget
        for widget in desk.form.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(widget.parentWidget(), QComboBox)
    }
    places = [place(desk, widget) for widget in stops]
    start = places.index(min(places))
    places = places[start:] + places[:start]
    assert places == sorted(places)


def test_tab_enters_and_leaves_the_form_at_its_place_in_the_window(
    desk: Desk, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    before, after = QPushButton("before"), QPushButton("after")
    column = QVBoxLayout(window)
    for widget in (before, desk.form, after):
        column.addWidget(widget)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    desk.session.choose_type("alias")
    before.setFocus()
    QTest.keyClick(before, Qt.Key.Key_Tab)
    assert focused().accessibleName() == "Fill in an example"
    named(desk.form, MORE).setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert focused() is after
    desk.form.setParent(None)  # the fixture puts it away


def place(desk: Desk, widget: QWidget) -> tuple[int, int]:
    """Row (of 16 pixels) and column of a widget's left edge, in the page."""
    page = desk.page
    middle = widget.mapTo(page, QPoint(0, widget.height() // 2))
    return middle.y() // 16, middle.x()


@pytest.mark.parametrize("width", [400, 520, 900])
def test_nothing_is_cut_off_at_the_side(desk: Desk, width: int) -> None:
    for event_type in ALL:
        desk.session.open(full_draft(desk, event_type))
        desk.form.resize(width, 640)
        open_whole(desk)
        page = desk.form.rows[0].window()
        for widget in desk.form.findChildren(QAbstractButton) + desk.form.findChildren(QLineEdit):
            if widget.isVisible():
                right = widget.mapTo(page, QPoint(widget.width(), 0)).x()
                assert right <= width, f"{widget.accessibleName()} ends at {right}"


def test_the_folded_part_says_what_is_set_inside(desk: Desk) -> None:
    desk.settle()
    assert "Event ID is set · 1 more" in labels(desk)
    desk.session.remove(("properties", "$geoip_disable"))
    desk.settle()
    assert "1 to look at" in labels(desk), "the place that is looked up"
    desk.session.set_value(("properties", "$geoip_disable"), True)
    desk.session.remove(("uuid",))
    desk.settle()
    assert "Do not add a location is set" in labels(desk)


def test_the_folded_part_stays_open_from_type_to_type(desk: Desk) -> None:
    click(desk.form, MORE)
    named(desk.form, "Event ID")
    desk.session.choose_type("alias")
    desk.settle()
    named(desk.form, "Event ID")
    click(desk.form, MORE)
    assert not desk.form.rows[-1].isVisible()


def test_an_example_is_filled_in_as_one_step(desk: Desk) -> None:
    desk.session.choose_type("identify")
    desk.session.set_value(("distinct_id",), "")
    before = desk.session.draft
    click(desk.form, "Fill in an example")
    assert desk.value("distinct_id") == "customer-42"
    assert desk.value("properties", "$set", "email") == "noor@shop.example"
    assert not named(desk.form, "Fill in an example").isEnabled()
    assert focused().accessibleName() == "Person's ID"
    desk.session.undo_stack.undo()
    assert desk.session.draft == before


def test_a_required_field_says_nothing_before_it_was_visited(desk: Desk) -> None:
    desk.session.choose_type("screen")
    key = ("properties", "$screen_name")
    assert desk.words(*key)[2] == ""
    walk(desk.form)
    assert desk.words(*key)[2] == "The event has no effect without it. Fill it in."
    label = next(w for w in desk.form.findChildren(QLabel) if w.buddy() and "Screen" in w.text())
    assert label.accessibleName() == "Screen name, required"


def test_a_problem_stands_beside_its_field(desk: Desk) -> None:
    desk.session.set_value(("distinct_id",), "undefined")
    assert "real person" in desk.words("distinct_id")[2]
    assert desk.words("properties")[2] == ""
    desk.session.set_value(("distinct_id",), "customer-42")
    assert desk.words("distinct_id")[2] == ""
    assert "customer number" in desk.words("distinct_id")[0]


def test_the_form_waits_while_the_json_does_not_parse(desk: Desk) -> None:
    wanted = QSignalSpy(desk.form.fault_wanted)
    desk.session.set_text('{"event": ')
    line = named(desk.form, "Person's ID", QLineEdit)
    assert (line.text(), line.isEnabled()) == ("customer-42", False)
    click(desk.form, "Go to the fault")
    assert wanted.count() == 1
    click(desk.form, "Discard the JSON edit")
    assert desk.session.draft.fault is None
    assert line.isEnabled()
    assert "The JSON does not parse, so the form waits." not in labels(desk)


def test_the_cursor_goes_to_any_member(desk: Desk) -> None:
    def name() -> str:
        return focused().accessibleName()

    desk.form.focus_first()
    assert name() == "Event name"
    desk.form.focus_path(("properties", "seats"))
    assert name() == "Property 2 value"
    desk.form.focus_path(("uuid",))
    assert name() == "Event ID"
    desk.settle()
    focus = focused()
    assert desk.form.rect().contains(focus.mapTo(desk.form, QPoint(0, focus.height())))
    desk.form.focus_path(("properties", "$insert_id"))
    assert name() == "Insert ID (old)"
    desk.session.set_value(("properties", "$set", "plan"), "pro")
    desk.form.focus_path(("properties", "$set", "plan"))
    assert name() == "Also update the person 1 value"
    desk.form.focus_path(("nowhere",))
    assert name() == "Also update the person 1 value"


def test_a_foreign_value_can_be_gone_to_in_the_json(desk: Desk) -> None:
    wanted = QSignalSpy(desk.form.json_wanted)
    desk.session.set_value(("distinct_id",), Number("23"))
    assert desk.words("distinct_id")[1] == "A number in the JSON."
    click(desk.form, "Show Person's ID in the JSON")
    assert wanted.at(0) == [("distinct_id",)]


def test_undo_keys_go_to_the_window(desk: Desk) -> None:
    fields = [*desk.form.findChildren(QLineEdit), *desk.form.findChildren(QComboBox)]
    for field in (field for field in fields if isinstance(field, QLineEdit)):
        assert any("UndoPassThrough" in type(child).__name__ for child in field.children())


class Shown(QObject):
    """Notes each window of its own that appears, be it for a moment."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(type(watched).__name__)
        return False


def test_building_a_form_flashes_no_window(desk: Desk, qapp: QApplication) -> None:
    shown = Shown()
    qapp.installEventFilter(shown)
    for event_type in ALL:
        desk.session.open(full_draft(desk, event_type))
        open_whole(desk)
        desk.session.open(full_draft(desk, event_type, Number("5")))
        click(desk.form, add_button(event_type))
        desk.settle()
    qapp.removeEventFilter(shown)
    assert shown.windows == []


def test_another_type_shows_its_top(desk: Desk) -> None:
    desk.form.resize(520, 300)
    desk.form.focus_path(("properties", "$insert_id"))
    desk.settle()
    desk.session.choose_type("alias")
    desk.settle()
    page = desk.page
    assert page.mapTo(desk.form, QPoint(0, 0)).y() == 0


@pytest.mark.parametrize("event_type", ALL, ids=lambda event_type: event_type.id)
def test_the_links_of_the_head_keep_their_corner(desk: Desk, event_type: EventType) -> None:
    desk.session.choose_type(event_type.id)
    desk.settle()
    link = named(desk.form, "PostHog docs")
    place = link.mapTo(desk.page, link.rect().topRight())
    assert place.y() < 30
    assert desk.page.width() - place.x() < 30
