"""The Templates place: keep an event under a name, find it, open it, rename it, delete it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.modeltest import ModelTester

from composer.core.draft import Draft
from composer.core.events import by_id
from composer.ui.lists.grid import Grid
from composer.ui.templates.model import TemplatesModel
from composer.ui.templates.page import TemplatesPage
from composer.ui.templates.save_bar import SaveBar
from composer.ui.widgets import CodeView, LineEdit, Severity
from tests.helpers.list_page import ListPage
from tests.helpers.stage import Stage, nameless
from tests.helpers.window import click, named, type_into, wait_until


class Place(ListPage):
    """A page and how a test looks at it."""

    def __init__(self, stage: Stage) -> None:
        self.page = TemplatesPage(stage.environment.templates, stage.messages)
        super().__init__(self.page)
        self.opened: list[Draft] = []
        self.page.open_wanted.connect(self.opened.append)
        stage.show(self.page)

    @property
    def names(self) -> list[str]:
        return [row[0] for row in self.cells()]


def place_with(stage: Stage, *names: str) -> Place:
    place = Place(stage)
    for name in names:
        place.page.save_current(name, stage.draft(f"event of {name}"))
    return place


async def test_no_templates_say_what_they_are_for(stage: Stage) -> None:
    place = Place(stage)
    wanted: list[bool] = []
    place.page.compose_wanted.connect(lambda: wanted.append(True))
    assert place.emptiness == "No templates yet"
    button = next(b for b in place.page.findChildren(QPushButton) if b.text() == "Compose an event")
    button.click()
    assert wanted == [True]


async def test_templates_are_listed_and_the_chosen_one_is_shown(stage: Stage) -> None:
    place = place_with(stage, "zebra", "Ape")
    assert place.names == ["Ape", "zebra"]
    assert place.chosen == "Ape"
    text = named(place.page, "Template JSON", CodeView).text()
    assert '"event": "event of Ape"' in text
    assert "uuid" not in text
    assert "api_key" not in text
    model = place.table.model()
    assert model.index(0, 1).data() == "Custom event"
    assert model.index(0, 2).data() == "21 November 2026"


async def test_enter_opens_the_template_for_a_fresh_id_and_time(stage: Stage) -> None:
    place = place_with(stage, "one", "two")
    place.table.choose(1)
    QTest.keyClick(place.table, Qt.Key.Key_Return)
    (draft,) = place.opened
    assert draft.payload.get("event") == "event of two"
    assert draft.generated == {"uuid", "timestamp"}


async def test_a_search_narrows_the_list_by_name_type_event_and_person(stage: Stage) -> None:
    place = place_with(stage, "one", "two")
    page_view = stage.draft("x", "anna@shop.example").as_type(by_id("identify"))
    place.page.save_current("three", page_view)
    field = named(place.page, "Search templates", LineEdit)
    for text, found in (
        ("TW", ["two"]),
        ("event of one", ["one"]),
        ("anna@", ["three"]),
        (page_view.event_type.title, ["three"]),
        ("", ["one", "three", "two"]),
        ("nowhere", []),
    ):
        type_into(field, text)
        if not text:
            QTest.keyClick(field, Qt.Key.Key_Delete)
        assert place.names == found
    assert place.emptiness == "No template matches"


async def test_a_delete_can_be_undone(stage: Stage) -> None:
    place = place_with(stage, "a", "b", "c")
    place.table.choose(1)
    before = stage.environment.templates.all()
    click(place.page, "Delete template")
    assert place.names == ["a", "c"]
    assert place.chosen == "c"
    message = stage.said[-1]
    assert (message.text, message.action) == ("Deleted “b”.", "Undo")
    assert message.run is not None
    message.run()
    assert stage.environment.templates.all() == before
    assert place.chosen == "b"


async def test_the_delete_key_deletes(stage: Stage) -> None:
    place = place_with(stage, "a")
    place.page.activateWindow()
    place.table.setFocus()
    await wait_until(place.table.hasFocus, "the focus")
    QTest.keyClick(place.table, Qt.Key.Key_Delete)
    assert place.names == []


async def test_a_used_name_keeps_both_and_offers_to_replace(stage: Stage) -> None:
    place = place_with(stage, "Upgrade")
    place.page.save_current("upgrade", stage.draft("newer"))
    assert place.names == ["Upgrade", "upgrade 2"]
    message = stage.said[-1]
    assert message.action == "Replace the old one"
    assert message.run is not None
    message.run()
    (kept,) = stage.environment.templates.all()
    assert kept.name == "Upgrade"
    assert kept.draft.payload.get("event") == "newer"
    assert place.chosen == "Upgrade"


async def test_a_template_can_be_renamed_in_place(stage: Stage) -> None:
    place = place_with(stage, "old", "other")
    place.table.choose(0)
    click(place.page, "Rename template")
    field = named(place.page, "Template name", LineEdit)
    assert field.text() == "old"
    type_into(field, "  new ")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert place.names == ["new", "other"]
    assert place.chosen == "new"
    assert not field.isVisible()


async def test_a_rename_takes_no_other_templates_name(stage: Stage) -> None:
    place = place_with(stage, "old", "other")
    place.table.choose(0)
    place.page.findChildren(SaveBar)[0].saved.emit("Other")
    assert place.names == ["old", "other"]
    assert stage.said[-1].severity is Severity.WARNING


async def test_a_folder_that_cannot_be_written_is_told(stage: Stage) -> None:
    place = Place(stage)
    stage.environment.profile.templates.write_text("a file in the folder's place")
    place.page.save_current("name", stage.draft())
    assert stage.said[-1].severity is Severity.ERROR
    assert "is not a folder" in stage.said[-1].text


async def test_coming_back_shows_what_another_window_saved(stage: Stage) -> None:
    place = Place(stage)
    place.page.hide()
    stage.environment.templates.save("elsewhere", stage.draft())
    place.page.show()
    assert place.names == ["elsewhere"]


async def test_everything_that_the_keyboard_reaches_has_a_name(stage: Stage) -> None:
    place = place_with(stage, "a")
    click(place.page, "Rename template")
    assert named(place.page, "Templates", Grid) is place.table
    assert nameless(place.page) == []


async def test_the_model_keeps_qts_contract(stage: Stage, qtmodeltester: ModelTester) -> None:
    place_with(stage, "a", "b")
    model = TemplatesModel()
    model.show_all(stage.environment.templates.all())
    qtmodeltester.check(model, force_py=True)


class Line:
    """The line that names a template, and what it said."""

    def __init__(self, stage: Stage) -> None:
        self.bar = SaveBar()
        self.saved: list[str] = []
        self.dismissals = 0
        self.bar.saved.connect(self.saved.append)
        self.bar.dismissed.connect(self._on_dismissed)
        stage.show(self.bar, 500, 46)
        self.bar.hide()

    def _on_dismissed(self) -> None:
        self.dismissals += 1


async def test_the_line_asks_with_a_name_that_typing_replaces(stage: Stage) -> None:
    line = Line(stage)
    line.bar.ask("plan\nupgraded  · customer-42")
    field = named(line.bar, "Template name", LineEdit)
    assert field.text() == field.selectedText() == "plan upgraded · customer-42"
    type_into(field, "mine")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert line.saved == ["mine"]
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
