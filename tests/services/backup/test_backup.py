"""The whole profile goes into one file while it is in use, and comes back as it was."""

import asyncio
import json
import os
import sqlite3
import stat
import zipfile
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from composer import __version__
from composer.core.draft import first_draft
from composer.core.errors import StoreError
from composer.core.records import Summary
from composer.core.settings import Settings
from composer.core.wire import build_request
from composer.services.backup.service import BackupService
from composer.services.environment import Environment, open_environment
from composer.services.instance import Role
from tests.helpers.clock import StandingClock
from tests.helpers.history_entries import CLOUD, OK, PERSONAL, TOKEN

FIRST = first_draft(token=TOKEN, uuid="u", timestamp="t")


def send(environment: Environment, event: str) -> None:
    request = build_request(f'{{"event": "{event}"}}'.encode(), CLOUD, CLOUD.path)
    summary = Summary(event=event, person="p")
    environment.history.finish(environment.history.begin(request, CLOUD, summary), OK)


def backups_of(environment: Environment) -> BackupService:
    return BackupService(environment.profile, environment.clock)


def with_content(folder: Path, event: str) -> Environment:
    """An open profile with something of everything; the caller closes it."""
    environment = open_environment(folder, StandingClock())
    places = tuple(
        replace(place, token=TOKEN) if place.id == "us" else place
        for place in environment.settings.load().destinations
    )
    environment.settings.save(replace(Settings(), destinations=places, sandbox_port=8999))
    (folder / "templates" / "Support").mkdir(parents=True, exist_ok=True)
    (folder / "templates" / "Support" / f"{event}.json").write_text('{"note": "mine"}')
    (folder / "workspace-1.json").write_text(f'{{"of": "{event}"}}')
    send(environment, event)
    return environment


def leave_out(folder: Path) -> None:
    """What no backup holds."""
    (folder / "logs").mkdir(exist_ok=True)
    (folder / "logs" / "event-composer-1.log").write_text("log")
    (folder / "sandbox").mkdir(exist_ok=True)
    (folder / "sandbox" / "authority.key").write_text("secret of this machine")
    (folder / "before-restore-x").mkdir(exist_ok=True)
    (folder / "before-restore-x" / "settings.json").write_text("{}")
    (folder / "history.sqlite3.before-2").write_text("old")
    (folder / "settings.json.broken-20260101-000000").write_text("{")
    (folder / ".settings.json.abc.tmp").write_text("half")
    (folder / "holiday.json").write_text("of the person's own")
    (folder / "Documents").mkdir(exist_ok=True)
    (folder / "Documents" / "letter.txt").write_text("of the person's own")


def names_in(path: Path) -> set[str]:
    with zipfile.ZipFile(path) as archive:
        return set(archive.namelist())


async def test_a_backup_holds_the_profile_and_says_what_is_in_it(tmp_path: Path) -> None:
    folder, target = tmp_path / "profile", tmp_path / "b.zip"
    with closing(with_content(folder, "mine")) as environment:
        leave_out(folder)
        told: list[float] = []
        made = await backups_of(environment).make(str(target), on_progress=told.append)
        await asyncio.sleep(0)
        assert await backups_of(environment).examine(str(target)) == made
    expected = {
        "history.sqlite3",
        "profile.json",
        "settings.json",
        "templates/Support/mine.json",
        "workspace-1.json",
    }
    assert names_in(target) == {*expected, "manifest.json"}
    assert made.files == len(expected)
    assert made.app_version == __version__
    assert made.made_at == StandingClock().now()
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1, abs=0.1)
    with zipfile.ZipFile(target) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        for file in manifest["files"]:
            data = archive.read(file["path"])
            assert (len(data), sha256(data).hexdigest()) == (file["bytes"], file["sha256"])
    assert not list(folder.glob(".backup*"))
    if os.name == "posix":
        assert stat.S_IMODE(target.stat().st_mode) == 0o600


