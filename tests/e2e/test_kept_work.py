"""Nothing typed is lost: a kill in the middle of a send, a close, a second window."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication

from composer.app import App
from composer.core.outcome import Cancelled, Interrupted
from composer.services.environment import open_environment
from tests.e2e.conftest import Opened
from tests.helpers.batch import rows_in
from tests.helpers.projects import aim_at
from tests.helpers.sends import shown_answer
from tests.helpers.servers import serving
from tests.helpers.window import click, named, type_into, wait_until

WINDOW_THAT_SENDS = """
import asyncio, sys
from dataclasses import replace
from pathlib import Path
from qasync import QEventLoop
from composer.app import App, make_application
from composer.services.environment import open_environment

async def main():
    app = App(application, open_environment(Path(sys.argv[1])))
    app.window.show()
    preferences = app.bench.preferences
    preferences.change(destination_id="self_hosted")
    preferences.change_destination(
        replace(
            preferences.destination, address=sys.argv[2], token="phc_kill", production=False
        )
    )
    app.bench.session.set_value(("distinct_id",), "typed before the kill")
    app.bench.session.choose_type("pageview")
    app.bench.session.set_text(app.bench.session.text + " // not json")
    app.bench.session.choose_type("custom")
    app.bench.desk.send()
    await asyncio.sleep(60)

application = make_application()
with asyncio.Runner(loop_factory=lambda: QEventLoop(application)) as runner:
    runner.run(main())
