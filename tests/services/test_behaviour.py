"""The sandbox's switches survive mistakes in their file, and a second window."""

import json
import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from composer.core.behaviour import Behaviour, Edition, FaultKind, Flag, Rule, ScriptedFault
from composer.core.behaviour.text import parse_rule
from composer.core.errors import StoreError
from composer.services import ports
from composer.services.behaviour import BehaviourStore
from composer.services.notices import Notices
from tests.helpers.clock import StandingClock

ROOT = Path(__file__).parents[2]
CHANGED = Behaviour(
    edition=Edition.OF_2024,
    known_tokens=frozenset({"phc_mine", "phc_\u00e9 \U0001f680"}),
    quota_reached=True,
    serves_v1=False,
    serves_tls=True,
    flags=(
        Flag(key="new-checkout", variant="blue", payload='{"a": 1.00}', only_for=("a", "b")),
        Flag(key="off", enabled=False),
    ),
    rules=(
        parse_rule("429 retry-after=5 share=0.2"),
        parse_rule("reset path=/batch nth=3 off"),
        Rule(fault=ScriptedFault(kind=FaultKind.SLOW, delay_s=0.1), distinct_id="line\nbreak"),
    ),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "sandbox.json"


def store(file: Path) -> tuple[BehaviourStore, Notices]:
    notices = Notices()
    return BehaviourStore(file, StandingClock(), notices), notices


def content(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def test_a_new_profile_has_a_good_day_and_no_file(file: Path) -> None:
    behaviours: ports.BehaviourStore = store(file)[0]
    assert behaviours.load() == Behaviour()
    assert not file.exists()


def test_every_switch_is_kept(file: Path) -> None:
    store(file)[0].save(CHANGED)
    again, notices = store(file)
    assert again.load() == CHANGED
    assert notices.all() == ()
    switches = vars(Behaviour)["__slots__"]
    assert not [name for name in switches if getattr(CHANGED, name) == getattr(Behaviour(), name)]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_the_file_with_the_tokens_is_private(file: Path) -> None:
    store(file)[0].save(CHANGED)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("edition", "2023"),
        ("known_tokens", "phc_mine"),
        ("quota_reached", 1),
        ("serves_v1", None),
        ("serves_tls", "yes"),
        ("flags", {}),
        ("rules", 503),
    ],
)
def test_a_wrong_switch_costs_that_switch_only(file: Path, name: str, value: object) -> None:
    store(file)[0].save(CHANGED)
    file.write_text(json.dumps(content(file) | {name: value}), encoding="utf-8")
    damaged, notices = store(file)
    behaviour = damaged.load()
    for switch in vars(Behaviour)["__slots__"]:
        expected = Behaviour() if switch == name else CHANGED
        assert getattr(behaviour, switch) == getattr(expected, switch)
    (notice,) = notices.all()
    assert name in notice
    assert str(file) in notice


def test_a_wrong_rule_costs_that_rule_only(file: Path) -> None:
    store(file)[0].save(CHANGED)
    text = file.read_text(encoding="utf-8").replace('"retry_after_s": 5', '"retry_after_s": -1')
    file.write_text(text, encoding="utf-8")
    damaged, notices = store(file)
    assert damaged.load().rules == CHANGED.rules[1:]
    assert "left out: rules > 1 (Retry-After is in whole seconds" in notices.all()[0]


@pytest.mark.parametrize("damage", [b"", b"{", b'{"edition": "2024"', b"\xff\xfe\x00", b"[]"])
def test_a_broken_file_is_put_aside_and_told(file: Path, damage: bytes) -> None:
    file.write_bytes(damage)
    broken, notices = store(file)
    assert broken.load() == Behaviour()
    aside = file.with_name("sandbox.json.broken-20261121-093000")
    assert aside.read_bytes() == damage
    (notice,) = notices.all()
    assert notice.startswith("The switches of the sandbox could not be read: ")
    assert notice.endswith(f"kept as {aside}; the app goes on with a sandbox on a good day.")
    broken.save(CHANGED)
    assert store(file)[0].load() == CHANGED


@given(content=st.binary(max_size=200))
def test_whatever_the_file_holds_the_sandbox_starts(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    file = tmp_path_factory.mktemp("profile") / "sandbox.json"
    file.write_bytes(content)
    assert isinstance(store(file)[0].load(), Behaviour)


def test_a_folder_in_place_of_the_file_is_put_aside(file: Path) -> None:
    file.mkdir()
    behaviours, notices = store(file)
    assert behaviours.load() == Behaviour()
    assert "is a folder" in notices.all()[0]
    behaviours.save(CHANGED)
    assert file.is_file()


def test_a_personal_key_does_not_stand_in_the_file(file: Path) -> None:
    key = "phx_" + "Ab3dE6gH" * 5
    store(file)[0].save(Behaviour(known_tokens=frozenset({key, "phc_mine"})))
    assert content(file)["known_tokens"] == ["phc_mine", "phx_…"]


def test_of_two_windows_the_last_writer_wins(file: Path) -> None:
    first, second = store(file)[0], store(file)[0]
    assert first.load() == second.load()
    first.save(CHANGED)
    second.save(Behaviour(quota_reached=True))
    assert first.load() == second.load() == Behaviour(quota_reached=True)


def test_two_windows_that_write_and_read_at_once_see_whole_files(file: Path) -> None:
    days = (CHANGED, Behaviour(quota_reached=True))

    def use(window: int) -> list[Behaviour]:
        behaviours, notices = store(file)
        seen: list[Behaviour] = []
        for _ in range(25):
            behaviours.save(days[window])
            seen.append(behaviours.load())
        assert notices.all() == ()
        return seen

    with ThreadPoolExecutor(2) as pool:
        seen = [behaviour for each in pool.map(use, range(2)) for behaviour in each]
    assert len(seen) == 50
    assert all(behaviour in days for behaviour in seen)


def test_a_save_that_fails_says_so_and_can_be_repeated(file: Path) -> None:
    behaviours = store(file.parent / "folder" / "sandbox.json")[0]
    (file.parent / "folder").write_bytes(b"")
    with pytest.raises(StoreError, match=r"sandbox\.json could not be saved"):
        behaviours.save(CHANGED)
    (file.parent / "folder").unlink()
    behaviours.save(CHANGED)
    assert behaviours.load() == CHANGED


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX's permissions and limits")
@pytest.mark.parametrize(
    ("hindrance", "reason"),
    [
        ("resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))", "there is no room on the disk"),
        # The superuser may write everywhere, so it is made somebody else.
        ("os.chmod(file.parent, 0o500); os.geteuid() or os.seteuid(65_534)", "Check its permiss"),
    ],
    ids=["full disk", "read-only folder"],
)
def test_what_cannot_be_written_leaves_what_was_kept(
    file: Path, hindrance: str, reason: str
) -> None:
    store(file)[0].save(Behaviour(quota_reached=True))
    code = (
        "import os, resource, sys; from pathlib import Path\n"
        "from composer.core.errors import StoreError\n"
        "from tests.services.test_behaviour import CHANGED, store\n"
        "file = Path(sys.argv[1])\n"
        f"{hindrance}\n"
        "try: store(file)[0].save(CHANGED)\n"
        "except StoreError as error: print(error)\n"
    )
    command = [sys.executable, "-c", code, str(file)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=50)
    file.parent.chmod(0o700)
    assert "sandbox.json could not be saved: " in ran.stdout
    assert reason in ran.stdout
    assert store(file)[0].load() == Behaviour(quota_reached=True)
    assert [place.name for place in file.parent.iterdir()] == ["sandbox.json"]
