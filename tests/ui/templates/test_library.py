"""The list of templates: find, open, rename, move, tag, duplicate and delete in place."""

import json
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QPlainTextEdit

from composer.ui.lists.grid import Grid
from composer.ui.templates.detail import Sheet
from composer.ui.widgets import CodeView, Combo, FlowNote, LineEdit, Severity
from tests.helpers.stage import nameless
from tests.helpers.templates import SEQUENCE, TemplatesPlace, event, template
from tests.helpers.window import click, name_of, named, type_into


async def test_own_templates_come_first_and_starters_below_them(place: TemplatesPlace) -> None:
    await place.keep(template("Refund", folder="Billing"), template("loose"))
    column = [row[0] for row in place.cells()]
    assert column[:4] == ["Not in a folder", "loose", "Billing", "Refund"]
    assert any(title.startswith("Starters") for title in column[4:])


async def test_without_own_templates_the_place_says_how_to_get_one(place: TemplatesPlace) -> None:
    await place.read()

    def shown() -> list[str]:
        notes = place.library.findChildren(FlowNote)
        return [
            note.text() for note in notes if "none is your own" in note.text() and note.isVisible()
        ]

    assert len(shown()) == 1
    await place.keep(template("one"))
    assert shown() == []


async def test_the_chosen_template_is_shown_without_what_is_made_afresh(
    place: TemplatesPlace,
) -> None:
    await place.keep(template("Ape"), template("zebra", tags=("animal",), description="Why"))
    place.choose("zebra")
    assert place.chosen == "zebra"
    assert named(place.library, "Tags", LineEdit).text() == "animal"
    assert named(place.library, "Description", QPlainTextEdit).toPlainText() == "Why"
    place.library.detail.show_sheet(Sheet.EVENTS)
    text = named(place.library, "Template JSON", CodeView).text()
    assert '"event": "event of zebra"' in text
    assert "api_key" not in text


async def test_a_search_looks_at_name_description_tags_event_and_person(
    place: TemplatesPlace,
) -> None:
    await place.keep(
        template("one", event("paid", "anna@shop.example")),
        template("two", tags=("billing",)),
        template("three", description="for the trade fair", folder="Fairs"),
    )
    field = named(place.library, "Search templates", LineEdit)
    for text, found in (
        ("TW", ["two"]),
        ("anna@ paid", ["one"]),
        ("billing", ["two"]),
        ("trade fair", ["three"]),
        ("fairs three", ["three"]),
        ("nowhere-at-all", []),
    ):
        type_into(field, text)
        assert place.names == found
    assert place.emptiness == "No template matches"
    click(place.library, "Show all templates")
    assert place.names == ["one", "two", "three"]


async def test_a_folder_and_a_tag_narrow_the_list_down(place: TemplatesPlace) -> None:
    await place.keep(
        template("loose", tags=("a",)),
        template("inside", folder="Billing", tags=("a", "b")),
        template("deep", folder="Billing/Refunds"),
    )
    folders = named(place.library, "Show folder", Combo)
    for words, found in (
        ("Billing", ["inside", "deep"]),
        ("Billing › Refunds", ["deep"]),
        ("Not in a folder", ["loose"]),
        ("Starters", []),
        ("All folders", ["loose", "inside", "deep"]),
    ):
        folders.setCurrentIndex(folders.findText(words))
        folders.activated.emit(folders.currentIndex())
        assert place.names == found
    tags = named(place.library, "Show tag", Combo)
    tags.setCurrentIndex(tags.findText("b"))
    tags.activated.emit(tags.currentIndex())
    assert place.names == ["inside"]


async def test_enter_opens_a_template_as_a_new_event(place: TemplatesPlace) -> None:
    await place.keep(template("one"), template("two"))
    place.choose("two")
    QTest.keyClick(place.table, Qt.Key.Key_Return)
    session = place.bench.session
    assert session.draft.payload.get("event") == "event of two"
    assert session.token == session.destination.token


async def test_a_name_is_changed_where_it_stands_and_can_be_undone(place: TemplatesPlace) -> None:
    await place.keep(template("old"), template("other"))
    place.choose("old")
    place.table.setFocus()
    QTest.keyClick(place.table, Qt.Key.Key_F2)
    field = named(place.library, "Template name", LineEdit)
    type_into(field, "new")
    QTest.keyClick(field, Qt.Key.Key_Return)
    message = await place.told("Changed")
    assert [one.name for one in place.own] == ["new", "other"]
    assert place.chosen == "new"
    assert message.run is not None
    message.run()
    await place.until(lambda: [one.name for one in place.own] == ["old", "other"], "the undo")


