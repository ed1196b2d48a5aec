"""A disk or a file that fails is told in the window, and everything else goes on."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from composer.app import App
from composer.core.outcome import Accepted
from composer.services import database
from composer.services.environment import open_environment
from composer.ui.messages import Message
from composer.ui.rail import Place
from tests.e2e.conftest import Opened
from tests.helpers.sends import sent
from tests.helpers.template_files import template
from tests.helpers.window import named, type_into, wait_until
from tests.services.history.sending import OK, send

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="as POSIX has it")
ROOT = Path(__file__).parents[2]
PAGE = 4096


def heard(app: App) -> list[str]:
    said: list[str] = []

    def hear(message: Message) -> None:
        said.append(message.text)

    app.bench.messages.said.connect(hear)
    app.bench.sends.failed.connect(said.append)
    return said


def person(app: App) -> object:
    return app.bench.session.draft.payload.get("distinct_id")


def kept_person(profile: Path) -> object:
    with closing(open_environment(profile)) as environment:
        workspace = environment.workspace.load()
        assert workspace
        return workspace.tabs[0].draft.payload.get("distinct_id")


@contextmanager
def full_disk() -> Iterator[None]:
    """No file can take more than a few bytes more, as the system has it on a full disk."""
    import resource  # there is none on Windows

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@needs_posix
async def test_on_a_full_disk_nothing_is_sent_unseen_and_the_draft_stays(
    opened: Opened, profile: Path
) -> None:
    async with opened() as app:
        assert isinstance((await sent(app)).outcome, Accepted)
        said = heard(app)
        type_into(named(app.window, "Person's ID"), "typed on a full disk")
        with full_disk():
            app.bench.desk.send()
            await wait_until(lambda: any("history" in words for words in said), "the words")
            assert not await app.bench.save()
        assert [words for words in said if "free some space" not in words.lower()] == []
        assert len(app.sandbox.arrivals()) == 1
        assert person(app) == "typed on a full disk"
        type_into(named(app.window, "Person's ID"), "typed later")
        assert isinstance((await sent(app)).outcome, Accepted)
        assert app.bench.services.history.count() == 2
    assert kept_person(profile) == "typed later"


async def test_while_another_program_locks_history_the_window_says_so_and_goes_on(
    opened: Opened, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    async with opened() as app:
        assert isinstance((await sent(app)).outcome, Accepted)
        said = heard(app)
        with closing(sqlite3.connect(profile / "history.sqlite3", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            type_into(named(app.window, "Person's ID"), "typed meanwhile")
            app.bench.desk.send()
            await wait_until(lambda: said, "the words")
            assert "another program is using the file. Try again in a moment." in said[0]
            assert await app.bench.save()
            type_into(named(app.window, "Person's ID"), "typed later")
        assert isinstance((await sent(app)).outcome, Accepted)
    assert kept_person(profile) == "typed later"


def spoil_a_page(profile: Path) -> None:
    """A page in the middle of the table of sends."""
    file = profile / "history.sqlite3"
    with closing(open_environment(profile)) as environment:
        for number in range(300):
            send(environment.history, b'{"n": %d}' % number, Accepted(response=OK))
    with closing(sqlite3.connect(file)) as connection:
        find = "SELECT pageno FROM dbstat WHERE name = 'sends' AND pagetype = 'leaf' ORDER BY path"
        page = int(connection.execute(find).fetchall()[2][0])
    data = bytearray(file.read_bytes())
    data[(page - 1) * PAGE : page * PAGE] = b"\x5a" * PAGE
    file.write_bytes(bytes(data))


def put_aside(profile: Path) -> list[Path]:
    return list(profile.glob("*.broken-*"))


async def test_a_damaged_page_of_history_is_told_and_the_other_sends_are_shown(
    opened: Opened, profile: Path
) -> None:
    spoil_a_page(profile)
    async with opened() as app:
        said = heard(app)
        assert isinstance((await sent(app)).outcome, Accepted)
        app.window.go_to(Place.HISTORY)
        await wait_until(lambda: said, "the words")
        assert "history.sqlite3 is damaged: the sends numbered" in said[0]
        assert "The others are shown." in said[0]
        assert 200 < len(app.bench.services.history.rows(limit=1000)) < 301
    assert put_aside(profile) == []


async def test_broken_files_cost_only_themselves(opened: Opened, profile: Path) -> None:
    async with opened() as app:
        app.bench.services.templates.save(template("Good"))
        app.bench.session.set_value(("distinct_id",), "the first tab")
        app.bench.session.open_tab()
        app.bench.session.set_value(("event",), "second")
        app.bench.session.set_value(("distinct_id",), "the second tab")
    (profile / "templates" / "bad.json").write_bytes(b'{"name": "Bad", "body": {')
    (profile / "workspace-1" / "draft-1.txt").write_bytes(b"\x00\xff")
    (profile / "settings.json").write_bytes(b'{"theme": ')
    async with opened() as app:
        said: list[Message] = []
        app.bench.messages.said.connect(said.append)
        notices = "\n".join(app.bench.services.notices)
        assert all(name in notices for name in ("draft-1.txt", "settings.json"))
        await wait_until(lambda: any("bad.json" in one.text for one in said), "the template's name")
        assert [one.name for one in app.bench.services.templates.all() if not one.is_starter] == [
            "Good"
        ]
        assert person(app) == "the second tab"
        assert isinstance((await sent(app)).outcome, Accepted)
    assert (profile / "templates" / "bad.json").read_bytes() == b'{"name": "Bad", "body": {'


CLOSED_TO_US = """
import asyncio, os, sys
from pathlib import Path
from tests.helpers.powerless import give_up_power
assert give_up_power()
from qasync import QEventLoop
from composer.app import App, make_application
from composer.core.errors import ComposerError, StoreError
from composer.services.environment import open_environment
from tests.helpers.sends import sent
from tests.helpers.template_files import template

