"""The preview: what each tab shows, the layouts, the eye, the way to a value."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from composer.core.curl import render
from composer.core.destination import SANDBOX_TOKEN
from composer.core.jsontext import Layout, Path
from composer.core.snippets import render as render_code
from composer.core.tokens import KeyMode
from composer.ui.preview import reader
from composer.ui.preview.json_editor import DOT
from composer.ui.preview.pane import CODE, CURL, JSON, REQUEST
from composer.ui.send.bar import SendBar
from composer.ui.widgets import Combo, ElidedLabel, FlowNote, LinkButton
from tests.helpers.batch import a_batch
from tests.helpers.stage import EU, nameless
from tests.helpers.window import click, named, type_into, wait_until
from tests.ui.preview.driver import Preview

BROKEN = '{\n  "event": "x",\n  "distinct_id": oops\n}'
TYPED = '{"api_key":"phc_typed",   "event":"x", "distinct_id":"p"}'


async def test_it_opens_with_the_json_that_would_be_sent(preview: Preview) -> None:
    request = preview.session.request
    assert request is not None
    assert preview.tabs.currentIndex() == JSON
    assert preview.show(JSON).text().encode() == request.body
    assert nameless(preview.pane) == []


async def test_each_tab_shows_the_request_that_would_be_sent(preview: Preview) -> None:
    request = preview.session.request
    assert request is not None
    assert preview.show(CURL).text() == render(request).text
    assert preview.show(CODE).text() == render_code("python-httpx", request, KeyMode.INLINE).text
    assert preview.show(REQUEST).text() == request.head


@pytest.mark.parametrize("tab", [CURL, CODE, REQUEST])
async def test_the_tab_in_front_follows_each_edit(preview: Preview, tab: int) -> None:
    before = preview.show(tab).text()
    preview.session.set_value(("event",), "something much longer than before")
    assert preview.show(tab).text() != before


async def test_a_tab_that_comes_to_the_front_is_of_now(preview: Preview) -> None:
    preview.show(CURL)
    preview.show(JSON)
    preview.session.set_value(("event",), "later")
    assert '"later"' in preview.show(CURL).text()


@pytest.mark.parametrize("tab", [CURL, CODE, REQUEST])
async def test_where_nothing_can_be_sent_the_tabs_say_why(preview: Preview, tab: int) -> None:
    preview.stage.preferences.change(destination_id="self_hosted")
    assert preview.show(tab).text() == preview.session.obstacle
    assert preview.session.obstacle


async def test_what_is_typed_is_in_the_draft_and_on_the_wire(preview: Preview) -> None:
    preview.pane.json.show_text("")
    type_into(preview.pane.json, TYPED)
    assert preview.session.draft.payload.get("event") == "x"
    request = preview.session.request
    assert request is not None
    assert request.body == TYPED.encode()


async def test_odd_characters_stay_exact_through_an_edit_and_on_the_wire(preview: Preview) -> None:
    text = '{"event": "\u2028\u2029\u00a0",\r\n "distinct_id": "p"}'
    preview.session.set_text(text)
    preview.pane.json.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(preview.pane.json, " ")
    request = preview.session.request
    assert request is not None
    assert request.body == f"{text} ".encode()


# Layouts


async def test_the_layouts_are_written_into_json_and_body(preview: Preview) -> None:
    preview.choose_layout("Compact")
    assert preview.stage.preferences.settings.layout is Layout.COMPACT
    assert "\n" not in preview.pane.json.exact_text
    preview.choose_layout("Pretty")
    assert preview.pane.json.exact_text.startswith("{\n  ")


async def test_a_persons_own_spacing_is_called_as_typed_for_as_long_as_it_stands(
    preview: Preview,
) -> None:
    assert preview.listed == ["Pretty", "Compact"]
    preview.session.set_text(TYPED)
    assert preview.listed == ["Pretty", "Compact", "As typed"]
    assert preview.layouts.currentText() == "As typed"
    preview.session.set_value(("event",), "y")
    assert preview.listed == ["Pretty", "Compact"]
    assert preview.layouts.currentText() == "Pretty"


async def test_choosing_as_typed_changes_nothing(preview: Preview) -> None:
    preview.session.set_text(TYPED)
    before = preview.session.draft
    preview.choose_layout("As typed")
    assert preview.session.draft == before
    assert preview.session.text == TYPED


@pytest.mark.parametrize("words", ["Pretty", "Compact"])
async def test_a_layout_chosen_over_typed_text_is_written_also_if_it_was_chosen_before(
    preview: Preview, words: str
) -> None:
    preview.choose_layout(words)
    preview.session.set_text(TYPED)
    preview.choose_layout(words)
    assert preview.session.text != TYPED
    assert preview.layouts.currentText() == words
    preview.session.undo_stack.undo()
    assert preview.session.text == TYPED
    assert preview.layouts.currentText() == "As typed"


# The eye


async def test_the_eye_hides_the_token_on_screen_and_not_on_the_wire(preview: Preview) -> None:
    click(preview.pane, "Hide the project token on screen")
    assert preview.stage.preferences.settings.hide_key
    assert SANDBOX_TOKEN not in preview.show(JSON).toPlainText()
    assert SANDBOX_TOKEN in preview.pane.json.exact_text
    request = preview.session.request
    assert request is not None
    assert SANDBOX_TOKEN.encode() in request.body
    click(preview.pane, "Show the project token")
    assert SANDBOX_TOKEN in preview.show(JSON).toPlainText()


async def test_the_eye_hides_secrets_in_headers_too(preview: Preview) -> None:
    preferences = preview.stage.preferences
    place = replace(preferences.destination, headers=(("X-Api-Key", "0123456789"),))
    preferences.change_destination(place)
    view = preview.show(REQUEST)
    assert "X-Api-Key: 0123456789" in view.toPlainText()
    preferences.change(hide_key=True, copy_key=KeyMode.MASKED)
    assert "X-Api-Key: …" in view.toPlainText()
    click(preview.pane, "Copy")
    assert "0123456789" not in preview.stage.copied[-1]


async def test_the_eye_follows_the_settings(preview: Preview) -> None:
    preview.stage.preferences.change(hide_key=True)
    eye = named(preview.pane, "Show the project token", QAbstractButton)
    assert eye.isChecked()
    preview.stage.preferences.change(hide_key=False)
    assert not eye.isChecked()


@pytest.mark.parametrize("tab", [CURL, CODE])
@pytest.mark.parametrize("key", KeyMode)
async def test_a_hidden_token_is_not_in_command_or_code_on_screen_either(
    preview: Preview, key: KeyMode, tab: int
) -> None:
    preview.stage.preferences.change(copy_key=key)
    command = preview.show(tab)
    preview.stage.preferences.change(hide_key=True)
    assert SANDBOX_TOKEN not in command.text()
    click(preview.pane, "Copy")  # what is copied is the person's choice as before
    assert (SANDBOX_TOKEN in preview.stage.copied[0]) == (key is KeyMode.INLINE)
    preview.stage.preferences.change(hide_key=False)
    assert (SANDBOX_TOKEN in command.text()) == (key is KeyMode.INLINE)


async def test_a_token_that_comes_with_an_edit_is_hidden_as_well(preview: Preview) -> None:
    preview.stage.preferences.change(hide_key=True)
    preview.session.set_text('{"api_key": "phx_personal", "event": "x", "distinct_id": "p"}')
    assert "phx_personal" not in preview.pane.json.toPlainText()
    preview.session.undo_stack.undo()
    assert SANDBOX_TOKEN not in preview.pane.json.toPlainText()
    assert DOT * len(SANDBOX_TOKEN) in preview.pane.json.toPlainText()


async def test_a_hidden_token_stays_hidden_while_it_is_typed_into(preview: Preview) -> None:
    preview.stage.preferences.change(hide_key=True)
    at = preview.pane.json.exact_text.index(SANDBOX_TOKEN) + 4
    cursor = preview.pane.json.textCursor()
    cursor.setPosition(at)
    cursor.insertText("x")
    changed = f"phc_x{SANDBOX_TOKEN[4:]}"
    assert preview.session.token == changed
    assert DOT * len(changed) in preview.pane.json.toPlainText()


# Copying


async def test_a_fault_is_said_above_the_json_until_it_is_mended(preview: Preview) -> None:
    preview.session.set_text(BROKEN)
    assert preview.notice.isVisible()
    assert preview.notice.text.startswith("Line 3, column 18: ")
    assert preview.pane.json.exact_text == BROKEN
    preview.session.set_text(BROKEN.replace("oops", '"p"'))
    assert not preview.notice.isVisible()


async def test_go_there_puts_the_cursor_on_the_fault_from_any_tab(preview: Preview) -> None:
    preview.pane.activateWindow()
    preview.session.set_text(BROKEN)
    preview.show(CURL)
    next(b for b in preview.notice.findChildren(LinkButton) if b.text() == "Go there").click()
    assert preview.tabs.currentIndex() == JSON
    assert preview.cursor == BROKEN.index("oops")
    assert preview.pane.json.hasFocus()


async def test_without_a_fault_the_cursor_stays(preview: Preview) -> None:
    preview.pane.json.go_to(3, 5)
    before = preview.cursor
    preview.pane.go_to_fault()
    assert preview.cursor == before > 0


@pytest.mark.parametrize("hidden", [False, True])
async def test_the_way_to_a_value_ends_at_its_first_character(
    preview: Preview, hidden: bool
) -> None:
    preview.pane.activateWindow()
    preview.stage.preferences.change(hide_key=hidden)
    begins: dict[Path, str] = {
        ("event",): '"plan u',
        ("distinct_id",): '"cust',
        ("properties",): "{\n",
        ("properties", "seats"): "14",
    }
    for path, begin in begins.items():
        preview.show(REQUEST)
        preview.pane.go_to_value(path)
        assert preview.tabs.currentIndex() == JSON
        assert preview.pane.json.hasFocus()
        assert preview.session.text[preview.cursor :].startswith(begin)


async def test_a_value_that_is_not_there_leaves_the_cursor(preview: Preview) -> None:
    preview.pane.json.go_to(2, 3)
    before = preview.cursor
    preview.pane.go_to_value(("properties", "nothing"))
    assert preview.cursor == before
    preview.session.set_text(BROKEN)
    preview.pane.go_to_value(("event",))
    assert preview.pane.json.exact_text == BROKEN


# The footer


async def test_the_footer_names_size_and_hash_of_the_body(preview: Preview) -> None:
    request = preview.session.request
    assert request is not None
    facts = preview.pane.findChildren(ElidedLabel)[0]
    assert facts.full_text == f"{len(request.body)} bytes · sha256 {request.sha256[:8]}…"
    assert facts.accessibleDescription() == request.sha256
    preview.session.set_text(BROKEN)
    assert facts.full_text == "nothing to send yet"


async def test_path_and_key_are_chosen_in_the_footer(preview: Preview) -> None:
    paths = named(preview.pane, "Path", Combo)
    keys = named(preview.pane, "Key on copy", Combo)
    assert keys.value() == KeyMode.INLINE
    paths.activated.emit(paths.findData("/capture/"))
    keys.activated.emit(keys.findData(KeyMode.MASKED))
    request = preview.session.request
    assert request is not None
    assert request.url.endswith("/capture/")
    assert preview.stage.preferences.copy_key is KeyMode.MASKED
    preview.stage.preferences.change_destination(EU)
    preview.stage.preferences.change(destination_id="eu")
    assert paths.currentText() == "POST /i/v0/e/"


# Large text


async def test_send_is_off_with_the_reason_until_large_text_is_read(
    preview: Preview, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "PAUSE", 0.05)
    bar = SendBar(preview.session, a_batch(preview.stage), preview.stage.sends)
    preview.stage.show(bar, 520, 100)
    note = bar.findChildren(FlowNote)[0]
    preview.session.set_value(("properties", "note"), "x" * reader.AT_ONCE)
    assert bar.send.isEnabled()
    await wait_until(lambda: not preview.pane.json.isReadOnly(), "the text in the editor")
    cursor = preview.pane.json.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.insertText(" ")
    assert not bar.send.isEnabled()
    assert note.isVisible()
    assert note.text() == "Send is off. The JSON is still being read."
    await wait_until(bar.send.isEnabled, "Send")
    assert not note.isVisible()
    request = preview.session.request
    assert request is not None
    assert request.body == preview.pane.json.exact_text.encode()
    assert request.body.endswith(b"} ")
