"""Kept mappings come back as they were, whatever has become of their file."""

import json
import stat
from pathlib import Path

import pytest

from composer.core.errors import StoreError
from composer.core.mapping import CellKind, ColumnRule, Constant, Mapping, Target, WhenEmpty
from composer.services.batch.mappings import MappingStore
from composer.services.locks import FileLock
from composer.services.notices import Notices
from composer.services.ports.importing import Mappings
from tests.helpers.clock import StandingClock

EVENT = ColumnRule(column="event", target=Target.EVENT)
PERSON = ColumnRule(column="user", target=Target.PERSON)
FULL = Mapping(
    name="Orders \U0001f680",
    rules=(
        EVENT,
        PERSON,
        ColumnRule(
            column="on",
            target=Target.SET_ONCE,
            name="first order",
            kind=CellKind.DATE,
            time_format="%d/%m/%Y",
            zone="Europe/Paris",
            when_empty=WhenEmpty.NULL,
        ),
        ColumnRule(column="junk", target=Target.IGNORE),
    ),
    constants=(
        Constant(target=Target.PROPERTY, name="n", text="{{int 1 10}}", kind=CellKind.NUMBER),
    ),
    event_names=(("a", "b"),),
    template_id="t-1",
    zone="America/New_York",
    historical_migration=True,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "profile" / "mappings.json"


def store(file: Path) -> tuple[MappingStore, Notices]:
    notices = Notices()
    return MappingStore(file, StandingClock(), notices), notices


def test_a_new_profile_has_none_and_no_file(file: Path) -> None:
    mappings: Mappings = store(file)[0]
    assert list(mappings.all()) == []
    assert mappings.for_columns(("event",)) is None
    assert not file.exists()


def test_mappings_come_back_by_name_from_a_private_file(file: Path) -> None:
    plain = Mapping(name="also", rules=(EVENT,))
    assert store(file)[0].save(FULL) == FULL
    store(file)[0].save(plain)
    assert list(store(file)[0].all()) == [plain, FULL]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_one_of_the_same_name_is_replaced_and_one_that_is_gone_is_no_error(file: Path) -> None:
    mappings = store(file)[0]
    mappings.save(FULL)
    newer = Mapping(name=FULL.name, rules=(EVENT,))
    mappings.save(newer)
    assert list(mappings.all()) == [newer]
    mappings.delete("another")
    mappings.delete(FULL.name)
    assert list(mappings.all()) == []


def test_a_mapping_without_a_name_is_not_kept(file: Path) -> None:
    with pytest.raises(StoreError, match="Give it one"):
        store(file)[0].save(Mapping(name=" "))


def test_the_one_that_uses_most_columns_of_those_that_fit_is_found(file: Path) -> None:
    mappings = store(file)[0]
    mappings.save(Mapping(name="none", rules=(ColumnRule(column="x", target=Target.IGNORE),)))
    mappings.save(Mapping(name="small", rules=(EVENT,)))
    mappings.save(Mapping(name="large", rules=(EVENT, PERSON)))
    mappings.save(FULL)

    def found(*columns: str) -> str:
        mapping = mappings.for_columns(columns)
        return mapping.name if mapping else ""

    assert found("event", "user", "on") == FULL.name
    assert found("event", "user", "junk") == "large"
    assert found("event") == "small"
    assert found("user") == ""


@pytest.mark.parametrize("text", ["", "{", "[]", '"x"', "\x00"])
def test_a_broken_file_is_put_aside(file: Path, text: str) -> None:
    file.parent.mkdir()
    file.write_text(text)
    mappings, notices = store(file)
    assert list(mappings.all()) == []
    (sentence,) = notices.all()
    assert "kept mappings could not be read" in sentence
    mappings.save(FULL)
    assert list(mappings.all()) == [FULL]
    assert [one.read_text() for one in file.parent.glob("*.broken-*")] == [text]


@pytest.mark.parametrize(
    "strange",
    [
        {"name": "new", "rules": [{"column": "a", "target": "moon"}]},
        {"name": "new", "rules": {}},
        {"name": 1},
        "text",
    ],
    ids=str,
)
def test_a_mapping_that_cannot_be_read_stays_in_the_file(file: Path, strange: object) -> None:
    file.parent.mkdir()
    file.write_text(json.dumps({"version": 1, "mappings": [strange], "more": 1}))
    mappings = store(file)[0]
    assert list(mappings.all()) == []
    mappings.save(FULL)
    assert list(mappings.all()) == [FULL]
    content = json.loads(file.read_text(encoding="utf-8"))
    assert content["mappings"][0] == strange
    assert content["more"] == 1


def test_a_file_of_a_newer_version_is_read_and_left_alone(file: Path) -> None:
    store(file)[0].save(FULL)
    content = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**content, "version": 2}))
    before = file.read_bytes()
    mappings = store(file)[0]
    assert list(mappings.all()) == [FULL]
    with pytest.raises(StoreError, match="newer version"):
        mappings.save(Mapping(name="x", rules=(EVENT,)))
    with pytest.raises(StoreError, match="newer version"):
        mappings.delete(FULL.name)
    assert file.read_bytes() == before


def test_another_window_that_is_saving_is_waited_for(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("composer.services.batch.mappings._PATIENCE", 0.05)
    file.parent.mkdir()
    with FileLock(file.with_suffix(".lock")) as lock:
        assert lock.take()
        with pytest.raises(StoreError, match="another window"):
            store(file)[0].save(FULL)
    store(file)[0].save(FULL)
    assert list(store(file)[0].all()) == [FULL]
