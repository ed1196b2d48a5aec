"""How the window comes up: fast, because what can wait waits."""

from __future__ import annotations

import asyncio
import subprocess
import sys

from PySide6.QtWidgets import QDialog

from composer.ui.actions import Command
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


def test_loading_the_app_loads_neither_http_library_nor_web_server_nor_places() -> None:
    late = ("httpx", "anyio", "starlette", "uvicorn", "composer.ui.history.page")
    code = f"import sys, composer.app; print([name for name in {late} if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_loading_the_http_library_does_not_load_its_command_line() -> None:
    code = (
        "import sys; from composer.services.trust import load_trust; load_trust(); "
        "print([name for name in ('httpx', 'rich', 'pygments') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "['httpx']"