"""


class SlowServer:
    """Takes requests, counts them, and never answers."""

    def __init__(self) -> None:
        self.requests = 0
        self.address = ""

    async def take(self, reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        self.requests += 1
        await asyncio.sleep(60)


@pytest_asyncio.fixture
async def slow() -> AsyncIterator[SlowServer]:
    server = SlowServer()
    async with serving(server.take) as place:
        server.address = f"http://{place}"
        yield server


def send_to(app: App, address: str) -> None:
    aim_at(app.bench.preferences, "")
    type_into(named(app.window, "Server address"), address)
    type_into(named(app.window, "Project token"), "phc_slow")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
async def test_a_kill_in_the_middle_of_a_send_loses_no_draft_and_leaves_an_honest_row(
    qapp: QApplication, profile: Path, slow: SlowServer
) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        WINDOW_THAT_SENDS,
        str(profile),
        slow.address,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stderr=subprocess.DEVNULL,
    )
    await wait_until(lambda: slow.requests, "the request on its way", 30)
    process.send_signal(signal.SIGKILL)
    await process.wait()

    environment = open_environment(profile)
    again = App(qapp, environment)
    (row,) = environment.history.rows()
    assert isinstance(row.outcome, Interrupted)
    entry = environment.history.entry(row.id)
    assert entry is not None
    assert b"typed before the kill" in entry.request.body
    assert again.bench.session.draft.payload.get("distinct_id") == "typed before the kill"
    again.bench.session.choose_type("pageview")
    assert again.bench.session.text.endswith(" // not json")
    await again.aclose()


async def test_cancel_works_at_once_and_says_so_in_history(
    opened: Opened, slow: SlowServer
) -> None:
    async with opened() as app:
        send_to(app, slow.address)
        click(app.window, "Send")
        await wait_until(lambda: slow.requests, "the request on its way")
        click(app.window, "Cancel")
        await wait_until(lambda: not app.bench.sends.is_busy, "the end", seconds=1)
        assert "You stopped it" in shown_answer(app)
        await wait_until(
            lambda: app.bench.services.history.rows()[0].outcome, "the outcome", seconds=1
        )
        assert isinstance(app.bench.services.history.rows()[0].outcome, Cancelled)


async def test_a_second_press_while_sending_sends_nothing(opened: Opened, slow: SlowServer) -> None:
    async with opened() as app:
        send_to(app, slow.address)
        click(app.window, "Send")
        await wait_until(lambda: slow.requests, "the request on its way")
        type_into(named(app.window, "Person's ID"), "another-person")
        app.bench.desk.send()
        await asyncio.sleep(0.1)
        assert slow.requests == 1
        assert app.bench.services.history.count() == 1
        click(app.window, "Cancel")
        await wait_until(lambda: not app.bench.sends.is_busy, "the end")


async def test_closing_in_the_middle_of_a_send_records_it_as_stopped(
    qapp: QApplication, profile: Path, slow: SlowServer
) -> None:
    app = App(qapp, open_environment(profile))
    app.window.show()
    send_to(app, slow.address)
    click(app.window, "Send")
    await wait_until(lambda: slow.requests, "the request on its way")
    await app.aclose()
    environment = open_environment(profile)
    assert isinstance(environment.history.rows()[0].outcome, Cancelled)
    environment.close()


async def test_what_was_open_comes_back_after_a_close(qapp: QApplication, profile: Path) -> None:
    first = App(qapp, open_environment(profile))
    first.bench.session.set_value(("properties", "note"), "\u00a0\u2028 \ud83d")
    first.bench.desk.add_to_batch()
    text = first.bench.session.text
    await first.aclose()
    second = App(qapp, open_environment(profile))
    assert second.bench.session.text == text
    assert len(await rows_in(second.bench.batch)) == 1
    await second.aclose()


async def test_two_windows_on_one_profile_keep_their_own_work(
    qapp: QApplication, profile: Path
) -> None:
    one, two = (App(qapp, open_environment(profile)) for _ in range(2))
    one.bench.session.set_value(("distinct_id",), "first window")
    two.bench.session.set_value(("distinct_id",), "second window")
    for app in (one, two):
        app.start_services()
        app.bench.desk.send()
    await wait_until(lambda: not (one.bench.sends.is_busy or two.bench.sends.is_busy), "both sends")
    assert one.bench.services.history.count() == 2
    await one.aclose()
    await two.aclose()
    again = App(qapp, open_environment(profile))
    assert again.bench.session.draft.payload.get("distinct_id") == "first window"
    await again.aclose()


def spoil(profile: Path, files: tuple[str, ...]) -> None:
    profile.mkdir()
    for name in files:
        (profile / name).write_bytes(b"\x00 this is not what it should be \xff" * 50)


def put_aside(profile: Path) -> set[str]:
    return {path.name.partition(".broken-")[0] for path in profile.glob("*.broken-*")}


async def test_broken_files_are_put_aside_and_the_app_starts_and_tells(
    qapp: QApplication, profile: Path
) -> None:
    files = ("settings.json", "history.sqlite3", "workspace-1.json")
    spoil(profile, files)
    app = App(qapp, open_environment(profile))
    notices = " ".join(app.bench.services.notices)
    assert all(name in notices for name in files)
    assert put_aside(profile) == set(files)
    assert app.bench.session.request is not None
    await app.aclose()


async def test_work_that_cannot_be_saved_keeps_the_window_open_once(
    opened: Opened, profile: Path
) -> None:
    async with opened() as app:
        app.bench.session.set_value(("distinct_id",), "kept at first")
        assert await app.may_close()
        in_the_way = take_the_place_of_the_workspace(profile)
        app.bench.session.set_value(("distinct_id",), "cannot be kept")
        assert not await app.may_close()
        assert await app.may_close()
        in_the_way.rmdir()
        assert await app.bench.autosave.save()


def take_the_place_of_the_workspace(profile: Path) -> Path:
    """A folder where the file should be: nothing can be written there, by root either."""
    place = profile / "workspace-1" / "draft-1.txt"
    place.unlink()
    place.mkdir()
    return place


async def test_large_text_is_kept_though_the_window_closes_before_it_is_read(
    qapp: QApplication, profile: Path
) -> None:
    first = App(qapp, open_environment(profile))
    text = '{"event": "pasted", "distinct_id": "p", "long": "' + "x" * 50_000 + '"}'
    data = QMimeData()
    data.setText(text)
    first.window.compose.preview.json.selectAll()
    first.window.compose.preview.json.insertFromMimeData(data)
    await first.aclose()
    second = App(qapp, open_environment(profile))
    assert second.bench.session.text == text
    await second.aclose()
