"""What goes to the clipboard, how it carries the key, and what is said of it."""

import pytest

from composer.core.destination import Destination, mask
from composer.core.tokens import KeyMode
from composer.ui.widgets import Severity
from tests.helpers.stage import EU, SANDBOX, Stage

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


async def test_the_command_that_is_shown_is_the_one_that_is_copied(stage: Stage) -> None:
    stage.preferences.change(copy_key=KeyMode.MASKED)
    request = stage.request(BODY.encode(), EU)
    stage.copier.copy_curl(request)
    assert stage.copied == [stage.copier.curl(request)]


async def test_any_other_text_is_copied_as_it_is(stage: Stage) -> None:
    stage.preferences.change(copy_key=KeyMode.MASKED)
    stage.copier.copy(BODY, "request")
    assert stage.copied == [BODY]
    assert stage.said[0].text == "Copied the request."
