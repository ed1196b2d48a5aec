"""Open work comes back exactly as it was left, also text that is not JSON."""

import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from composer.core.draft import STAMPS, Draft, first_draft
from composer.core.errors import StoreError
from composer.core.events import ALL, detect
from composer.core.jsontext import (
    MAX_DEPTH,
    JsonError,
    Layout,
    Number,
    Object,
    Value,
    encode,
    parse,
)
from composer.core.records import BatchItem, OpenDraft, Workspace
from composer.services import ports
from composer.services.draft_form import FormError, written_draft
from composer.services.notices import Notices
from composer.services.workspace import WorkspaceStore
from composer.services.workspace.index_file import NewerError, read_index, written_index
from composer.services.workspace.tab_file import read_tab, written_tab
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


tabs = st.builds(
    OpenDraft,
    id=st.integers(1, 10**9),
    draft=drafts(),
    parked=st.lists(drafts(), max_size=3).map(tuple),
    unread=texts,
)
batches = st.lists(st.builds(BatchItem, id=st.integers(0, 10**12), draft=drafts()), max_size=3).map(
    tuple
)


def work_of(draft: Draft, *others: Draft, batch: tuple[BatchItem, ...] = ()) -> Workspace:
    """A workspace with a tab for each draft, the first one in front."""
    opened = tuple(OpenDraft(id=n, draft=one) for n, one in enumerate((draft, *others), 1))
    return Workspace(tabs=opened, batch=batch)


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


def draft_file(file: Path, number: int) -> Path:
    return file.with_suffix("") / f"draft-{number}.txt"


def first_format(**changes: Value) -> bytes:
    """What the version before wrote: one draft, in the list itself."""
    members: dict[str, Value] = {
        "version": Number("1"),
        "draft": written_draft(FIRST),
        "parked": (),
        "batch": (),
        "historical_migration": False,
    }
    content = Object(tuple((members | changes).items()))
    return encode(content, Layout.PRETTY).encode() + b"\n"


def test_there_is_no_work_in_a_new_profile(file: Path) -> None:
    work: ports.WorkspaceStore = store(file)[0]
    assert work.load() is None


@given(tabs)
def test_every_draft_comes_back_as_it_was(tab: OpenDraft) -> None:
    again = read_tab(written_tab(tab), tab.id)
    assert again == tab
    pairs = zip((tab.draft, *tab.parked), (again.draft, *again.parked), strict=True)
    for before, after in pairs:
        for layout in Layout:
            assert after.text(layout) == before.text(layout)
        assert str(after.fault) == str(before.fault)


@given(batches, st.booleans())
def test_every_batch_comes_back_as_it_was(batch: tuple[BatchItem, ...], historical: bool) -> None:
    tab = OpenDraft(id=3, draft=FIRST)
    work = Workspace(tabs=(tab,), current=3, batch=batch, historical_migration=historical)
    index = read_index(written_index(work))
    assert (index.order, index.current, index.faults) == ((3,), 3, ())
    assert (index.batch, index.historical_migration) == (batch, historical)


def test_a_saved_workspace_is_there_for_the_next_start(file: Path) -> None:
    workspace = work_of(FIRST, FIRST.with_text("{"), batch=(BatchItem(id=7, draft=FIRST),))
    store(file)[0].save(workspace)
    again, notices = store(file)
    assert again.load() == workspace
    assert again.load() == workspace
    assert notices.all() == ()


def test_order_and_the_tab_in_front_come_back(file: Path) -> None:
    work = store(file)[0]
    tabs = tuple(OpenDraft(id=number, draft=FIRST) for number in (7, 2, 30))
    work.save(Workspace(tabs=tabs, current=2))
    assert store(file)[0].load() == Workspace(tabs=tabs, current=2)
    moved = Workspace(tabs=tabs[::-1], current=30)
    work.save(moved)
    assert store(file)[0].load() == moved


