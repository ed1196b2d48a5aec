"""A profile opens whatever state its files are in, and says what it had to put aside."""

import errno
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from composer.core.draft import first_draft
from composer.core.errors import ProfileError
from composer.core.outcome import Accepted, Interrupted, Response
from composer.core.records import OpenDraft, Summary, Workspace
from composer.core.settings import Settings
from composer.core.wire import build_request
from composer.services.environment import Environment, open_environment
from composer.services.instance import Role
from tests.helpers.clock import StandingClock
from tests.helpers.template_files import template as template_of

ROOT = Path(__file__).parents[2]
FIRST = first_draft(token="phc_1", uuid="u", timestamp="t")

PRELUDE = """
import sys
from pathlib import Path
from composer.core.outcome import Accepted, Response
from composer.core.records import Summary
from composer.core.wire import build_request
from composer.services.environment import open_environment

environment = open_environment(Path(sys.argv[1]))
history = environment.history
place = environment.settings.load().destination("us")

def begin(number):
    request = build_request(b'{"number": %d}' % number, place, place.path)
    return history.begin(request, place, Summary(event=str(number), person=sys.argv[2]))
"""

WRITER = (
    PRELUDE
    + """
for number in range(150):
    history.finish(begin(number), Accepted(response=Response(status=200, body=b"ok")))
environment.close()
print("done")
"""
)

KILLED = (
    PRELUDE
    + """
begin(1)
print("begun", flush=True)
sys.stdin.read()
"""
)

FULL = """
import resource, sys
from pathlib import Path
from composer.core.errors import ComposerError
from composer.core.records import Summary
from composer.core.wire import build_request
from composer.services.environment import open_environment

def begin(body):
    request = build_request(body, place, place.path)
    return environment.history.begin(request, place, Summary(event="", person=""))

if sys.argv[2] == "before":
    resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))
try:
    environment = open_environment(Path(sys.argv[1]))
    place = environment.settings.load().destination("us")
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
    kept = begin(b"small")
    try:
        begin(b"x" * 500_000)
    except ComposerError as error:
        print(type(error).__name__, error)
    print(environment.history.count(), environment.history.entry(kept).request.body)
    environment.close()
except ComposerError as error:
    print(type(error).__name__, error)
"""


def run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=50,
    )


def send(environment: Environment, event: str = "a") -> int:
    place = environment.settings.load().destination("us")
    request = build_request(b"{}", place, place.path)
    return environment.history.begin(request, place, Summary(event=event, person="p"))


