"""The history model: newest first, one heading a day, whatever comes in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, strategies as st
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from composer.core.outcome import Cancelled
from composer.core.records import HistoryRow, Summary
from composer.ui.history.model import At, HistoryModel
from composer.ui.icons import IconName
from composer.ui.lists.model import Cell
from tests.helpers.stage import OK, SANDBOX

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def row(identifier: int, hours_ago: float = 0.0) -> HistoryRow:
    return HistoryRow(
        id=identifier,
        sent_at=NOW - timedelta(hours=hours_ago),
        summary=Summary(event=f"event {identifier}", person="p"),
        destination=SANDBOX,
        path="/i/v0/e/",
        size=10,
        outcome=OK,
    )


def model_of(*rows: HistoryRow, more: bool = False) -> HistoryModel:
    model = HistoryModel(lambda: NOW)
    model.reset(rows, more=more)
    return model


def listed(model: HistoryModel) -> list[int | str | None]:
    found: list[int | str | None] = []
    for place in range(model.rowCount()):
        send = model.at(place)
        found.append(send.id if send else model.section(place))
    return found


def test_the_model_keeps_qts_contract(qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model_of(row(3), row(2, 20), row(1, 40)), force_py=True)


def test_sends_stand_under_their_days() -> None:
    model = model_of(row(4), row(3, 1), row(2, 20), row(1, 100))
    assert listed(model) == ["Today", 4, 3, "Yesterday", 2, "Tuesday 17 November", 1]
    assert model.row_of(2) == 4
    assert model.row_of(77) == -1
    assert model.index(4, At.EVENT).data() == "event 2"


def test_a_new_send_goes_on_top_of_its_day() -> None:
    model = model_of(row(2), row(1, 20))
    assert model.merge([row(3), row(2)])
    assert listed(model) == ["Today", 3, 2, "Yesterday", 1]


def test_the_first_send_of_a_day_brings_its_heading() -> None:
    model = model_of(row(1, 20))
    assert model.merge([row(2), row(1, 20)])
    assert listed(model) == ["Today", 2, "Yesterday", 1]


def test_a_send_that_ended_changes_in_place() -> None:
    model = model_of(replace(row(2), outcome=None), row(1))
    changed: list[int] = []
    model.dataChanged.connect(lambda first, _: changed.append(first.row()))
    ended = replace(row(2), outcome=Cancelled())
    assert model.merge([ended, row(1)])
    assert changed == [1]
    assert model.at(1) == ended


def test_a_gap_is_told() -> None:
    model = model_of(row(1))
    assert not model.merge([row(9), row(8)])
    assert listed(model) == ["Today", 1]
    assert model_of().merge([])
    assert not model_of().merge([row(1)])


def test_the_next_page_leaves_out_what_is_known_and_goes_on_under_its_day() -> None:
    model = model_of(row(5), row(4), more=True)
    model.append([row(4), row(3), row(2, 20)], more=False)
    assert listed(model) == ["Today", 5, 4, 3, "Yesterday", 2]


def test_sends_go_and_with_the_last_of_a_day_its_heading() -> None:
    model = model_of(row(4), row(3, 1), row(2, 20), row(1, 100))
    model.remove([2, 3, 77])
    assert listed(model) == ["Today", 4, "Tuesday 17 November", 1]
    assert model.sends == 2
    model.remove([4, 1])
    assert listed(model) == []
    assert model.sends == 0


def test_what_went_comes_back_to_its_place() -> None:
    rows = [row(4), row(3, 1), row(2, 20), row(1, 100)]
    model = model_of(*rows)
    model.remove([3, 2])
    model.put_back([rows[2], rows[1], rows[0]])
    assert listed(model) == ["Today", 4, 3, "Yesterday", 2, "Tuesday 17 November", 1]


def test_what_was_further_back_comes_back_with_its_page() -> None:
    model = model_of(row(9), row(8), more=True)
    model.put_back([row(2)])
    assert listed(model) == ["Today", 9, 8]
    model.append([row(2)], more=False)
    assert listed(model) == ["Today", 9, 8, 2]


def test_pins_notes_and_tickets_are_seen_and_spoken() -> None:
    pinned = replace(row(1), pinned=True, note="first line\nsecond", ticket="ZD-1")
    model = model_of(pinned)
    event, note = model.cell(1, At.EVENT), model.cell(1, At.NOTE)
    assert (event.icon, note.icon) == (IconName.PIN, IconName.NOTE)
    assert note.text == "ZD-1 · first line"
    assert note.hint == "first line\nsecond"
    spoken = int(Qt.ItemDataRole.AccessibleTextRole)
    assert model.data(model.index(1, At.EVENT), spoken) == "event 1 Pinned"
    plain = model_of(row(1))
    assert plain.cell(1, At.EVENT).icon is None
    assert plain.cell(1, At.NOTE) == Cell(text="", muted=True)


@given(
    hours=st.lists(st.integers(0, 100), min_size=1, max_size=20),
    gone=st.sets(st.integers(1, 20)),
    back=st.sets(st.integers(1, 20)),
)
def test_whatever_goes_and_comes_back_the_list_is_as_if_read_anew(
    hours: list[int], gone: set[int], back: set[int]
) -> None:
    rows = [row(len(hours) - n, age) for n, age in enumerate(sorted(hours))]
    model = model_of(*rows)
    model.remove(gone)
    model.put_back([r for r in rows if r.id in back & gone])
    left = [r for r in rows if r.id not in gone or r.id in back]
    assert listed(model) == listed(model_of(*left))
    assert model.sends == len(left)
    assert [model.row_of(r.id) >= 0 for r in rows] == [r in left for r in rows]


def test_more_is_asked_for_once_at_a_time() -> None:
    model = model_of(row(2), more=True)
    asked: list[bool] = []
    model.more_wanted.connect(lambda: asked.append(True))
    root = model.index(-1, -1)
    model.fetchMore(root)
    model.fetchMore(root)
    assert len(asked) == 1
    assert not model.canFetchMore(root)
    model.stop_asking()
    assert model.canFetchMore(root)
    model.fetchMore(root)
    model.append([row(1)], more=False)
    assert not model.canFetchMore(root)
    assert len(asked) == 2


@given(
    hours=st.lists(st.floats(0, 200), min_size=1, max_size=30),
    cut=st.integers(0, 30),
    overlap=st.integers(1, 5),
)
def test_however_it_is_read_each_send_stands_once_under_its_own_day(
    hours: list[float], cut: int, overlap: int
) -> None:
    newest_first = [row(len(hours) - n, age) for n, age in enumerate(sorted(hours))]
    known = newest_first[cut:]
    model = model_of(*known[:10], more=len(known) > 10)
    if known:
        assert model.merge(newest_first[: cut + overlap])
    else:
        model.reset(newest_first[:10], more=True)
    model.append(newest_first[model.sends - overlap if model.sends > overlap else 0 :], more=False)
    items = listed(model)
    assert [item for item in items if isinstance(item, int)] == [r.id for r in newest_first]
    assert isinstance(items[0], str)
    headings = [item for item in items if isinstance(item, str)]
    assert len(set(headings)) == len(headings)
    assert not any(isinstance(a, str) and isinstance(b, str) for a, b in pairwise(items))
