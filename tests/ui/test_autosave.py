"""Open work and settings reach the disk a moment after they change, and nothing twice."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import pytest_asyncio

from composer.core.draft import Draft
from composer.core.jsontext import Object
from composer.core.records import BatchItem, Workspace
from composer.core.settings import Settings
from composer.services.settings import SettingsStore
from composer.services.workspace import WorkspaceStore
from composer.ui import autosave
from composer.ui.autosave import Autosave
from composer.ui.batch.batch import Batch
from composer.ui.session import Session
from tests.helpers.batch import names_in
from tests.helpers.bench import a_bench
from tests.helpers.stage import Stage
from tests.helpers.window import wait_until

needs_file_limits = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no file size limits"
)

A_MOMENT = autosave.DELAY / 1000
_OLD_EVENT = Object((("event", "from an older version"), ("distinct_id", "ada")))
OLD = (BatchItem(id=1, draft=Draft(type_id="custom", payload=_OLD_EVENT)),)


class WatchedWorkspaces(WorkspaceStore):
    """The real store, which notes what it was asked to save."""

    asked: list[Workspace]

    def save(self, workspace: Workspace) -> None:
        self.asked.append(workspace)
        super().save(workspace)


class WatchedSettings(SettingsStore):
    asked: list[Settings]

    def save(self, settings: Settings) -> None:
        self.asked.append(settings)
        super().save(settings)


class Kept:
    """Session, batch and preferences with their autosave, over files of the test's own."""

    def __init__(self, stage: Stage) -> None:
        profile = stage.environment.profile
        clock, told = stage.environment.clock, stage.environment.told
        self.stage = stage
        self.work_file = profile.workspace(stage.environment.instance.slot)
        self.settings_file = profile.settings
        self.workspaces = WatchedWorkspaces(self.work_file, clock, told)
        self.settings = WatchedSettings(self.settings_file, clock, told)
        self.workspaces.asked = []
        self.settings.asked = []
        self.session = Session(stage.clock, stage.preferences)
        self.batch = Batch(
            stage.batch,
            stage.preferences,
            tasks=stage.tasks,
            messages=stage.messages,
            workspace=Workspace(tabs=(), batch=OLD),
        )
        self.failures: list[str] = []
        self.autosave = Autosave(
            self.session,
            self.batch,
            stage.preferences,
            workspaces=self.workspaces,
            settings=self.settings,
            tasks=stage.tasks,
        )
        self.autosave.failed.connect(self.failures.append)

    def name(self, event: str) -> None:
        self.session.set_value(("event",), event)

    @property
    def in_file(self) -> Workspace | None:
        """As the next start would read it."""
        return self.stage.environment.workspace.load()

    @property
    def event_in_file(self) -> object:
        work = self.in_file
        return work.tabs[0].draft.payload.get("event") if work else None


@pytest_asyncio.fixture
async def kept(stage: Stage) -> Kept:
    return Kept(stage)


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


async def test_nothing_is_written_before_something_changes(kept: Kept) -> None:
    await asyncio.sleep(A_MOMENT * 1.3)
    assert not kept.work_file.exists()
    assert not kept.settings_file.exists()


async def test_a_change_is_on_the_disk_a_moment_later_and_not_at_once(kept: Kept) -> None:
    kept.name("first")
    await asyncio.sleep(A_MOMENT / 3)
    assert kept.workspaces.asked == []
    await wait_until(kept.work_file.exists, "the file")
    assert kept.event_in_file == "first"


async def test_many_changes_within_a_moment_are_one_write_of_the_last(kept: Kept) -> None:
    for number in range(20):
        kept.name(f"event {number}")
        await asyncio.sleep(0.002)
    await wait_until(kept.work_file.exists, "the file")
    await asyncio.sleep(A_MOMENT * 1.3)
    assert len(kept.workspaces.asked) == 1
    assert kept.event_in_file == "event 19"


async def test_one_who_never_stops_typing_is_saved_all_the_same(kept: Kept) -> None:
    number = 0
    loop = asyncio.get_running_loop()
    end = loop.time() + 10
    while not kept.work_file.exists():
        assert loop.time() < end
        number += 1
        kept.name(f"event {number}")
        await asyncio.sleep(A_MOMENT / 10)


async def test_preferences_are_followed_too(kept: Kept) -> None:
    kept.stage.preferences.change(hide_key=True)
    await wait_until(kept.settings_file.exists, "the settings")
    assert kept.stage.environment.settings.load().hide_key


