"""Instances take numbers, and the system takes a number back from a process that was killed."""

import subprocess
import sys
from pathlib import Path

import pytest

from composer.core.errors import ProfileError
from composer.services import instance as instance_module
from composer.services.instance import InstanceLock, Role, gate
from composer.services.locks import FileLock
from composer.services.paths import Profile

ROOT = Path(__file__).parents[2]

HOLDER = """
import sys
from pathlib import Path
from composer.services.instance import InstanceLock
from composer.services.paths import Profile

held = InstanceLock.acquire(Profile(Path(sys.argv[1])))
print(held.slot, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile(tmp_path)


def test_each_instance_takes_the_lowest_free_slot(profile: Profile) -> None:
    first, second = InstanceLock.acquire(profile), InstanceLock.acquire(profile)
    assert (first.slot, second.slot) == (1, 2)
    first.release()
    third = InstanceLock.acquire(profile)
    assert third.slot == 1
    assert third.run != first.run
    second.release()
    third.release()


def test_a_command_never_takes_the_slot_of_a_window(profile: Profile) -> None:
    command = InstanceLock.acquire(profile, Role.COMMAND)
    window = InstanceLock.acquire(profile)
    assert (command.slot, window.slot) == (1001, 1)
    command.release()
    window.release()


def test_a_slot_is_alive_while_it_is_held(profile: Profile) -> None:
    mine, other = InstanceLock.acquire(profile), InstanceLock.acquire(profile)
    assert [mine.is_alive(slot) for slot in (1, 2, 3)] == [True, True, False]
    other.release()
    assert not mine.is_alive(2)
    mine.release()


def test_a_look_at_a_slot_does_not_take_it(profile: Profile) -> None:
    mine = InstanceLock.acquire(profile)
    assert not mine.is_alive(2)
    other = InstanceLock.acquire(profile)
    assert other.slot == 2
    mine.release()
    other.release()


def test_where_it_cannot_be_told_a_slot_counts_as_alive(profile: Profile) -> None:
    mine = InstanceLock.acquire(profile)
    profile.lock(2).mkdir()
    assert mine.is_alive(2)
    mine.release()


def test_a_kill_frees_the_slot(profile: Profile) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(profile.folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"1"
        mine = InstanceLock.acquire(profile)
        assert mine.slot == 2
        assert mine.is_alive(1)
        holder.kill()
        holder.wait()
    assert not mine.is_alive(1)
    mine.release()


def test_the_gate_lets_one_in_at_a_time(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instance_module, "_GATE_SECONDS", 0.05)
    with gate(profile), pytest.raises(ProfileError, match="Try again in a moment"):
        gate(profile)
    with gate(profile):
        pass


def test_a_lock_that_is_waited_for_is_taken_when_it_comes_free(tmp_path: Path) -> None:
    from threading import Timer

    held, wanted = FileLock(tmp_path / "x.lock"), FileLock(tmp_path / "x.lock")
    assert held.take()
    assert not wanted.take()
    timer = Timer(0.05, held.release)
    timer.start()
    assert wanted.take(5)
    timer.join()
    wanted.release()