async def test_a_name_that_is_taken_is_refused_in_words(place: TemplatesPlace) -> None:
    await place.keep(template("old"), template("Other"))
    place.choose("old")
    field = named(place.library, "Template name", LineEdit)
    type_into(field, "other")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert place.said[-1].severity is Severity.WARNING
    assert "There is a template “other” here already" in place.said[-1].text
    assert [one.name for one in place.own] == ["old", "Other"]


async def test_escape_takes_a_half_typed_name_back(place: TemplatesPlace) -> None:
    await place.keep(template("old"))
    place.choose("old")
    field = named(place.library, "Template name", LineEdit)
    type_into(field, "half")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "old"


async def test_tags_and_description_are_kept_together(place: TemplatesPlace) -> None:
    await place.keep(template("one"))
    place.choose("one")
    tags = named(place.library, "Tags", LineEdit)
    type_into(tags, " #billing, refund ,billing,")
    words = named(place.library, "Description", QPlainTextEdit)
    words.setFocus()
    words.setPlainText("When a refund was missed.")
    place.table.setFocus()  # each field is kept when it is left; the first save is still under way
    await place.until(
        lambda: (
            (place.own[0].tags, place.own[0].description)
            == (("billing", "refund"), "When a refund was missed.")
        ),
        "both edits",
    )
    await place.told("Changed")


async def test_a_template_is_moved_into_a_new_folder_and_back(place: TemplatesPlace) -> None:
    await place.keep(template("one"))
    place.choose("one")
    folder = named(place.library, "Folder", Combo)
    line = folder.lineEdit()
    assert line is not None
    type_into(line, "Support/Refunds")
    QTest.keyClick(line, Qt.Key.Key_Return)
    message = await place.told("Moved “one” to Support › Refunds")
    assert place.own[0].folder == "Support/Refunds"
    assert place.chosen == "one"
    assert message.run is not None
    message.run()
    await place.until(lambda: place.own[0].folder == "", "the undo")


async def test_a_delete_can_be_undone(place: TemplatesPlace) -> None:
    await place.keep(template("a"), template("b"), template("c"))
    place.choose("b")
    before = place.own
    click(place.library, "Delete template")
    message = await place.told("Deleted “b”")
    assert place.names == ["a", "c"]
    assert place.chosen == "c"
    assert message.run is not None
    message.run()
    await place.until(lambda: place.own == before, "the undo")
    await place.until(lambda: place.chosen == "b", "the choice")


async def test_several_that_are_chosen_are_deleted_together(place: TemplatesPlace) -> None:
    await place.keep(template("a"), template("b"), template("c"))
    place.choose("a")
    place.table.selectAll()
    place.table.setFocus()
    QTest.keyClick(place.table, Qt.Key.Key_Delete)
    await place.told("Deleted 3 templates")
    assert place.own == []


async def test_a_starter_is_read_only_and_can_be_copied(place: TemplatesPlace) -> None:
    await place.read()
    starter = next(one for one in place.pages.shelf.templates if one.is_starter)
    place.library.choose(starter.id)
    assert named(place.library, "Template name", LineEdit).isReadOnly()
    shown = [b for b in place.library.findChildren(QAbstractButton) if b.isVisible()]
    assert "Delete template" not in [name_of(button) for button in shown]
    click(place.library, "Save a copy of the template")
    await place.told("Saved as")
    (own,) = place.own
    assert (own.name, own.steps) == (starter.name, starter.steps)
    assert not own.is_starter


async def test_a_duplicate_gets_a_name_to_be_typed_over(place: TemplatesPlace) -> None:
    await place.keep(template("one", tags=("x",)))
    place.choose("one")
    click(place.library, "Duplicate of the template")
    await place.told("Saved as “one (copy)”")
    assert {one.name: one.tags for one in place.own} == {"one": ("x",), "one (copy)": ("x",)}
    assert named(place.library, "Template name", LineEdit).text() == "one (copy)"