async def test_the_batch_of_an_older_version_is_kept_until_the_table_has_it(kept: Kept) -> None:
    kept.name("first")
    await kept.autosave.save()
    work = kept.in_file
    assert work is not None
    assert work.batch == OLD
    kept.batch.begin()
    assert await names_in(kept.batch) == ["from an older version"]
    await kept.autosave.save()
    work = kept.in_file
    assert work is not None
    assert work.batch == ()


async def test_the_drafts_of_other_types_are_kept(kept: Kept) -> None:
    kept.session.choose_type("pageview")
    await kept.autosave.save()
    work = kept.in_file
    assert work is not None
    (tab,) = work.tabs
    assert tab.draft.type_id == "pageview"
    assert [draft.type_id for draft in tab.parked] == ["custom"]


async def test_what_has_not_changed_is_not_written_again(kept: Kept) -> None:
    kept.name("first")
    await kept.autosave.save()
    await kept.autosave.save()
    kept.stage.preferences.change(hide_key=True)
    await kept.autosave.save()
    await kept.autosave.save()
    assert len(kept.workspaces.asked) == 1
    assert len(kept.settings.asked) == 1


async def test_a_change_that_is_taken_back_before_the_moment_is_over_leaves_the_file_alone(
    kept: Kept,
) -> None:
    kept.name("first")
    await kept.autosave.save()
    kept.stage.clock.go_on(seconds=10)  # a step of its own
    kept.name("second")
    kept.session.undo_stack.undo()
    assert kept.session.draft.payload.get("event") == "first"
    await asyncio.sleep(A_MOMENT * 1.5)
    assert len(kept.workspaces.asked) == 1


async def test_saving_takes_the_state_of_now_and_spares_the_planned_write(kept: Kept) -> None:
    kept.name("first")
    kept.autosave.save_now()
    kept.name("second")
    await wait_until(lambda: kept.event_in_file == "second", "the write")
    await asyncio.sleep(A_MOMENT * 1.5)
    assert len(kept.workspaces.asked) == 1


async def test_of_two_saves_at_once_the_later_state_stays(kept: Kept) -> None:
    kept.name("first")
    first = asyncio.ensure_future(kept.autosave.save())
    await asyncio.sleep(0)  # the first is in its thread now
    kept.name("second")
    await asyncio.gather(first, kept.autosave.save())
    assert [work.tabs[0].draft.payload.get("event") for work in kept.workspaces.asked] == [
        "first",
        "second",
    ]
    assert kept.event_in_file == "second"


@needs_file_limits
async def test_a_full_disk_is_said_and_the_work_is_written_once_there_is_room(kept: Kept) -> None:
    kept.name("precious")
    with full_disk():
        assert not await kept.autosave.save()
    (sentence,) = kept.failures
    assert sentence.startswith("draft-1.txt could not be saved: there is no room")
    assert sentence.endswith("Free some space and try again.")
    assert kept.session.draft.payload.get("event") == "precious"
    assert kept.event_in_file is None
    assert await kept.autosave.save()
    assert kept.event_in_file == "precious"
    assert len(kept.failures) == 1


@needs_file_limits
async def test_a_full_disk_leaves_the_work_of_before_whole(kept: Kept) -> None:
    kept.name("before")
    await kept.autosave.save()
    kept.name("after")
    with full_disk():
        assert not await kept.autosave.save()
    assert kept.event_in_file == "before"
    assert kept.session.draft.payload.get("event") == "after"


async def test_a_folder_in_the_place_of_the_file_is_said_for_each_planned_write(kept: Kept) -> None:
    kept.work_file.mkdir(parents=True)
    kept.name("precious")
    await wait_until(lambda: kept.failures, "the sentence")
    assert "could not be saved" in kept.failures[0]
    kept.work_file.rmdir()
    kept.name("more precious")
    await wait_until(lambda: kept.event_in_file == "more precious", "the file")
    assert len(kept.failures) == 1


@needs_file_limits
async def test_settings_that_cannot_be_written_are_said_and_tried_again(kept: Kept) -> None:
    await kept.autosave.save()
    kept.stage.preferences.change(hide_key=True)
    with full_disk():
        assert not await kept.autosave.save()
    assert len(kept.failures) == 1
    assert kept.failures[0].startswith("settings.json could not be saved")
    assert kept.stage.preferences.settings.hide_key
    await kept.autosave.save()
    assert kept.stage.environment.settings.load().hide_key
    assert len(kept.failures) == 1


async def test_closing_saves_what_was_typed_in_the_last_moment(tmp_path: Path) -> None:
    async with a_bench(tmp_path) as bench:
        bench.work.session.set_value(("event",), "the very last")
        bench.work.preferences.change(hide_key=True)
    async with a_bench(tmp_path) as bench:
        assert bench.work.session.draft.payload.get("event") == "the very last"
        assert bench.work.preferences.settings.hide_key
