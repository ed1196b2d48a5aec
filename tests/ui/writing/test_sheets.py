"""The panes with a command or with code: the choices over it, the text, the notes below it."""

from __future__ import annotations

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from composer.core.curl import Style, render as render_command
from composer.core.shells import Shell
from composer.core.snippets import TARGETS, render as render_code
from composer.core.tokens import KeyMode
from composer.ui.passages import SHOWN
from composer.ui.widgets import CodeView, Combo
from composer.ui.writing.code_sheet import CodeSheet
from composer.ui.writing.curl_sheet import CurlSheet
from composer.ui.writing.sheet import Notes, Sheet
from composer.ui.writing.wishes import code_wish, curl_wish
from tests.helpers.stage import EU, Stage, nameless
from tests.helpers.window import named, wait_until

BODY = f'{{"api_key": "{EU.token}", "event": "e", "distinct_id": "p"}}'.encode()


def curl_sheet(stage: Stage, width: int = 420, height: int = 500) -> CurlSheet:
    sheet = CurlSheet("curl", stage.preferences, stage.copier.new_writer())
    stage.show(sheet, width, height)
    return sheet


def code_sheet(stage: Stage, width: int = 420, height: int = 500) -> CodeSheet:
    sheet = CodeSheet("Code", stage.preferences, stage.copier.new_writer())
    stage.show(sheet, width, height)
    return sheet


def text(sheet: Sheet) -> str:
    return sheet.findChildren(CodeView)[0].text()


def notes(sheet: Sheet) -> Notes:
    return sheet.findChildren(Notes)[0]


def choose(combo: Combo, words: str) -> None:
    """As a person does."""
    combo.setCurrentIndex(combo.findText(words))
    combo.activated.emit(combo.currentIndex())


async def test_the_command_follows_the_choices_and_they_are_kept(stage: Stage) -> None:
    sheet = curl_sheet(stage)
    request = stage.request(BODY, EU)
    stage.preferences.changed.connect(lambda: sheet.show_request(request, EU))
    choose(named(sheet, "Shell of the curl command", Combo), "PowerShell")
    choose(named(sheet, "Layout of the curl command", Combo), "One line")
    settings = stage.preferences.settings
    assert (settings.copy_shell, settings.copy_style) == (Shell.POWERSHELL, Style.ONE_LINE)
    command = render_command(request, key=KeyMode.ENV, shell=Shell.POWERSHELL, style=Style.ONE_LINE)
    assert text(sheet) == command.text
    assert notes(sheet).said == command.notes
    assert notes(sheet).isVisible()


async def test_a_choice_made_elsewhere_is_shown(stage: Stage) -> None:
    curl, code = curl_sheet(stage), code_sheet(stage)
    stage.preferences.change(copy_shell=Shell.CMD, copy_style=Style.DOCS, code_target="go")
    assert named(curl, "Shell of the curl command", Combo).currentText() == "Windows cmd"
    assert named(curl, "Layout of the curl command", Combo).currentText() == "As in the docs"
    assert named(code, "Language of the code", Combo).currentText() == "Go (net/http)"


async def test_every_language_can_be_chosen_and_headings_cannot(stage: Stage) -> None:
    sheet = code_sheet(stage)
    combo = named(sheet, "Language of the code", Combo)
    listed = [combo.itemText(row) for row in range(combo.count())]
    labels = [target.label for target in TARGETS]
    assert [words for words in listed if words in labels] == labels
    assert [words for words in listed if words not in labels] == ["Languages", "PostHog SDKs"]
    request = stage.request(BODY, EU)
    for target in TARGETS:
        choose(combo, target.label)
        assert stage.preferences.settings.code_target == target.id
        sheet.show_request(request)
        assert text(sheet) == render_code(target.id, request, KeyMode.INLINE).text
    combo.setFocus()
    first_sdk = listed.index("PostHog SDKs") + 1
    combo.setCurrentIndex(first_sdk - 2)
    QTest.keyClick(combo, Qt.Key.Key_Down)
    assert combo.currentIndex() == first_sdk
    QTest.keyClick(combo, Qt.Key.Key_Home)
    assert combo.currentText() == labels[0]


