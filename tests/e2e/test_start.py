"""How the window comes up: fast, because what can wait waits."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtWidgets import QDialog

from composer.ui.actions import Command
from composer.ui.messages import Message
from composer.ui.rail import Place
from tests.e2e.conftest import Opened
from tests.helpers.window import wait_until


async def test_the_window_tells_once_that_it_stands_on_the_screen(opened: Opened) -> None:
    async with opened() as app:
        told: list[bool] = []
        app.window.painted.connect(lambda: told.append(app.window.isVisible()))
        await wait_until(lambda: told, "the first paint")
        app.window.repaint()
        await asyncio.sleep(0.05)
        assert told == [True]


async def test_a_place_is_built_at_its_first_visit_and_kept(opened: Opened) -> None:
    async with opened() as app:
        built = vars(app.window.pages)
        assert not built.keys() & {"batch", "templates", "history", "sandbox"}
        app.window.go_to(Place.HISTORY)
        page = app.window.pages.history
        assert page.isVisible()
        app.window.go_to(Place.COMPOSE)
        assert app.window.compose.isVisible()
        assert not page.isVisible()
        app.window.go_to(Place.HISTORY)
        assert app.window.pages.history is page
        assert app.window.place is Place.HISTORY


async def test_the_dialogs_open_by_their_commands(opened: Opened) -> None:
    async with opened() as app:
        for command in (Command.SETTINGS, Command.SHORTCUTS):
            app.window.actions_.trigger(command)
            (dialog,) = app.window.findChildren(QDialog)
            assert dialog.isVisible()
            dialog.close()
            await wait_until(lambda: not app.window.findChildren(QDialog), "the dialog's end")


LATE = (
    "anyio",
    "composer.core.collections",
    "composer.core.mapping",
    "composer.core.tabular",
    "composer.core.templates",
    "composer.core.variables",
    "composer.core.verdicts.request",
    "composer.core.verdicts.rule",
    "composer.core.verdicts.verdict",
    "composer.services.backup.manifest",
    "composer.services.backup.service",
    "composer.services.batch.runs",
    "composer.services.batch.table",
    "composer.services.sandbox.request",
    "composer.services.template_form",
    "composer.ui.batch.page",
    "composer.ui.history.page",
    "composer.ui.palette.palette",
    "httpx",
    "starlette",
    "uvicorn",
)
"""What a start can do without until the window is painted."""

TO_THE_PAINT = """
import os, sys
import composer.app
from composer.cli import main

def tell(app):
    print([name for name in sys.argv[2:] if name in sys.modules], flush=True)
    os._exit(0)

composer.app.App.start_services = tell
main(["--profile", sys.argv[1]])
"""


def test_a_window_is_painted_before_what_can_wait_is_loaded(profile: Path) -> None:
    command = [sys.executable, "-c", TO_THE_PAINT, str(profile), *LATE]
    for _ in range(2):  # a new profile, and one that is there already
        ran = subprocess.run(command, capture_output=True, text=True, check=True, timeout=50)
        assert ran.stdout.strip() == "[]"


def test_what_can_wait_is_there_to_be_waited_for() -> None:
    assert [name for name in LATE if find_spec(name) is None] == []


async def test_a_broken_template_is_told_once_the_window_stands(
    opened: Opened, profile: Path
) -> None:
    (profile / "templates").mkdir(parents=True)
    (profile / "templates" / "bad.json").write_bytes(b'{"name": "Bad", "body": {')
    async with opened() as app:
        told: list[Message] = []
        app.bench.messages.said.connect(told.append)
        await wait_until(lambda: told, "the message")
        assert "bad.json was left out" in told[0].text


def test_loading_the_http_library_does_not_load_its_command_line() -> None:
    code = (
        "import sys; from composer.services.trust import load_trust; load_trust(); "
        "print([name for name in ('httpx', 'rich', 'pygments') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "['httpx']"
