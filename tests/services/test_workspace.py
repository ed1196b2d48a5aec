"""Open work comes back exactly as it was left, also text that is not JSON."""

import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from composer.core.draft import STAMPS, Draft, first_draft
from composer.core.errors import StoreError
from composer.core.events import ALL, detect
from composer.core.jsontext import MAX_DEPTH, Layout, Number, Object, Value, encode, parse
from composer.core.records import BatchItem, Workspace
from composer.services import ports
from composer.services.notices import Notices
from composer.services.workspace import WorkspaceStore, read_workspace, written_workspace
from tests.helpers.clock import StandingClock
from tests.helpers.values import objects, texts, values

FIRST = first_draft(token="phc_1", uuid="u", timestamp="t")


def drafts() -> st.SearchStrategy[Draft]:
    """Drafts as forms, as typed JSON and as text that does not parse."""
    generated = st.frozensets(st.sampled_from(sorted(STAMPS)))
    plain = st.builds(
        lambda payload, generated: Draft(
            type_id=detect(payload).id, payload=payload, generated=generated
        ),
        objects(values),
        generated,
    )
    typed = st.builds(
        lambda draft, payload: draft.with_text(f" {encode(payload, Layout.PRETTY)}\r\n\t"),
        plain,
        objects(values),
    )
    broken = st.builds(lambda draft, text: draft.with_text(f"{{{text}"), plain, texts)
    return st.one_of(plain, typed, broken)


workspaces = st.builds(
    Workspace,
    draft=drafts(),
    parked=st.lists(drafts(), max_size=3).map(tuple),
    batch=st.lists(st.builds(BatchItem, id=st.integers(0, 10**12), draft=drafts()), max_size=3).map(
        tuple
    ),
    historical_migration=st.booleans(),
)


def nested(levels: int) -> Value:
    value: Value = ()
    for _ in range(levels - 1):
        value = (value,)
    return value


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "workspace-1.json"


def store(file: Path) -> tuple[WorkspaceStore, Notices]:
    notices = Notices()
    return WorkspaceStore(file, StandingClock(), notices), notices


def test_there_is_no_work_in_a_new_profile(file: Path) -> None:
    work: ports.WorkspaceStore = store(file)[0]
    assert work.load() is None


@given(workspaces)
def test_every_workspace_comes_back_as_it_was(workspace: Workspace) -> None:
    again = read_workspace(written_workspace(workspace))
    assert again == workspace
    for before, after in zip(
        [workspace.draft, *workspace.parked], [again.draft, *again.parked], strict=True
    ):
        for layout in Layout:
            assert after.text(layout) == before.text(layout)
        assert str(after.fault) == str(before.fault)


def test_a_saved_workspace_is_there_for_the_next_start(file: Path) -> None:
    workspace = Workspace(draft=FIRST, batch=(BatchItem(id=7, draft=FIRST),))
    store(file)[0].save(workspace)
    again, notices = store(file)
    assert again.load() == workspace
    assert again.load() == workspace
    assert notices.all() == ()


def test_the_form_of_every_event_type_comes_back(file: Path) -> None:
    parked = tuple(FIRST.as_type(event_type) for event_type in ALL)
    store(file)[0].save(Workspace(draft=FIRST, parked=parked))
    workspace = store(file)[0].load()
    assert workspace is not None
    assert [draft.type_id for draft in workspace.parked] == [t.id for t in ALL]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_the_file_is_private(file: Path) -> None:
    store(file)[0].save(Workspace(draft=FIRST))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_only_a_change_is_written(file: Path) -> None:
    work = store(file)[0]
    work.save(Workspace(draft=FIRST))
    before = file.stat()
    work.save(Workspace(draft=FIRST))
    assert file.stat().st_ino == before.st_ino
    assert file.stat().st_mtime_ns == before.st_mtime_ns
    work.save(Workspace(draft=FIRST.with_text("{")))
    again = store(file)[0].load()
    assert again is not None
    assert again.draft.source == "{"


def test_what_another_program_put_there_is_read(file: Path) -> None:
    work = store(file)[0]
    work.save(Workspace(draft=FIRST))
    other = Workspace(draft=FIRST.with_text("other"))
    store(file)[0].save(other)
    assert work.load() == other


@pytest.mark.parametrize("levels", [MAX_DEPTH - 2, MAX_DEPTH, MAX_DEPTH + 50])
def test_no_nesting_is_too_deep_to_be_kept(levels: int) -> None:
    draft = FIRST.with_value(("properties", "deep"), nested(levels))
    again = read_workspace(written_workspace(Workspace(draft=draft))).draft
    assert again.text(Layout.COMPACT) == draft.text(Layout.COMPACT)
    assert (again.fault is None) == (levels < MAX_DEPTH)


def test_the_spelling_of_numbers_is_kept() -> None:
    payload = parse('{"a":1.00,"a":1e5,"b":9007199254740993}')
    assert isinstance(payload, Object)
    draft = Draft(type_id="custom", payload=payload)
    assert read_workspace(written_workspace(Workspace(draft=draft))).draft.payload == payload


def changed(key: str, value: Value) -> bytes:
    content = parse(written_workspace(Workspace(draft=FIRST)).decode())
    assert isinstance(content, Object)
    return encode(content.with_member(key, value)).encode()


BROKEN = {
    "empty": b"",
    "cut": written_workspace(Workspace(draft=FIRST))[:-20],
    "no text": b"\x00\xff" * 40,
    "a list": b"[]",
    "no draft": changed("draft", None),
    "a draft without text": changed("draft", Object((("type", "custom"), ("generated", ())))),
    "a draft without stamps": changed("draft", Object((("type", "custom"), ("payload", "{}")))),
    "parked": changed("parked", Object()),
    "a batch of numbers": changed("batch", (Number("1"),)),
    "a batch without numbers": changed("batch", (Object((("id", Number("-1")),)),)),
    "a newer one": changed("version", Number("2")),
}


@pytest.mark.parametrize("damage", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_file_is_put_aside_and_told(file: Path, damage: bytes) -> None:
    file.write_bytes(damage)
    work, notices = store(file)
    assert work.load() is None
    aside = file.with_name("workspace-1.json.broken-20261121-093000")
    assert aside.read_bytes() == damage
    assert [str(aside) in notice for notice in notices.all()] == [True]
    work.save(Workspace(draft=FIRST))
    assert work.load() == Workspace(draft=FIRST)


def test_a_folder_in_place_of_the_file_is_put_aside(file: Path) -> None:
    file.mkdir()
    work, notices = store(file)
    assert work.load() is None
    assert "is a folder" in notices.all()[0]


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_unforeseen(data: bytes) -> None:
    from composer.core.jsontext import JsonError
    from composer.services.draft_form import FormError

    with pytest.raises((JsonError, FormError)):
        read_workspace(data)


def test_a_save_that_fails_is_tried_again_by_the_next(file: Path) -> None:
    file.parent.joinpath("folder").write_bytes(b"")
    work = store(file.parent / "folder" / "workspace-1.json")[0]
    with pytest.raises(StoreError, match="is not a folder"):
        work.save(Workspace(draft=FIRST))
    file.parent.joinpath("folder").unlink()
    work.save(Workspace(draft=FIRST))
    assert work.load() == Workspace(draft=FIRST)