profile = Path(sys.argv[1])

async def main():
    app = App(application, open_environment(profile))
    app.window.show()
    app.start_services()
    app.bench.messages.said.connect(lambda message: print("said", message.text))
    app.bench.autosave.failed.connect(lambda words: print("not kept", words))
    app.bench.services.templates.save(template("Before"))
    assert await app.bench.save()
    for path in (profile / "templates", profile, profile / "workspace-1"):
        path.chmod(0o500 if path != profile / "templates" else 0)
    app.bench.session.set_value(("distinct_id",), "typed")
    print("saved", await app.bench.save())
    try:
        app.bench.services.templates.save(template("After"))
    except StoreError as error:
        print("template", error)
    print("sent", type((await sent(app)).outcome).__name__)
    print("person", app.bench.session.draft.payload.get("distinct_id"))
    for path in (profile, profile / "templates", profile / "workspace-1"):
        path.chmod(0o700)
    print("saved", await app.bench.save())
    print("templates", [t.name for t in app.bench.services.templates.all() if not t.is_starter])
    await app.aclose()

application = make_application()
with asyncio.Runner(loop_factory=lambda: QEventLoop(application)) as runner:
    runner.run(main())
"""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=50,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )


@pytest.mark.skipif(sys.platform != "linux", reason="needs a way for root to go by permissions")
def test_folders_that_close_while_the_app_runs_are_told_and_sends_go_on(tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    done = run("-c", CLOSED_TO_US, str(profile))
    assert "Traceback" not in done.stderr
    lines = done.stdout.splitlines()
    assert [line for line in lines if line.startswith("saved")] == ["saved False", "saved True"]
    not_kept, *others = dict.fromkeys(line for line in lines if line.startswith("not kept"))
    assert others == []
    assert "draft-1.txt could not be saved: " in not_kept
    assert "may not be used. Check its permissions." in not_kept
    (told,) = [line for line in lines if line.startswith("template ")]
    assert "The template could not be saved: " in told
    assert "sent Accepted" in lines
    assert "person typed" in lines
    assert "templates ['Before']" in lines


READ_ONLY = """
import sys
from tests.helpers.powerless import give_up_power
assert give_up_power()
from composer.cli.entry import main
sys.exit(main(["--profile", sys.argv[1], "send", sys.argv[2], "--to", "http://127.0.0.1:1"]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="needs a way for root to go by permissions")
def test_a_profile_that_may_only_be_read_is_refused_with_words(tmp_path: Path) -> None:
    profile, body = tmp_path / "profile", tmp_path / "body.json"
    body.write_text("{}")
    open_environment(profile).close()
    before = {path.name: path.read_bytes() for path in profile.iterdir() if path.is_file()}
    for path in (*profile.iterdir(), profile):
        path.chmod(0o500 if path.is_dir() else 0o400)
    done = run("-c", READ_ONLY, str(profile), str(body))
    profile.chmod(0o700)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "may not be used. Check its permissions" in done.stderr
    assert "Traceback" not in done.stderr
    assert before == {path.name: path.read_bytes() for path in profile.iterdir() if path.is_file()}
