"""The preview's copies: which text, how it carries the key, where shell and language are chosen."""

from __future__ import annotations

import asyncio

import pytest

from composer.core.curl import render
from composer.core.destination import SANDBOX_TOKEN, mask
from composer.core.shells import Shell
from composer.core.snippets import render as render_code
from composer.core.tokens import KeyMode
from composer.ui.preview.pane import CODE, CURL, JSON, REQUEST
from composer.ui.widgets import Combo
from tests.helpers.stage import nameless
from tests.helpers.window import click, named
from tests.ui.preview.driver import Preview

BROKEN = '{\n  "event": "x",\n  "distinct_id": oops\n}'
TYPED = '{"api_key":"phc_typed",   "event":"x", "distinct_id":"p"}'


@pytest.mark.parametrize("key", KeyMode)
async def test_copy_takes_the_json_with_the_key_as_chosen(preview: Preview, key: KeyMode) -> None:
    preview.stage.preferences.change(copy_key=key)
    preview.show(JSON)
    click(preview.pane, "Copy")
    carried = {
        KeyMode.INLINE: SANDBOX_TOKEN,
        KeyMode.ENV: "$POSTHOG_PROJECT_TOKEN",
        KeyMode.MASKED: mask(SANDBOX_TOKEN),
    }
    assert preview.stage.copied == [preview.session.text.replace(SANDBOX_TOKEN, carried[key])]


async def test_copy_takes_what_the_tab_in_front_shows(preview: Preview) -> None:
    for tab in (CURL, CODE, REQUEST):
        view = preview.show(tab)
        click(preview.pane, "Copy")
        assert preview.stage.copied[-1] == view.text()
    assert [said.text for said in preview.stage.said] == [
        "Copied the curl command, with the project token in full.",
        "Copied the code for Python (httpx), with the project token in full.",
        "Copied the request.",
    ]


async def test_where_nothing_can_be_sent_the_json_is_copied_from_every_tab(
    preview: Preview,
) -> None:
    preview.session.set_text(BROKEN)
    for tab in (JSON, CURL, CODE, REQUEST):
        preview.show(tab)
        click(preview.pane, "Copy")
    assert preview.stage.copied == [BROKEN] * 4
    assert {said.text for said in preview.stage.said} == {"Copied the JSON."}


async def test_shell_and_language_are_chosen_over_the_text_and_copied(preview: Preview) -> None:
    request = preview.session.request
    assert request is not None
    command = preview.show(CURL)
    choose(preview, "Shell of the curl command", "PowerShell")
    assert command.text() == render(request, shell=Shell.POWERSHELL).text
    click(preview.pane, "Copy")
    code = preview.show(CODE)
    choose(preview, "Language of the code", "posthog-node")
    assert code.text() == render_code("posthog-node", request, KeyMode.INLINE).text
    click(preview.pane, "Copy")
    assert preview.stage.copied == [command.text(), code.text()]
    assert [said.text.split(".")[0] for said in preview.stage.said] == [
        "Copied the curl command for PowerShell, with the project token in full",
        "Copied the code for posthog-node, with the project token in full",
    ]


def choose(preview: Preview, name: str, words: str) -> None:
    combo = named(preview.pane, name, Combo)
    combo.setCurrentIndex(combo.findText(words))
    combo.activated.emit(combo.currentIndex())


async def test_on_a_narrow_pane_no_tab_is_cut_off(preview: Preview) -> None:
    preview.session.set_text(TYPED)  # the longest words in the list of layouts
    assert preview.pane.minimumSizeHint().width() <= 460
    preview.pane.resize(460, 284)
    await asyncio.sleep(0.05)
    assert preview.tabs.tabRect(REQUEST).right() < preview.tabs.width()
    for tab in (JSON, CURL, CODE, REQUEST):
        preview.show(tab)
        assert nameless(preview.pane) == []


async def test_copying_is_no_edit(preview: Preview) -> None:
    before = preview.session.draft
    click(preview.pane, "Copy")
    assert preview.session.draft is before
    assert not preview.session.undo_stack.canUndo()


# Faults, and the way to a place