async def test_project_tokens_are_in_it_and_personal_keys_are_not(tmp_path: Path) -> None:
    folder, target = tmp_path / "profile", tmp_path / "b.zip"
    with closing(with_content(folder, "mine")) as environment:
        (folder / "workspace-2.json").write_text(f'{{"typed": "{PERSONAL}", "é": 1}}')
        body = f'{{"event": "{PERSONAL}", "n": 1.00}}'.encode()
        request = build_request(body, CLOUD, CLOUD.path)
        summary = Summary(event=PERSONAL, person=PERSONAL)
        identifier = environment.history.begin(request, CLOUD, summary)
        environment.history.annotate(identifier, note=f"with {PERSONAL}", ticket="1")
        await backups_of(environment).make(str(target))
    with zipfile.ZipFile(target) as archive:
        assert TOKEN.encode() in archive.read("settings.json")
        assert archive.read("workspace-2.json").decode() == '{"typed": "phx_…", "é": 1}'
        for name in archive.namelist():
            assert PERSONAL[8:].encode() not in archive.read(name)
        archive.extract("history.sqlite3", tmp_path)
    with closing(sqlite3.connect(tmp_path / "history.sqlite3")) as database:
        bodies = [row[0] for row in database.execute("SELECT body FROM contents ORDER BY send_id")]
    assert bodies == [b'{"event": "mine"}', '{"event": "phx_…", "n": 1.00}'.encode()]