async def test_a_prompt_is_edited_where_it_stands(place: TemplatesPlace) -> None:
    await place.keep(template("ask", event("paid", "{{customer_id}}")))
    place.choose("ask")
    place.library.detail.show_sheet(Sheet.PROMPTS)
    click(place.library, "Edit the prompt for customer_id")
    label = named(place.library, "Label of customer_id", LineEdit)
    type_into(label, "Customer")
    QTest.keyClick(label, Qt.Key.Key_Return)
    choices = named(place.library, "Choices of customer_id", LineEdit)
    type_into(choices, "ada, bob")
    QTest.keyClick(choices, Qt.Key.Key_Return)
    required = named(place.library, "customer_id is required", QAbstractButton)
    required.click()

    def kept() -> bool:
        found = place.own[0].variables
        return bool(found) and (found[0].label, found[0].choices, found[0].required) == (
            "Customer",
            ("ada", "bob"),
            False,
        )

    await place.until(kept, "the prompt")
    await place.told("Changed")


async def test_events_are_moved_removed_and_timed(place: TemplatesPlace) -> None:
    await place.keep(SEQUENCE)
    place.choose(SEQUENCE.name)
    place.library.detail.show_sheet(Sheet.EVENTS)
    steps = place.library.detail.steps

    def names() -> list[object]:
        return [step.draft.payload.get("event") for step in place.own[0].steps]

    steps.table.choose(2)
    click(place.library, "Move the event up")
    await place.until(lambda: names() == ["visited", "bought", "signed up"], "the move")
    assert steps.step == 1
    wait = named(place.library, "Seconds after the event before", LineEdit)
    type_into(wait, "90")
    QTest.keyClick(wait, Qt.Key.Key_Return)
    await place.until(lambda: place.own[0].steps[1].after == 90, "the time")
    click(place.library, "Remove the event from the template")
    await place.until(lambda: names() == ["visited", "signed up"], "the removal")
    await place.told("Changed")


async def test_a_wrong_time_is_marked_and_not_kept(place: TemplatesPlace) -> None:
    await place.keep(SEQUENCE)
    place.choose(SEQUENCE.name)
    place.library.detail.show_sheet(Sheet.EVENTS)
    place.library.detail.steps.table.choose(1)
    wait = named(place.library, "Seconds after the event before", LineEdit)
    type_into(wait, "soon")
    assert wait.property("problem") is True
    QTest.keyClick(wait, Qt.Key.Key_Return)
    assert place.own[0].steps[1].after == 1


async def test_what_changes_outside_appears_and_the_choice_stays(place: TemplatesPlace) -> None:
    await place.keep(template("a"), template("b"))
    place.choose("b")
    place.pages.shelf.attend(True)
    place.bench.services.templates.save(template("0 new"))
    await place.until(lambda: place.names == ["0 new", "a", "b"], "the new one")
    assert place.chosen == "b"


async def test_nothing_is_looked_at_while_the_place_is_hidden(place: TemplatesPlace) -> None:
    await place.keep(template("a"))
    assert place.pages.shelf.is_attending
    place.stack.hide()
    assert not place.pages.shelf.is_attending


async def test_a_change_elsewhere_meanwhile_keeps_both(place: TemplatesPlace) -> None:
    await place.keep(template("shared"))
    place.choose("shared")
    shown = place.own[0]
    change_outside(Path(place.bench.services.templates.folder, f"{shown.id}.json"))
    tags = named(place.library, "Tags", LineEdit)
    type_into(tags, "mine")
    QTest.keyClick(tags, Qt.Key.Key_Return)
    message = await place.told("“shared” was changed elsewhere meanwhile")
    assert message.severity is Severity.WARNING
    assert {one.description: one.tags for one in place.own} == {"theirs": (), "": ("mine",)}


async def test_a_folder_that_cannot_be_written_is_told(place: TemplatesPlace) -> None:
    await place.read()
    put_file_in_place_of(Path(place.bench.services.templates.folder))
    place.pages.template_desk.save_as("name")
    await place.until(
        lambda: any(one.severity is Severity.ERROR for one in place.said), "the words"
    )


async def test_everything_that_the_keyboard_reaches_has_a_name(place: TemplatesPlace) -> None:
    await place.keep(SEQUENCE)
    place.choose(SEQUENCE.name)
    assert named(place.library, "Templates", Grid) is place.table
    for sheet in Sheet:
        place.library.detail.show_sheet(sheet)
        assert nameless(place.page) == []


def change_outside(file: Path) -> None:
    """As a colleague's window saves the same template."""
    kept = json.loads(file.read_text(encoding="utf-8"))
    kept |= {"saved_at": "2026-01-02T03:04:05Z", "description": "theirs"}
    file.write_text(json.dumps(kept), encoding="utf-8")


def put_file_in_place_of(folder: Path) -> None:
    if folder.is_dir():
        folder.rmdir()
    folder.write_text("a file in the folder's place")
