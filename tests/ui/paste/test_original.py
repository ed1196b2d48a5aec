"""The text as it was pasted: shown in bounds, copied as the key is to be carried."""

from __future__ import annotations

import gzip

import pytest
from PySide6.QtWidgets import QWidget

from composer.core.paste import read_pasted
from composer.core.tokens import KeyMode
from composer.ui.paste.original import MOST_SHOWN, OriginalDialog, carried_anywhere, text_of
from composer.ui.paste.reading import Reading
from composer.ui.widgets import CodeView
from tests.helpers.stage import nameless
from tests.helpers.window import click, named
from tests.ui.paste.driver import COMMAND, EVENT, TOKEN, Driver


def opened(driver: Driver, data: bytes) -> OriginalDialog:
    parent = QWidget()
    driver.show(parent)
    reading = Reading(pasted=read_pasted(data), original=data)
    dialog = OriginalDialog(reading, driver.bench.preferences, driver.bench.copier, parent)
    dialog.show()
    return dialog


async def test_it_is_shown_as_it_came(driver: Driver) -> None:
    dialog = opened(driver, COMMAND.encode())
    view = named(dialog, "Original text", CodeView)
    assert view.text() == COMMAND
    assert view.isReadOnly()
    assert not dialog.isModal()
    assert nameless(dialog) == []


@pytest.mark.parametrize(
    ("mode", "carried"),
    [
        (KeyMode.INLINE, TOKEN),
        (KeyMode.ENV, "$POSTHOG_PROJECT_TOKEN"),
        (KeyMode.MASKED, "phc_kQ8v…1cJ5"),
    ],
)
async def test_a_copy_carries_the_key_as_chosen(
    driver: Driver, mode: KeyMode, carried: str
) -> None:
    driver.bench.preferences.change(copy_key=mode)
    dialog = opened(driver, COMMAND.encode())
    click(dialog, "Copy the original text")
    assert driver.copied == [COMMAND.replace(TOKEN, carried)]
    assert driver.said[-1].text.startswith("Copied the original text, with ")


async def test_a_hidden_token_is_hidden_here_too(driver: Driver) -> None:
    driver.bench.preferences.change(hide_key=True)
    view = named(opened(driver, COMMAND.encode()), "Original text", CodeView)
    assert TOKEN not in view.text()
    driver.bench.preferences.change(hide_key=False)
    assert view.text() == COMMAND


async def test_much_text_is_cut_on_screen_and_whole_in_the_copy(driver: Driver) -> None:
    text = EVENT.replace("order paid", "x" * MOST_SHOWN)
    dialog = opened(driver, text.encode())
    assert named(dialog, "Original text", CodeView).text() == text[:MOST_SHOWN]
    click(dialog, "Copy the original text")
    assert driver.copied == [text]


def test_bytes_that_are_no_text_are_not_made_into_some() -> None:
    assert text_of(gzip.compress(EVENT.encode())) == ""
    assert text_of(EVENT.encode("utf-16")) == EVENT


def test_a_token_is_carried_wherever_it_stands() -> None:
    text = f"curl -H 'X: {TOKEN}' \"{TOKEN}\""
    masked = carried_anywhere(text, (TOKEN,), KeyMode.MASKED)
    assert masked == "curl -H 'X: phc_kQ8v…1cJ5' \"phc_kQ8v…1cJ5\""