async def test_the_history_is_copied_whole_while_others_write(tmp_path: Path) -> None:
    folder, target = tmp_path / "profile", tmp_path / "b.zip"
    with closing(with_content(folder, "mine")) as environment:
        for number in range(300):
            send(environment, f"before {number}")
        making = asyncio.create_task(backups_of(environment).make(str(target)))
        written = 0
        while not making.done():
            send(environment, f"meanwhile {written}")
            written += 1
            await asyncio.sleep(0)
        await making
        assert environment.history.count() == 301 + written
    with zipfile.ZipFile(target) as archive:
        archive.extract("history.sqlite3", tmp_path)
    with closing(sqlite3.connect(tmp_path / "history.sqlite3")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("SELECT count(*) FROM sends").fetchone()[0] >= 301


async def test_cancelling_leaves_no_half_backup(tmp_path: Path) -> None:
    folder, target = tmp_path / "profile", tmp_path / "out" / "b.zip"
    target.parent.mkdir()
    with closing(with_content(folder, "mine")) as environment:
        (folder / "templates" / "large.json").write_bytes(os.urandom(20_000_000))
        begun = asyncio.Event()
        making = asyncio.create_task(
            backups_of(environment).make(str(target), on_progress=lambda _: begun.set())
        )
        await begun.wait()
        making.cancel()
        with pytest.raises(asyncio.CancelledError):
            await making
        assert list(target.parent.iterdir()) == []
        assert not list(folder.glob(".backup*"))


async def test_a_backup_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with closing(with_content(tmp_path / "profile", "mine")) as environment:
        with pytest.raises(StoreError, match=r"The backup could not be written: .*\.$"):
            await backups_of(environment).make(str(tmp_path / "missing" / "b.zip"))
        with pytest.raises(StoreError, match="could not be written"):
            await backups_of(environment).make(str(tmp_path))


async def restored(target: Path, folder: Path) -> tuple[str, ...]:
    """Have the backup restored in the profile at ``folder``; what the next start tells."""
    with closing(open_environment(folder, StandingClock())) as environment:
        backups = backups_of(environment)
        assert await backups.restore(str(target)) == backups.waiting()
    with closing(open_environment(folder, StandingClock())) as environment:
        assert backups_of(environment).waiting() is None
        return environment.notices


async def test_a_backup_comes_back_on_another_machine(tmp_path: Path) -> None:
    target = tmp_path / "b.zip"
    with closing(with_content(tmp_path / "one", "mine")) as environment:
        await backups_of(environment).make(str(target))
    (tmp_path / "other").mkdir()
    notices = await restored(target, tmp_path / "other")
    assert notices[0].startswith("The backup of 20")
    with closing(open_environment(tmp_path / "other")) as environment:
        assert [row.summary.event for row in environment.history.rows()] == ["mine"]
        assert environment.settings.load().sandbox_port == 8999
        assert environment.settings.load().destination("us").token == TOKEN
    found = (tmp_path / "other" / "templates" / "Support" / "mine.json").read_text()
    assert found == '{"note": "mine"}'


async def test_what_was_there_is_moved_aside_and_nothing_else_is_touched(tmp_path: Path) -> None:
    folder, target = tmp_path / "profile", tmp_path / "b.zip"
    with closing(with_content(folder, "then")) as environment:
        await backups_of(environment).make(str(target))
    with closing(with_content(folder, "now")):
        leave_out(folder)
    notices = await restored(target, folder)
    (aside,) = folder.glob("before-restore-2*")
    assert f"What was there before is kept in {aside}." in notices[0]
    with closing(open_environment(folder)) as environment:
        assert [row.summary.event for row in environment.history.rows()] == ["then"]
    assert not (folder / "templates" / "Support" / "now.json").exists()
    assert (aside / "templates" / "Support" / "now.json").exists()
    with closing(sqlite3.connect(aside / "history.sqlite3")) as database:
        events = [row[0] for row in database.execute("SELECT event FROM sends ORDER BY id")]
    assert events == ["then", "now"]
    assert (folder / "logs" / "event-composer-1.log").read_text() == "log"
    assert (folder / "sandbox" / "authority.key").exists()
    assert (folder / "history.sqlite3.before-2").exists()
    assert (folder / "Documents" / "letter.txt").exists()
    assert (folder / "holiday.json").exists()


async def test_a_search_after_the_restore_finds_what_was_restored(tmp_path: Path) -> None:
    from composer.core.history import HistoryQuery

    folder, target = tmp_path / "profile", tmp_path / "b.zip"
    with closing(with_content(folder, "then")) as environment:
        await backups_of(environment).make(str(target))
        send(environment, "later")
        assert environment.history.count(HistoryQuery(text="later")) == 1
    await restored(target, folder)
    with closing(open_environment(folder)) as environment:
        send(environment, "afresh")
        for text, count in (("then", 1), ("later", 0), ("afresh", 1)):
            assert environment.history.count(HistoryQuery(text=text)) == count, text


async def test_beside_another_window_the_backup_waits(tmp_path: Path) -> None:
    folder, target = tmp_path / "profile", tmp_path / "b.zip"
    with closing(with_content(folder, "then")) as environment:
        await backups_of(environment).make(str(target))
        send(environment, "later")
        await backups_of(environment).restore(str(target))
        for role in (Role.WINDOW, Role.COMMAND):
            with closing(open_environment(folder, role=role)) as other:
                assert other.history.count() == 2
                assert "A backup waits to be restored. Close all windows" in other.notices[0]
    with closing(open_environment(folder)) as environment:
        assert environment.history.count() == 1


async def test_a_waiting_backup_can_be_withdrawn_or_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "profile"
    with closing(with_content(folder, "a")) as environment:
        backups = backups_of(environment)
        assert backups.waiting() is None
        await backups.withdraw()
        one, other = tmp_path / "one.zip", tmp_path / "other.zip"
        await backups.make(str(one))
        send(environment, "b")
        (folder / "workspace-9.json").write_text("{}")
        await backups.make(str(other))
        await backups.restore(str(one))
        replaced = await backups.restore(str(other))
        assert backups.waiting() == replaced
        await backups.withdraw()
        assert backups.waiting() is None
        await backups.restore(str(other))
        send(environment, "c")
    with closing(open_environment(folder)) as environment:
        assert environment.history.count() == 2
        assert not list(folder.glob(".restore*"))


async def test_no_room_on_the_disk_is_told_before_anything_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "b.zip"
    with closing(with_content(tmp_path / "profile", "a")) as environment:
        await backups_of(environment).make(str(target))
        monkeypatch.setattr(
            "composer.services.backup.unpacking.shutil.disk_usage",
            lambda _: type("Usage", (), {"free": 1000}),
        )
        with pytest.raises(StoreError, match="There is no room for what is in the backup"):
            await backups_of(environment).restore(str(target))
        assert backups_of(environment).waiting() is None
        assert not list((tmp_path / "profile").glob(".restore*"))


async def test_a_link_to_a_shared_folder_stays_where_it_is(tmp_path: Path) -> None:
    folder, target, shared = tmp_path / "profile", tmp_path / "b.zip", tmp_path / "shared"
    shared.mkdir()
    folder.mkdir()
    (shared / "theirs.json").write_text("{}")
    (folder / "templates").mkdir()
    (folder / "templates" / "shared").symlink_to(shared, target_is_directory=True)
    with closing(with_content(folder, "a")) as environment:
        await backups_of(environment).make(str(target))
    assert "templates/shared/theirs.json" not in names_in(target)


def test_the_name_has_the_date_and_the_words_say_what_is_in_it(tmp_path: Path) -> None:
    with closing(open_environment(tmp_path, StandingClock())) as environment:
        backups = backups_of(environment)
    today = f"{StandingClock().now():%Y-%m-%d}"
    assert backups.suggested_name() == f"event-composer-{today}.zip"
    assert "project tokens" in backups.holds
    assert "personal keys" in backups.holds