async def test_a_language_that_is_not_there_shows_the_first(stage: Stage) -> None:
    stage.preferences.change(code_target="cobol")
    combo = named(code_sheet(stage), "Language of the code", Combo)
    assert combo.currentText() == TARGETS[0].label


@pytest.mark.parametrize("key", KeyMode)
async def test_a_hidden_token_is_in_no_shell_on_screen(stage: Stage, key: KeyMode) -> None:
    stage.preferences.change(hide_key=True, copy_key=key)
    curl, code = curl_sheet(stage), code_sheet(stage)
    request = stage.request(BODY, EU)
    for shell in Shell:
        stage.preferences.change(copy_shell=shell)
        curl.show_request(request, EU)
        assert '"event"' in text(curl).replace("\\", "")
        assert EU.token not in text(curl)
    for target in TARGETS:
        stage.preferences.change(code_target=target.id)
        code.show_request(request)
        assert text(code)
        assert EU.token not in text(code)


async def test_of_a_long_command_the_beginning_is_shown_and_it_is_said(stage: Stage) -> None:
    sheet = curl_sheet(stage)
    sheet.show_request(stage.request(b'"' + b"it's " * 100_000 + b'"'))
    await wait_until(lambda: notes(sheet).said, "the command")
    assert len(text(sheet)) <= SHOWN
    assert "Copy takes all of them." in notes(sheet).said[0]
    assert len(notes(sheet).said) == 2


async def test_while_it_takes_long_it_says_what_is_being_made(stage: Stage) -> None:
    writer = stage.copier.new_writer()
    sheet = CurlSheet("curl", stage.preferences, writer)
    stage.preferences.change(copy_shell=Shell.POWERSHELL)
    sheet.show_request(stage.request(BODY))
    assert notes(sheet).said
    writer.slow.emit(curl_wish(stage.preferences, stage.request(BODY)))
    assert (text(sheet), notes(sheet).said) == ("Making the command…", ())
    writer.slow.emit(code_wish(stage.preferences, stage.request(BODY)))
    assert text(sheet) == "Making the code…"


async def test_words_stand_in_for_what_cannot_be_written(stage: Stage) -> None:
    sheet = curl_sheet(stage)
    stage.preferences.change(copy_shell=Shell.POWERSHELL)
    sheet.show_request(stage.request(BODY))
    sheet.show_words("There is no address yet.")
    assert text(sheet) == "There is no address yet."
    assert not notes(sheet).isVisible()
    assert notes(sheet).said == ()


async def test_words_are_not_overwritten_by_a_command_that_was_still_being_made(
    stage: Stage,
) -> None:
    sheet = curl_sheet(stage)
    sheet.show_request(stage.request(b"x" * 100_000))
    sheet.show_words("")
    await asyncio.sleep(0.3)
    assert text(sheet) == ""


async def test_notes_are_as_high_as_they_need_and_scroll_where_there_is_no_room(
    stage: Stage,
) -> None:
    stage.preferences.change(code_target="posthog-go")
    roomy, tight = code_sheet(stage, 420, 900), code_sheet(stage, 420, 160)
    for sheet in (roomy, tight):
        sheet.show_request(stage.request(BODY))
    shown = notes(roomy)
    assert len(shown.said) > 1
    assert shown.verticalScrollBar().maximum() == 0
    assert shown.focusPolicy() is Qt.FocusPolicy.NoFocus
    short = notes(tight)
    assert short.verticalScrollBar().maximum() > 0
    assert short.height() <= 80
    assert short.focusPolicy() is Qt.FocusPolicy.StrongFocus
    assert short.accessibleDescription() == " ".join(short.said)


async def test_everything_that_the_keyboard_reaches_has_a_name(stage: Stage) -> None:
    stage.preferences.change(copy_shell=Shell.POWERSHELL)
    curl, code = curl_sheet(stage, 420, 160), code_sheet(stage, 420, 160)
    curl.show_request(stage.request(BODY))
    code.show_request(stage.request(BODY))
    assert nameless(curl) == nameless(code) == []