def test_the_form_of_every_event_type_comes_back(file: Path) -> None:
    parked = tuple(FIRST.as_type(event_type) for event_type in ALL)
    store(file)[0].save(Workspace(tabs=(OpenDraft(id=1, draft=FIRST, parked=parked),)))
    workspace = store(file)[0].load()
    assert workspace is not None
    assert [draft.type_id for draft in workspace.tabs[0].parked] == [t.id for t in ALL]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_the_files_are_private(file: Path) -> None:
    store(file)[0].save(work_of(FIRST))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(draft_file(file, 1).stat().st_mode) == 0o600
    assert stat.S_IMODE(draft_file(file, 1).parent.stat().st_mode) == 0o700


def test_only_the_draft_that_changed_is_written(file: Path) -> None:
    work = store(file)[0]
    work.save(work_of(FIRST, FIRST))
    places = [file, draft_file(file, 1), draft_file(file, 2)]
    before = [(p.stat().st_ino, p.stat().st_mtime_ns) for p in places]
    work.save(work_of(FIRST, FIRST))
    assert [(p.stat().st_ino, p.stat().st_mtime_ns) for p in places] == before
    work.save(work_of(FIRST, FIRST.with_text("{")))
    assert [(p.stat().st_ino, p.stat().st_mtime_ns) for p in places[:2]] == before[:2]
    again = store(file)[0].load()
    assert again is not None
    assert again.tabs[1].draft.source == "{"


def test_a_closed_draft_is_gone_and_does_not_come_back(file: Path) -> None:
    work = store(file)[0]
    work.save(work_of(FIRST, FIRST, FIRST))
    work.save(work_of(FIRST))
    assert [path.name for path in draft_file(file, 1).parent.iterdir()] == ["draft-1.txt"]
    assert store(file)[0].load() == work_of(FIRST)


def test_what_another_program_put_there_is_read(file: Path) -> None:
    work = store(file)[0]
    work.save(work_of(FIRST))
    other = work_of(FIRST.with_text("other"))
    store(file)[0].save(other)
    assert work.load() == other


@pytest.mark.parametrize("levels", [MAX_DEPTH - 2, MAX_DEPTH, MAX_DEPTH + 50])
def test_no_nesting_is_too_deep_to_be_kept(levels: int) -> None:
    draft = FIRST.with_value(("properties", "deep"), nested(levels))
    again = read_tab(written_tab(OpenDraft(id=1, draft=draft)), 1).draft
    assert again.text(Layout.COMPACT) == draft.text(Layout.COMPACT)
    assert (again.fault is None) == (levels < MAX_DEPTH)


def test_the_spelling_of_numbers_is_kept() -> None:
    payload = parse('{"a":1.00,"a":1e5,"b":9007199254740993}')
    assert isinstance(payload, Object)
    draft = Draft(type_id="custom", payload=payload)
    assert read_tab(written_tab(OpenDraft(id=1, draft=draft)), 1).draft.payload == payload


def test_text_that_is_no_json_stands_in_the_file_as_it_is() -> None:
    text = '{"event": "é\u2028 \U0001f600",\r\n'
    assert text.encode() in written_tab(OpenDraft(id=1, draft=FIRST.with_text(text)))


KEY = "phx_" + "PlantedKey0" * 4


@pytest.mark.parametrize(
    "tab",
    [
        OpenDraft(id=1, draft=FIRST.with_token(KEY)),
        OpenDraft(id=1, draft=FIRST.with_text(f'{{"api_key": "{KEY}"')),
        OpenDraft(id=1, draft=FIRST, parked=(FIRST.with_value(("properties", "a"), KEY),)),
        OpenDraft(id=1, draft=FIRST, unread=f"curl -H 'Authorization: Bearer {KEY}'"),
    ],
)
def test_a_personal_key_stands_in_no_file(file: Path, tab: OpenDraft) -> None:
    batch = (BatchItem(id=1, draft=tab.draft),)
    store(file)[0].save(Workspace(tabs=(tab,), batch=batch))
    written = [path.read_bytes() for path in file.parent.rglob("*") if path.is_file()]
    assert len(written) == 2
    assert KEY.encode() not in b"".join(written)
    again = store(file)[0].load()
    assert again is not None
    assert len(again.batch) == 1


