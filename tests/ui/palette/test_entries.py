"""What can be found, and its order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester

from composer.core.events import ALL
from composer.core.outcome import Cancelled
from composer.core.records import HistoryRow, Summary
from composer.core.settings import standard_destinations
from composer.ui.actions import COMMANDS, Command
from composer.ui.palette.entries import (
    LIMIT,
    Entry,
    arranged,
    command_entries,
    copy_entries,
    destination_entries,
    history_entries,
    keys_text,
    type_entries,
)
from composer.ui.palette.model import RowsModel

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
EVERYTHING = [
    *type_entries(),
    *command_entries(COMMANDS),
    *copy_entries(),
    *destination_entries(standard_destinations(), "sandbox"),
]


def texts(query: str) -> list[str]:
    return [row.text if isinstance(row, Entry) else row for row in arranged(query, EVERYTHING)]


def a_send(days: int, person: str = "customer-42") -> HistoryRow:
    return HistoryRow(
        id=7,
        sent_at=NOW - timedelta(days=days),
        summary=Summary(event="invoice paid", person=person),
        destination=standard_destinations()[1],
        path="/i/v0/e/",
        size=200,
        outcome=Cancelled(milliseconds=1.0),
    )


def test_with_nothing_typed_everything_stands_under_its_heading() -> None:
    rows = texts("")
    assert [row for row in rows if row in {"Event types", "Commands", "Destinations"}] == [
        "Event types",
        "Commands",
        "Destinations",
    ]
    assert len(rows) == sum(not entry.is_rare for entry in EVERYTHING) + 3


def test_what_few_need_is_shown_to_those_who_type_for_it() -> None:
    assert "Rage click" not in texts("")
    assert texts("rage")[:2] == ["Event types", "Rage click"]
    assert "App lifecycle" in texts("Deep link opened")


def test_the_first_entry_does_no_harm() -> None:
    assert texts("")[1] == ALL[0].title


def test_the_heading_with_the_best_entry_comes_first() -> None:
    assert texts("settings")[:2] == ["Commands", "Settings"]
    assert texts("us cloud")[:2] == ["Destinations", "Send to US cloud"]
    assert texts("$identify")[:2] == ["Event types", "Identify a person"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("dark mode", "Switch between light and dark"),
        ("api key", "Go to the project token"),
        ("timeouts", "Settings"),
        ("exit", "Quit"),
    ],
)
def test_commands_are_found_by_the_words_that_people_use(typed: str, found: str) -> None:
    assert texts(typed) == ["Commands", found]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("copy as python", "Copy as Python (httpx)"),
        ("powershell", "Copy as curl for PowerShell"),
        ("cmd.exe", "Copy as curl for Windows cmd"),
        ("curl for bash", "Copy as curl for bash, zsh"),
        ("posthog-node", "Copy as posthog-node"),
        ("snippet", "Copy as code"),
        ("fetch", "Copy as JavaScript (fetch)"),
    ],
)
def test_a_copy_for_any_shell_or_language_is_found_by_its_name(typed: str, found: str) -> None:
    assert texts(typed)[:2] == ["Commands", found]


def test_scattered_letters_count_only_where_nothing_fits_better() -> None:
    assert "Settings" in texts("sttgs")
    assert "Settings" not in texts("sett ing scr")
    assert texts("screen")[1] == "Screen view"
    assert "Choose an event type" not in texts("sen")


def test_a_group_shows_its_best_entries_only() -> None:
    many = [replace(EVERYTHING[0], text=f"entry {number}") for number in range(30)]
    assert len(arranged("entry", many)) == 1 + LIMIT


def test_history_comes_last_as_it_was_found() -> None:
    found = history_entries([a_send(0), a_send(1)], NOW)
    rows = arranged("zzz", EVERYTHING, found)
    assert rows == ("History", *found)


def test_a_send_says_what_to_whom_where_and_when() -> None:
    today, earlier, nobody = history_entries([a_send(0), a_send(30), a_send(1, "")], NOW)
    assert today.text == "invoice paid · customer-42"
    assert today.detail.startswith("US cloud, today at ")
    assert earlier.detail == "US cloud, on 22 October 2026"
    assert nobody.text == "invoice paid"


def test_the_destination_in_use_is_told() -> None:
    details = {entry.text: entry.detail for entry in EVERYTHING}
    assert details["Send to Sandbox"] == "in use now"
    assert details["Send to Self-hosted"] == "no address yet"


def test_keys_are_written_with_spaces() -> None:
    assert keys_text("Ctrl+Shift+C") == "Ctrl Shift C"
    assert command_entries([Command.FILL_EXAMPLE])[0].keys == ""


def test_the_model_keeps_qts_rules(qapp: QApplication, qtmodeltester: ModelTester) -> None:
    parent = QObject(qapp)
    model = RowsModel(parent)
    model.set_rows(arranged("", EVERYTHING))
    qtmodeltester.check(model)
    model.set_rows(())
    qtmodeltester.check(model)
    parent.deleteLater()
