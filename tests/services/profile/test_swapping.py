"""Several files change all at once or not at all, at whichever step the process is killed."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from composer.core.errors import StoreError
from composer.services.profile import swapping
from composer.services.profile.swapping import Swap, free_name

OLD = {"a.json": b"old a", "b.json": b"old b", "folder/c.json": b"old c", "kept.txt": b"kept"}
NEW = {"a.json": b"new a", "folder/d.json": b"new d", "e.json": b"new e"}
REPLACED = ("a.json", "b.json", "folder")
AFTER = {**NEW, "kept.txt": b"kept"}


class KilledError(BaseException):
    """Stands for the end of the process: nothing of ours runs after it."""


def fill(folder: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def content(folder: Path, *, without: str = "") -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not (without and path.is_relative_to(folder / without))
    }


def made_ready(folder: Path) -> Swap:
    fill(folder, OLD)
    swap = Swap(folder, "change")
    with swap.preparing() as place:
        fill(place / "files", NEW)
    return swap


def test_a_change_replaces_what_it_names_and_keeps_what_was_there(tmp_path: Path) -> None:
    swap = made_ready(tmp_path)
    assert swap.is_ready
    assert not swap.is_begun
    swap.begin(REPLACED, "before")
    assert swap.finish() == tmp_path / "before"
    assert content(tmp_path, without="before") == AFTER
    assert content(tmp_path / "before") == {
        name: data for name, data in OLD.items() if name != "kept.txt"
    }
    assert not swap.is_ready
    assert not swap.is_begun


def test_what_is_not_wanted_after_all_leaves_nothing(tmp_path: Path) -> None:
    swap = made_ready(tmp_path)
    swap.withdraw()
    assert content(tmp_path) == OLD
    assert not list(tmp_path.glob(".*"))


def test_a_failure_while_it_is_made_ready_leaves_nothing(tmp_path: Path) -> None:
    swap = Swap(tmp_path, "change")

    def fail() -> None:
        with swap.preparing() as place:
            fill(place / "files", NEW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_the_last_one_made_ready_counts(tmp_path: Path) -> None:
    swap = made_ready(tmp_path)
    with swap.preparing() as place:
        fill(place / "files", {"a.json": b"newer"})
    swap.begin(("a.json",), "before")
    swap.finish()
    assert content(tmp_path, without="before")["a.json"] == b"newer"
    assert (tmp_path / "folder" / "c.json").exists()


def killed_at(number: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Carry a change out, but die at the step of that number; whether it was reached."""
    left = [number]

    def count(real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **options: Any) -> Any:
            if left[0] == 0:
                raise KilledError
            left[0] -= 1
            return real(*arguments, **options)

        return step

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", count(Path.rename))
        patch.setattr(Path, "replace", count(Path.replace))
        patch.setattr(os, "unlink", count(os.unlink))
        patch.setattr(swapping.shutil, "rmtree", lambda *_, **__: None)
        swap = Swap(folder, "change")
        try:
            swap.begin(REPLACED, "before")
            swap.finish()
        except KilledError:
            return True
    return False


def test_a_kill_at_any_step_leaves_the_old_or_leads_to_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = range(30)
    reached = []
    for number in steps:
        folder = tmp_path / str(number)
        folder.mkdir()
        swap = made_ready(folder)
        reached.append(killed_at(number, folder, monkeypatch))
        if swap.is_begun:
            swap.finish()
            assert content(folder / "before") | AFTER == OLD | AFTER
        elif swap.is_ready:
            swap.sweep()
            assert {name: content(folder)[name] for name in OLD} == OLD
            continue
        swap.sweep()
        assert content(folder, without="before") == AFTER
        assert not [path for path in folder.glob(".change*") if path.is_dir()]
    assert True in reached
    assert reached[-1] is False, "the steps did not end"
    assert sum(reached) >= 8


def test_what_came_in_between_is_kept_beside(tmp_path: Path) -> None:
    swap = made_ready(tmp_path)
    swap.begin(("a.json",), "before")
    (tmp_path / "e.json").write_bytes(b"of another program")
    swap.finish()
    assert (tmp_path / "before" / "e.json").read_bytes() == b"of another program"
    assert (tmp_path / "e.json").read_bytes() == b"new e"


@pytest.mark.parametrize("plan", [b"{", b"[]", b'{"old": []}'])
def test_a_plan_that_cannot_be_read_is_told(tmp_path: Path, plan: bytes) -> None:
    swap = made_ready(tmp_path)
    (swap.place / "plan.json").write_bytes(plan)
    with pytest.raises(StoreError, match=r"plan\.json cannot be read.*choose another"):
        swap.finish()
    assert {name: content(tmp_path)[name] for name in OLD} == OLD


def test_a_name_that_is_taken_gets_a_number(tmp_path: Path) -> None:
    assert free_name(tmp_path, "before") == "before"
    (tmp_path / "before").mkdir()
    (tmp_path / "before-2").mkdir()
    assert free_name(tmp_path, "before") == "before-3"