# What is broken

CUT = written_tab(OpenDraft(id=1, draft=FIRST))[:-20]
BROKEN_DRAFTS = {
    "empty": b"",
    "cut": CUT,
    "no text": b"\x00\xff" * 40,
    "a list": b"[]\n",
    "no drafts": b'{"version":2,"drafts":[]}\n',
    "drafts of numbers": b'{"version":2,"drafts":[1]}\n',
    "no type": b'{"version":2,"drafts":[{"generated":[]}]}\n',
    "no stamps": b'{"version":2,"drafts":[{"type":"custom"}]}\n',
    "no length": b'{"version":2,"drafts":[{"type":"custom","generated":[],"payload":"x"}]}\n',
    "too long": b'{"version":2,"drafts":[{"type":"custom","generated":[],"payload":9}]}\n{}\n',
    "no UTF-8": b'{"version":2,"drafts":[{"type":"custom","generated":[],"payload":2}]}\n\xff{\n',
    "a newer one": b'{"version":3}\n',
}


@pytest.mark.parametrize("damage", BROKEN_DRAFTS.values(), ids=BROKEN_DRAFTS.keys())
def test_a_broken_draft_costs_only_itself(file: Path, damage: bytes) -> None:
    store(file)[0].save(work_of(FIRST, FIRST.with_text("{"), FIRST))
    draft_file(file, 2).write_bytes(damage)
    work, notices = store(file)
    again = work.load()
    assert again is not None
    assert [tab.id for tab in again.tabs] == [1, 3]
    aside = draft_file(file, 2).with_name("draft-2.txt.broken-20261121-093000")
    assert aside.read_bytes() == damage
    assert work.load() == again
    assert [str(aside) in notice for notice in notices.all()] == [True]
    work.save(again)
    assert store(file)[0].load() == again


BROKEN_LISTS = {
    "empty": b"",
    "no text": b"\x00\xff" * 40,
    "a list": b"[]",
    "no version": b"{}",
    "no order": b'{"version":2,"batch":[]}',
    "no batch": b'{"version":2,"tabs":[2,1]}',
}


@pytest.mark.parametrize("damage", BROKEN_LISTS.values(), ids=BROKEN_LISTS.keys())
def test_a_broken_list_costs_no_draft(file: Path, damage: bytes) -> None:
    store(file)[0].save(work_of(FIRST, FIRST.with_text("{")))
    file.write_bytes(damage)
    work, notices = store(file)
    again = work.load()
    assert again is not None
    assert again.tabs == work_of(FIRST, FIRST.with_text("{")).tabs
    aside = file.with_name("workspace-1.json.broken-20261121-093000")
    assert aside.read_bytes() == damage
    assert [str(aside) in notice for notice in notices.all()] == [True]


def test_a_broken_event_of_the_batch_costs_only_itself(file: Path) -> None:
    items = tuple(BatchItem(id=number, draft=FIRST) for number in (1, 2, 3))
    store(file)[0].save(work_of(FIRST, batch=items))
    damage = file.read_bytes().replace(b'"id": 2', b'"id": -2')
    file.write_bytes(damage)
    work, notices = store(file)
    wanted = work_of(FIRST, batch=(items[0], items[2]))
    assert work.load() == wanted
    assert work.load() == wanted
    assert len(notices.all()) == 1
    (aside,) = file.parent.glob("*.broken-*")
    assert aside.read_bytes() == damage


def test_a_draft_that_the_list_does_not_name_yet_is_found(file: Path) -> None:
    store(file)[0].save(work_of(FIRST))
    draft_file(file, 9).write_bytes(written_tab(OpenDraft(id=9, draft=FIRST.with_text("new"))))
    again = store(file)[0].load()
    assert again is not None
    assert [tab.id for tab in again.tabs] == [1, 9]