def test_a_new_profile_is_made_and_has_nothing_to_say(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "profile"
    with closing(open_environment(folder)) as environment:
        assert environment.notices == ()
        assert environment.settings.load() == Settings()
        assert environment.workspace.load() is None
        assert environment.templates.own() == []
        assert environment.history.rows() == []
        assert environment.profile.folder == folder
    if os.name == "posix":
        assert folder.stat().st_mode & 0o777 == 0o700


def test_without_a_folder_the_platforms_own_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("composer.services.paths.user_data_path", lambda name, **_: tmp_path / name)
    with closing(open_environment()) as environment:
        assert environment.profile.folder == tmp_path / "event-composer"


def test_everything_is_there_again_after_a_restart(tmp_path: Path) -> None:
    with closing(open_environment(tmp_path)) as environment:
        environment.settings.save(replace(Settings(), hide_key=True))
        environment.workspace.save(Workspace(tabs=(OpenDraft(id=1, draft=FIRST),)))
        template = environment.templates.save(template_of("Mine", FIRST))
        identifier = send(environment)
        environment.history.finish(identifier, Accepted(response=Response(status=200)))
    with closing(open_environment(tmp_path)) as environment:
        assert environment.settings.load().hide_key
        assert environment.workspace.load() == Workspace(tabs=(OpenDraft(id=1, draft=FIRST),))
        assert environment.templates.own() == [template]
        assert [row.id for row in environment.history.rows()] == [identifier]
        assert environment.notices == ()
    environment.close()


def test_two_windows_have_work_of_their_own_and_share_the_rest(tmp_path: Path) -> None:
    with closing(open_environment(tmp_path)) as first, closing(open_environment(tmp_path)) as other:
        first.workspace.save(Workspace(tabs=(OpenDraft(id=1, draft=FIRST),)))
        other.workspace.save(Workspace(tabs=(OpenDraft(id=1, draft=FIRST.with_text("other")),)))
        identifier = send(other)
        assert [row.id for row in first.history.rows()] == [identifier]
        assert first.workspace.load() == Workspace(tabs=(OpenDraft(id=1, draft=FIRST),))
    with closing(open_environment(tmp_path)) as again:
        assert again.workspace.load() == Workspace(tabs=(OpenDraft(id=1, draft=FIRST),))
        assert (tmp_path / "workspace-2.json").exists()


def test_a_command_does_not_take_the_windows_work_away(tmp_path: Path) -> None:
    with closing(open_environment(tmp_path)) as window:
        window.workspace.save(Workspace(tabs=(OpenDraft(id=1, draft=FIRST),)))
    with (
        closing(open_environment(tmp_path, role=Role.COMMAND)) as command,
        closing(open_environment(tmp_path)) as window,
    ):
        assert command.instance.slot > 1000
        assert window.workspace.load() == Workspace(tabs=(OpenDraft(id=1, draft=FIRST),))


@pytest.mark.parametrize(
    "damage", [b"", b"\x00garbage\xff" * 50, None], ids=["empty", "bytes", "folder"]
)
def test_a_profile_of_broken_files_opens_and_names_each(
    tmp_path: Path, damage: bytes | None
) -> None:
    names = [
        "settings.json",
        "sandbox.json",
        "workspace-1.json",
        "templates/t.json",
        "history.sqlite3",
    ]
    (tmp_path / "templates").mkdir()
    for name in names:
        if damage is None:
            (tmp_path / name).mkdir()
        else:
            (tmp_path / name).write_bytes(damage)
    broken = names[:-1] if damage == b"" else names  # an empty database is a new one
    unread = ["templates/t.json"] if damage is not None else []  # a folder is one of theirs
    broken = [name for name in broken if name in unread or not name.startswith("templates")]
    with closing(open_environment(tmp_path, StandingClock())) as environment:
        assert len(environment.notices) == len(broken) - len(unread)
        environment.look_at_templates()
        assert len(environment.notices) == len(broken)
        for name in broken:
            (notice,) = [notice for notice in environment.notices if Path(name).name in notice]
            assert notice.endswith(".")
        send(environment)
        environment.settings.save(Settings())
        environment.workspace.save(Workspace(tabs=(OpenDraft(id=1, draft=FIRST),)))
        environment.templates.save(template_of("x", FIRST))
    aside = sorted(place.name for place in tmp_path.glob("*.broken-*"))
    assert len(aside) == len(broken) - len(unread)  # an unreadable template stays where it is
    if damage is not None:
        assert all((tmp_path / name).read_bytes() == damage for name in aside)
    with closing(open_environment(tmp_path)) as environment:
        assert environment.notices == ()
        environment.look_at_templates()
        assert len(environment.notices) == len(unread)
        assert environment.workspace.load() == Workspace(tabs=(OpenDraft(id=1, draft=FIRST),))
        assert len(environment.history.rows()) == 1


def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    with closing(open_environment(tmp_path)) as environment:
        send(environment)
    with closing(sqlite3.connect(tmp_path / "history.sqlite3")) as connection:
        connection.execute("PRAGMA user_version = 1000")
    for expected in (1, 2):
        with closing(open_environment(tmp_path)) as environment:
            assert "history-1.sqlite3" in environment.notices[0]
            send(environment)
            assert environment.history.count() == expected
    with closing(sqlite3.connect(tmp_path / "history.sqlite3")) as connection:
        assert connection.execute("SELECT count(*) FROM sends").fetchone() == (1,)


def test_a_profile_of_a_newer_format_is_refused_and_not_touched(tmp_path: Path) -> None:
    with closing(open_environment(tmp_path)) as environment:
        send(environment)
    (tmp_path / "profile.json").write_text('{"format": 1000, "app": "9.0.0"}')
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    for role in Role:
        with pytest.raises(ProfileError, match=r"written by Event Composer 9\.0\.0 .* Update"):
            open_environment(tmp_path, role=role)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_a_profile_from_before_formats_were_noted_is_brought_up_unless_it_is_in_use(
    tmp_path: Path,
) -> None:
    with closing(open_environment(tmp_path)) as environment:
        send(environment)
        (tmp_path / "profile.json").unlink()
        with pytest.raises(ProfileError, match="another window or command still uses it"):
            open_environment(tmp_path)
    with closing(open_environment(tmp_path)) as environment:
        assert environment.notices == ()
        assert environment.history.count() == 1
    assert (tmp_path / "profile.json").exists()


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "profile").write_bytes(b"")
    with pytest.raises(ProfileError, match=r"profile cannot be used: .* is not a folder\."):
        open_environment(tmp_path / "profile")
    with pytest.raises(ProfileError, match="cannot be used"):
        open_environment(tmp_path / "profile" / "inside")


