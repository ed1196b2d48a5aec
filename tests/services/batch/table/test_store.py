"""The table of the Batch place, as it is kept: what goes in comes out, in its order."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from composer.core.batch.table import Placement, RowOutlook, TableQuery, Totals
from composer.core.draft import Draft
from composer.core.ids import is_uuid, uuid7_milliseconds
from composer.core.jsontext import Object, parse
from composer.core.records import BatchItem
from composer.services.batch.table import BatchTableStore
from tests.helpers.batch_table import NAME, add_named, body, names_in, table_in
from tests.helpers.clock import START


@pytest.fixture
def table(tmp_path: Path) -> Iterator[BatchTableStore]:
    table = table_in(tmp_path)
    yield table
    table.close()


def test_nothing_is_opened_before_it_is_needed(tmp_path: Path) -> None:
    table = table_in(tmp_path / "profile")
    assert not (tmp_path / "profile").exists()
    assert table.totals().events == 0
    table.close()
    assert stat.S_IMODE((tmp_path / "profile" / NAME).stat().st_mode) == 0o600


def test_an_event_comes_back_as_it_was_put_in(table: BatchTableStore) -> None:
    text = body(uuid="0192f0c1-0000-7000-8000-000000000001", timestamp="2026-11-20T10:00:00Z")
    (identifier,) = table.add([("custom", text)])
    (event,) = table.rows([identifier])
    assert event.body == text
    assert (event.name, event.person) == ("plan upgraded", "customer-42")
    assert event.moment == "2026-11-20T10:00:00Z"
    assert (event.type_id, event.size) == ("custom", len(text))
    assert (event.outlook, event.says) == (None, "")


def test_it_is_still_there_after_a_restart(tmp_path: Path) -> None:
    first = table_in(tmp_path)
    add_named(first, "a", "b")
    first.close()
    second = table_in(tmp_path)
    assert names_in(second) == ["a", "b"]
    second.close()


def test_a_token_is_left_out_and_a_layout_is_not_kept(table: BatchTableStore) -> None:
    text = '{ "api_key": "phc_x", "event": "a",\n "uuid": "u", "token": 1, "n": 1.00 }'
    (event,) = table.rows(table.add([("custom", text)]))
    assert event.body == '{"event":"a","uuid":"u","n":1.00}'


@pytest.mark.parametrize("before", ["", ',"uuid":null'])
def test_a_missing_event_id_is_made_for_the_time_of_the_event(
    table: BatchTableStore, before: str
) -> None:
    text = '{"event":"a"' + before + ',"timestamp":"2026-11-20T10:00:00+01:00"}'
    (event,) = table.rows(table.add([("custom", text)]))
    made = parse(event.body)
    assert isinstance(made, Object)
    assert [key for key, _ in made] == ["event", "uuid", "timestamp"]
    assert uuid7_milliseconds(str(made.get("uuid"))) == 1_795_165_200_000


def test_without_a_time_the_event_id_is_of_now(table: BatchTableStore) -> None:
    (event,) = table.rows(table.add([("custom", body(timestamp="some day"))]))
    made = parse(event.body)
    assert isinstance(made, Object)
    assert uuid7_milliseconds(str(made.get("uuid"))) == int(START.timestamp() * 1000)


def test_a_personal_key_is_masked(table: BatchTableStore, tmp_path: Path) -> None:
    key = "phx_" + "a1B2" * 10
    (event,) = table.rows(table.add([("custom", body(person=key, properties={"k": key}))]))
    assert key not in event.body
    assert key not in event.person
    table.close()
    assert all(key.encode() not in file.read_bytes() for file in tmp_path.iterdir())


def test_half_a_character_is_kept_as_its_escape(table: BatchTableStore) -> None:
    (event,) = table.rows(table.add([("custom", '{"event":"\\ud800","uuid":"u"}')]))
    assert event.body == '{"event":"\\ud800","uuid":"u"}'
    assert event.name == "\ufffd"


@pytest.mark.parametrize("text", ["", "[]", "{", "1"])
def test_what_is_no_event_is_a_mistake_of_ours(table: BatchTableStore, text: str) -> None:
    with pytest.raises(ValueError, match="no event"):
        table.add([("custom", text)])


def test_events_go_behind_the_one_that_is_named(table: BatchTableStore) -> None:
    first, _ = add_named(table, "a", "d")
    table.add([("custom", body("b")), ("custom", body("c"))], after=first)
    assert names_in(table) == ["a", "b", "c", "d"]
    table.add([("custom", body("e"))], after=12345)
    assert names_in(table)[-1] == "e"


def test_a_changed_event_stays_in_its_place_and_is_told_as_it_was(table: BatchTableStore) -> None:
    _, identifier, _ = add_named(table, "a", "b", "c")
    (before,) = table.rows([identifier])
    assert table.replace(identifier, "identify", body("x", uuid="u")) == before
    assert names_in(table) == ["a", "x", "c"]
    (now,) = table.rows([identifier])
    assert (now.type_id, now.body) == ("identify", body("x", uuid="u"))
    assert table.replace(12345, "custom", body()) is None


def test_copies_have_other_ids_and_the_same_time(table: BatchTableStore) -> None:
    ids = add_named(table, "a", "b", "c")
    table.replace(ids[0], "custom", body("a", timestamp="2026-11-20T10:00:00Z"))
    copies = table.duplicate([ids[1], ids[0]])
    assert names_in(table) == ["a", "b", "b", "a", "c"]
    old, new = (parse(event.body) for event in table.rows([ids[0], copies[1]]))
    assert isinstance(old, Object)
    assert isinstance(new, Object)
    assert new.get("timestamp") == "2026-11-20T10:00:00Z"
    assert is_uuid(str(new.get("uuid")))
    assert new.get("uuid") != old.get("uuid")
    assert uuid7_milliseconds(str(new.get("uuid"))) == uuid7_milliseconds(str(old.get("uuid")))
    assert table.duplicate([12345]) == []


def test_what_was_taken_out_comes_back_to_its_place(table: BatchTableStore) -> None:
    ids = add_named(table, "a", "b", "c", "d")
    some = table.remove([ids[1], ids[3], ids[3], 12345])
    rest = table.remove()
    assert (some.events, rest.events) == (2, 2)
    assert names_in(table) == []
    assert table.rows(ids) == []
    table.restore(some)
    assert names_in(table) == ["b", "d"]
    table.restore(rest)
    assert names_in(table) == ["a", "b", "c", "d"]


def test_what_was_taken_out_is_cleared_away_at_the_next_start(tmp_path: Path) -> None:
    first = table_in(tmp_path)
    secret = "a secret of some length"
    ids = add_named(first, "a", secret)
    removal = first.remove(ids[1:])
    first.close()
    second = table_in(tmp_path)
    second.restore(removal)
    assert names_in(second) == ["a"]
    second.close()


def test_events_are_moved_in_the_order_given(table: BatchTableStore) -> None:
    a, b, c, d = add_named(table, "a", "b", "c", "d")
    table.move([d, b], a)
    assert names_in(table) == ["d", "b", "a", "c"]
    table.move([d, a], None)
    assert names_in(table) == ["b", "c", "d", "a"]
    table.move([b, c], c)  # in front of one that moves too
    assert names_in(table) == ["b", "c", "d", "a"]


def test_a_move_is_undone(table: BatchTableStore) -> None:
    a, b, c, d = add_named(table, "a", "b", "c", "d")
    placement = table.move([d, a, b], c)
    assert placement == Placement(runs=((0, (a, b)), (c, (d,))))
    assert names_in(table) == ["d", "a", "b", "c"]
    table.put_back(placement)
    assert names_in(table) == ["a", "b", "c", "d"]


def test_a_gap_that_is_used_up_is_made_anew(table: BatchTableStore) -> None:
    a, b, c = add_named(table, "a", "b", "c")
    for _ in range(50):  # each halves the room between two events
        table.move([c], b)
        table.move([b], c)
    assert names_in(table) == ["a", "b", "c"]
    add_named(table, "d")
    table.move([a], None)
    assert names_in(table) == ["b", "c", "d", "a"]


def test_the_totals_say_what_is_in_the_table(table: BatchTableStore) -> None:
    ids = add_named(table, "a", "a longer name")
    sizes = [event.size for event in table.rows(ids)]
    found = table.totals()
    assert found == Totals(
        events=2,
        bytes=sum(sizes),
        largest=max(sizes),
        by_outlook=dict.fromkeys(RowOutlook, 0),
        unseen=2,
        revision=found.revision,
    )
    table.remove(ids[1:])
    assert (table.totals().events, table.totals().largest) == (1, sizes[0])


def test_each_change_is_another_revision(table: BatchTableStore) -> None:
    seen = [table.totals().revision]
    a, b = add_named(table, "a", "b")
    seen.append(table.totals().revision)
    table.replace(a, "custom", body("c"))
    seen.append(table.totals().revision)
    removal = table.remove([b])
    seen.append(table.totals().revision)
    table.restore(removal)
    seen.append(table.totals().revision)
    placement = table.move([b], a)
    seen.append(table.totals().revision)
    table.put_back(placement)
    seen.append(table.totals().revision)
    assert len(set(seen)) == len(seen)
    table.rows(table.order(TableQuery()))
    assert table.totals().revision == seen[-1]


def test_events_of_an_older_version_are_taken_over_once(tmp_path: Path) -> None:
    payload = parse('{"api_key":"phc_x","event":"old","uuid":"u"}')
    assert isinstance(payload, Object)
    items = (BatchItem(id=1, draft=Draft(type_id="custom", payload=payload)),)
    for _ in range(2):
        table = table_in(tmp_path)
        table.take_over(items)
        table.take_over(items)
        assert names_in(table) == ["old"]
        table.close()


def test_an_empty_list_is_taken_over_as_nothing(table: BatchTableStore) -> None:
    table.take_over(())
    assert table.totals().events == 0


def test_the_type_of_an_event_that_came_without_is_told_from_it(table: BatchTableStore) -> None:
    (event,) = table.rows(table.add([("", body("$pageview"))]))
    assert event.type_id == "pageview"


def test_files_beside_the_table_are_private_too(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        table = table_in(tmp_path)
        add_named(table, "a")
    finally:
        os.umask(old)
    modes = {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    table.close()
    assert modes == {0o600}