def test_a_draft_whose_file_is_gone_is_told_once(file: Path) -> None:
    store(file)[0].save(work_of(FIRST, FIRST))
    draft_file(file, 2).unlink()
    work, notices = store(file)
    assert work.load() == work_of(FIRST)
    assert work.load() == work_of(FIRST)
    (notice,) = notices.all()
    assert str(draft_file(file, 2)) in notice


def test_a_folder_in_place_of_the_file_is_put_aside(file: Path) -> None:
    file.mkdir()
    work, notices = store(file)
    assert work.load() is None
    assert "is a folder" in notices.all()[0]


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_unforeseen(data: bytes) -> None:
    for read in (read_index, lambda content: read_tab(content, 1)):
        with pytest.raises((JsonError, FormError, NewerError)):
            read(data)


def test_a_save_that_fails_is_tried_again_by_the_next(file: Path) -> None:
    file.parent.joinpath("folder").write_bytes(b"")
    work = store(file.parent / "folder" / "workspace-1.json")[0]
    with pytest.raises(StoreError, match="is not a folder"):
        work.save(work_of(FIRST))
    file.parent.joinpath("folder").unlink()
    work.save(work_of(FIRST))
    assert work.load() == work_of(FIRST)


def test_a_draft_that_cannot_be_written_does_not_keep_the_others_from_it(file: Path) -> None:
    draft_file(file, 1).mkdir(parents=True)
    draft_file(file, 1).joinpath("in the way").write_bytes(b"")
    work = store(file)[0]
    with pytest.raises(StoreError, match=r"draft-1\.txt could not be saved"):
        work.save(work_of(FIRST, FIRST))
    assert draft_file(file, 2).is_file()
    assert not file.exists()


# Other versions


def test_the_first_format_is_read_and_written_as_this_one(file: Path) -> None:
    items: Value = (Object((("id", Number("4")), ("draft", written_draft(FIRST)))),)
    parked = (written_draft(FIRST.as_type(ALL[1])),)
    file.write_bytes(first_format(batch=items, parked=parked, historical_migration=True))
    work, notices = store(file)
    again = work.load()
    assert again is not None
    assert [tab.draft for tab in again.tabs] == [FIRST]
    assert again.current == again.tabs[0].id
    assert len(again.tabs[0].parked) == 1
    assert (again.batch, again.historical_migration) == ((BatchItem(id=4, draft=FIRST),), True)
    assert b'"version": 2' in file.read_bytes()  # at once, before anything is edited
    work.save(again)
    assert store(file)[0].load() == again
    assert notices.all() == ()


def test_a_kill_between_the_formats_loses_nothing(file: Path) -> None:
    file.write_bytes(first_format())
    draft_file(file, 1).parent.mkdir()
    newer = FIRST.with_text("typed since")
    draft_file(file, 1).write_bytes(written_tab(OpenDraft(id=1, draft=newer)))
    again = store(file)[0].load()
    assert again is not None
    assert {tab.draft.source for tab in again.tabs} == {None, "typed since"}
    assert len({tab.id for tab in again.tabs}) == 2


def test_a_kill_after_the_first_draft_of_the_new_format_doubles_nothing(file: Path) -> None:
    file.write_bytes(first_format())
    draft_file(file, 1).parent.mkdir()
    draft_file(file, 1).write_bytes(written_tab(OpenDraft(id=1, draft=FIRST)))
    again = store(file)[0].load()
    assert again is not None
    assert [tab.draft for tab in again.tabs] == [FIRST]


def test_what_a_newer_version_wrote_is_left_alone_and_told(file: Path) -> None:
    newer = b'{"version": 3, "anything": true}\n'
    file.write_bytes(newer)
    draft_file(file, 1).parent.mkdir()
    draft_file(file, 1).write_bytes(b"a newer draft")
    work, notices = store(file)
    assert work.load() is None
    assert work.load() is None
    (notice,) = notices.all()
    assert str(file) in notice
    work.save(work_of(FIRST))
    assert file.read_bytes() == newer
    assert draft_file(file, 1).read_bytes() == b"a newer draft"
    assert store(file)[0].load() == work_of(FIRST)