def test_a_profile_that_could_not_be_opened_is_given_back(tmp_path: Path) -> None:
    (tmp_path / "instance-1.lock").mkdir()
    with pytest.raises(ProfileError):
        open_environment(tmp_path)
    (tmp_path / "instance-1.lock").rmdir()
    with closing(open_environment(tmp_path)) as environment:
        assert environment.instance.slot == 1


def test_a_broken_file_that_cannot_be_put_aside_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "settings.json").write_bytes(b"{")

    def refuse(path: Path, _: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", refuse)
        with pytest.raises(ProfileError, match=r"could not be put aside: .* Check its permissions"):
            open_environment(tmp_path)
    with closing(open_environment(tmp_path)) as environment:
        assert environment.instance.slot == 1
        assert "settings.json.broken-" in environment.notices[0]


def test_cut_off_rows_that_cannot_be_marked_yet_are_marked_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_environment(tmp_path)) as environment:
        send(environment)
    monkeypatch.setattr("composer.services.database.BUSY_SECONDS", 0.05)
    other = sqlite3.connect(tmp_path / "history.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with closing(open_environment(tmp_path)) as environment:
        assert environment.history.rows()[0].outcome is None
        other.close()
        assert environment.history.mark_cut_off() == 1
        assert environment.history.rows()[0].outcome == Interrupted()


@pytest.mark.parametrize("name", [".settings.json.abc.tmp", "sandbox/.certificate.pem.abc.tmp"])
def test_half_written_files_of_a_killed_process_go_away(tmp_path: Path, name: str) -> None:
    stray = tmp_path / name
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"half")
    os.utime(stray, (0, 0))
    open_environment(tmp_path).close()
    assert not stray.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no file size limits")
def test_a_full_disk_at_the_start_is_told(tmp_path: Path) -> None:
    done = run(FULL, str(tmp_path), "before")
    assert done.stderr == ""
    assert done.stdout.startswith("ProfileError ")
    assert "free some space" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no file size limits")
def test_a_disk_that_fills_up_costs_only_what_does_not_fit(tmp_path: Path) -> None:
    done = run(FULL, str(tmp_path), "later")
    assert done.stderr == ""
    told, kept = done.stdout.splitlines()
    assert told.startswith("StoreError history.sqlite3 could not be written: ")
    assert kept == "1 b'small'"
    with closing(open_environment(tmp_path)) as environment:
        assert environment.notices == ()
        assert environment.history.count() == 1


def test_two_processes_write_history_at_once(tmp_path: Path) -> None:
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), name],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in ("left", "right")
    ]
    assert [writer.communicate(timeout=50) for writer in writers] == [("done\n", "")] * 2
    with closing(open_environment(tmp_path)) as environment:
        rows = environment.history.rows(limit=1000)
        assert environment.notices == ()
        for name in ("left", "right"):
            mine = [int(row.summary.event) for row in rows if row.summary.person == name]
            assert mine == list(range(149, -1, -1))
        assert all(isinstance(row.outcome, Accepted) for row in rows)


def test_a_kill_in_the_middle_of_a_send_leaves_an_honest_row(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path), "me"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as victim:
        assert victim.stdout is not None
        assert victim.stdout.readline() == b"begun\n"
        with closing(open_environment(tmp_path)) as beside:
            assert beside.instance.slot == 2
            assert beside.history.rows()[0].outcome is None
        victim.kill()
        victim.wait()
    with closing(open_environment(tmp_path)) as environment:
        (row,) = environment.history.rows()
        assert row.outcome == Interrupted()
        entry = environment.history.entry(row.id)
        assert entry is not None
        assert entry.request.body == b'{"number": 1}'
        assert environment.notices == ()


def test_many_processes_open_a_damaged_profile_at_once(tmp_path: Path) -> None:
    (tmp_path / "history.sqlite3").write_bytes(b"garbage" * 1000)
    openers = [
        subprocess.Popen(
            [sys.executable, "-c", KILLED, str(tmp_path), "me"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(4)
    ]
    assert [opener.communicate(timeout=50) for opener in openers] == [(b"begun\n", b"")] * 4
    assert len(list(tmp_path.glob("*.broken-*"))) == 1
    with closing(open_environment(tmp_path)) as environment:
        assert environment.history.count() == 4


def test_the_templates_lie_where_the_settings_say(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    with closing(open_environment(tmp_path / "profile")) as environment:
        environment.settings.save(replace(Settings(), templates_folder=str(shared)))
    with closing(open_environment(tmp_path / "profile")) as environment:
        saved = environment.templates.save(template_of("Mine", FIRST))
        assert environment.templates.own() == [saved]
    assert [place.name for place in shared.iterdir()] == ["mine.json"]
