"""What goes to the clipboard, how it carries the key, and what is said of it."""

import asyncio

import pytest

from composer.core.curl import Style, render
from composer.core.destination import Destination, mask
from composer.core.shells import Shell
from composer.core.snippets import render as render_code
from composer.core.tokens import KeyMode
from composer.ui.widgets import Severity
from tests.helpers.stage import EU, SANDBOX, Stage
from tests.helpers.window import wait_until

OTHER = "phc_anotherProjectsToken0000000000"
BODY = f'{{"api_key": "{EU.token}", "event": "plan upgraded"}}'
BARE = '{"event": "plan upgraded"}'

HOLDS = {
    KeyMode.INLINE: EU.token,
    KeyMode.ENV: "$POSTHOG_PROJECT_TOKEN",
    KeyMode.MASKED: mask(EU.token),
}
NOTES = {
    KeyMode.INLINE: ", with the project token in full.",
    KeyMode.ENV: ", with $POSTHOG_PROJECT_TOKEN in place of the token.",
    KeyMode.MASKED: ", with the project token masked.",
}


def choose(stage: Stage, place: Destination) -> None:
    stage.preferences.change_destination(place)
    stage.preferences.change(destination_id=place.id)


@pytest.mark.parametrize("key", KeyMode)
async def test_a_curl_command_carries_the_key_as_chosen_and_says_so(
    stage: Stage, key: KeyMode
) -> None:
    stage.preferences.change(copy_key=key)
    stage.copier.copy_curl(stage.request(BODY.encode(), EU))
    (command,) = stage.copied
    assert [text in command for text in HOLDS.values()] == [mode is key for mode in KeyMode]
    assert [(said.text, said.severity) for said in stage.said] == [
        (f"Copied the curl command{NOTES[key]}", Severity.OK)
    ]


@pytest.mark.parametrize("key", KeyMode)
async def test_json_carries_the_key_as_chosen_and_says_so(stage: Stage, key: KeyMode) -> None:
    stage.preferences.change(copy_key=key)
    stage.copier.copy_json(BODY, EU.token)
    assert stage.copied == [BODY.replace(EU.token, HOLDS[key])]
    assert [said.text for said in stage.said] == [f"Copied the JSON{NOTES[key]}"]


@pytest.mark.parametrize("key", [KeyMode.ENV, KeyMode.MASKED])
async def test_none_of_several_keys_is_left_in_full(stage: Stage, key: KeyMode) -> None:
    stage.preferences.change(copy_key=key)
    text = f'{{"api_key": "{EU.token}", "token": "{OTHER}", "event": "{EU.token}"}}'
    stage.copier.copy_json(text, EU.token)
    (copied,) = stage.copied
    assert EU.token not in copied
    assert OTHER not in copied


async def test_a_masked_command_masks_each_of_several_keys(stage: Stage) -> None:
    stage.preferences.change(copy_key=KeyMode.MASKED)
    text = f'{{"api_key": "{EU.token}", "token": "{OTHER}"}}'
    stage.copier.copy_curl(stage.request(text.encode(), EU))
    (copied,) = stage.copied
    assert EU.token not in copied
    assert OTHER not in copied


async def test_a_key_under_another_name_is_masked_too(stage: Stage) -> None:
    stage.preferences.change(copy_key=KeyMode.MASKED)
    stage.copier.copy_json(f'{{"token": "{OTHER}"}}', "")
    assert stage.copied == [f'{{"token": "{mask(OTHER)}"}}']
    assert stage.said[0].text == "Copied the JSON, with the project token masked."


async def test_the_key_in_json_that_does_not_parse_is_masked_too(stage: Stage) -> None:
    stage.preferences.change(copy_key=KeyMode.MASKED)
    stage.copier.copy_json(f'{{"api_key": "{OTHER}", ', EU.token)
    assert stage.copied == [f'{{"api_key": "{mask(OTHER)}", ']


@pytest.mark.parametrize("key", KeyMode)
async def test_nothing_is_said_of_a_key_where_there_is_none(stage: Stage, key: KeyMode) -> None:
    stage.preferences.change(copy_key=key)
    stage.copier.copy_json(BARE, "")
    stage.copier.copy_curl(stage.request(BARE.encode(), EU))
    assert stage.copied[0] == BARE
    assert [said.text for said in stage.said] == ["Copied the JSON.", "Copied the curl command."]


@pytest.mark.parametrize(("place", "kept"), [(SANDBOX, True), (EU, False)])
async def test_unless_chosen_only_the_sandboxs_key_is_copied_in_full(
    stage: Stage, place: Destination, kept: bool
) -> None:
    choose(stage, place)
    body = f'{{"api_key": "{place.token}"}}'
    stage.copier.copy_json(body, place.token)
    stage.copier.copy_curl(stage.request(body.encode(), place))
    assert [place.token in copied for copied in stage.copied] == [kept, kept]


@pytest.mark.parametrize(
    ("shell", "words"),
    [
        (Shell.BASH, "Copied the curl command, with the project token masked."),
        (Shell.CMD, "Copied the curl command for Windows cmd, with the project token masked."),
        (
            Shell.POWERSHELL,
            "Copied the curl command for PowerShell, with the project token masked. The body goes ",
        ),
    ],
)
async def test_a_command_is_for_the_chosen_shell_and_the_first_note_is_said(
    stage: Stage, shell: Shell, words: str
) -> None:
    stage.preferences.change(copy_key=KeyMode.MASKED, copy_shell=shell, copy_style=Style.ONE_LINE)
    request = stage.request(BODY.encode(), EU)
    stage.copier.copy_curl(request)
    command = render(request, key=KeyMode.MASKED, shell=shell, style=Style.ONE_LINE)
    assert stage.copied == [command.text]
    assert stage.said[0].text.startswith(words)


async def test_one_copy_may_be_for_another_shell_or_in_another_language(stage: Stage) -> None:
    request = stage.request(BODY.encode(), EU)
    before = stage.preferences.settings
    stage.copier.copy_curl(request, shell=Shell.CMD)
    stage.copier.copy_code(request, target="ruby")
    assert stage.copied == [
        render(request, shell=Shell.CMD).text,
        render_code("ruby", request, KeyMode.INLINE).text,
    ]
    assert stage.preferences.settings is before


async def test_code_that_cannot_be_written_leaves_the_clipboard_and_says_why(
    stage: Stage,
) -> None:
    stage.copier.copy_code(stage.request(b"[]"), target="posthog-python")
    assert stage.copied == []
    assert [said.severity for said in stage.said] == [Severity.WARNING]
    assert stage.said[0].text


async def test_of_two_copies_the_one_asked_for_last_is_on_the_clipboard(stage: Stage) -> None:
    stage.copier.copy_curl(stage.request(b"x" * 200_000))
    stage.copier.copy("folder", "folder's path")
    await asyncio.sleep(0.5)
    assert stage.copied == ["folder"]


async def test_a_large_command_is_made_away_from_the_window_and_copied_whole(
    stage: Stage,
) -> None:
    request = stage.request(b'"' + b"it's " * 60_000 + b'"')
    stage.copier.copy_curl(request)
    assert stage.copied == []
    await wait_until(lambda: stage.copied, "the command")
    assert stage.copied == [render(request).text]
    assert "The body goes through standard input" in stage.said[-1].text


async def test_any_other_text_is_copied_as_it_is(stage: Stage) -> None:
    stage.preferences.change(copy_key=KeyMode.MASKED)
    stage.copier.copy(BODY, "request")
    assert stage.copied == [BODY]
    assert stage.said[0].text == "Copied the request."
