"""Finding and sorting the events of the table."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from composer.core.batch.table import RowOutlook, TableQuery
from composer.services.batch.table import BatchTableStore
from composer.services.database import connect
from composer.services.ports import SearchStoppedError
from tests.helpers.batch_table import NAME, add_named, body, names_in, table_in


@pytest.fixture
def table(tmp_path: Path) -> Iterator[BatchTableStore]:
    table = table_in(tmp_path)
    yield table
    table.close()


def add(table: BatchTableStore, **events: object) -> None:
    """Put in an event of each name, with that value of the property ``p``."""
    for name, value in events.items():
        properties = {} if value is ... else {"p": value}
        table.add([("custom", body(name, properties=properties))])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ORDER", ["order placed"]),
        ("anna@", ["seen"]),
        ("bLuE", ["order placed"]),
        ("ÉTÉ", ["vu en été"]),
        ("été", ["vu en été"]),
        ("50%", ["sale 50% off"]),
        ("5__", []),
        ('say "hi"', ["quoted"]),
        ("a\\b", ["quoted"]),
        ("!", ["sale 50% off"]),
        ("nowhere", []),
        ("", ["order placed", "seen", "vu en été", "sale 50% off", "quoted"]),
    ],
)
def test_text_is_found_anywhere_in_an_event(
    table: BatchTableStore, text: str, found: list[str]
) -> None:
    table.add(
        [
            ("custom", body("order placed", properties={"colour": "Blue"})),
            ("custom", body("seen", "anna@example.com")),
            ("custom", body("vu en été")),
            ("custom", body("sale 50% off", properties={"mark": "!"})),
            ("custom", body("quoted", properties={"says": 'Say "hi"', "path": "a\\b"})),
        ]
    )
    assert names_in(table, TableQuery(text=text)) == found


@pytest.mark.parametrize(
    ("sort", "upwards", "downwards"),
    [
        ("", ["b", "C", "a", ""], ["", "a", "C", "b"]),
        ("event", ["a", "b", "C", ""], ["C", "b", "a", ""]),
        ("person", ["C", "b", "a", ""], ["a", "b", "C", ""]),
        ("time", ["a", "C", "b", ""], ["b", "C", "a", ""]),
        ("size", ["", "a", "C", "b"], ["b", "C", "a", ""]),
    ],
)
def test_each_column_sorts_both_ways_with_nothing_last(
    table: BatchTableStore, sort: str, upwards: list[str], downwards: list[str]
) -> None:
    table.add(
        [
            ("custom", body("b", "p2", timestamp="2026-11-20T10:00:00+01:00", x="long")),
            ("custom", body("C", "P1", timestamp="2026-11-20T08:30:00Z", x="l")),
            ("custom", body("a", "p3", timestamp="2026-11-20 08:00")),
            ("custom", '{"event":"","uuid":"u"}'),
        ]
    )
    assert names_in(table, TableQuery(sort=sort)) == upwards
    assert names_in(table, TableQuery(sort=sort, descending=True)) == downwards


@pytest.mark.parametrize("name", ["p", 'a "b" \\ c', "", "a.b", "[0]", "größe"])
def test_a_property_sorts_numbers_as_numbers(table: BatchTableStore, name: str) -> None:
    values = {"ten": 10, "two": 2, "text": "B", "small": "a", "half": 0.5, "yes": True}
    for event, value in values.items():
        table.add([("custom", body(event, properties={name: value}))])
    add_named(table, "none")
    table.add([("custom", body("null", properties={name: None}))])
    table.add([("custom", body("list", properties="none"))])
    query = TableQuery(sort=f"property:{name}")
    order = ["half", "yes", "two", "ten", "small", "text", "none", "null", "list"]
    assert names_in(table, query) == order
    query = TableQuery(sort=f"property:{name}", descending=True)
    assert names_in(table, query) == [*order[5::-1], *order[6:]]


def test_equals_stay_in_the_order_of_the_table(table: BatchTableStore) -> None:
    add(table, c=1, a=1, b=1)
    assert names_in(table, TableQuery(sort="property:p")) == ["c", "a", "b"]
    assert names_in(table, TableQuery(sort="property:p", descending=True)) == ["c", "a", "b"]


def test_a_sort_that_there_is_not_is_a_mistake_of_ours(table: BatchTableStore) -> None:
    with pytest.raises(ValueError, match="cannot be sorted"):
        table.order(TableQuery(sort="id; DROP TABLE event"))


def test_text_and_outlook_and_sort_go_together(table: BatchTableStore, tmp_path: Path) -> None:
    add(table, b=1, a=1, xb=2, xa=1)
    connection = connect(tmp_path / NAME)
    connection.execute("UPDATE event SET outlook = length(name)")
    connection.close()
    query = TableQuery(text="x", outlooks=frozenset({RowOutlook.LOST}), sort="event")
    assert names_in(table, query) == ["xa", "xb"]
    assert names_in(table, TableQuery(outlooks=frozenset({RowOutlook.STORED}))) == []
    both = frozenset({RowOutlook.ALTERED, RowOutlook.LOST})
    assert names_in(table, TableQuery(outlooks=both, sort="verdict", descending=True)) == [
        "xb",
        "xa",
        "b",
        "a",
    ]


def test_the_most_frequent_properties_come_first(table: BatchTableStore) -> None:
    for extra in ({"plan": 1}, {"plan": 2, "seats": 3}, {"plan": 2, "seats": 3, "x": 1}):
        table.add([("custom", body(properties=extra))])
    assert table.properties(2) == ("plan", "seats")
    assert table.properties(10) == ("plan", "seats", "x")


def test_a_search_can_be_stopped(table: BatchTableStore) -> None:
    table.add([("custom", body(properties={'"': i})) for i in range(20_000)])
    slow = TableQuery(sort='property:"')
    ended: list[str] = []

    def search() -> None:
        try:
            while True:
                table.order(slow)
        except SearchStoppedError:
            ended.append("stopped")

    thread = threading.Thread(target=search)
    thread.start()
    while thread.is_alive():
        table.stop_searching()
        thread.join(0.02)
    assert ended == ["stopped"]
    assert len(table.order(TableQuery())) == 20_000


def test_rows_are_read_while_a_search_is_on(table: BatchTableStore) -> None:
    ids = table.add([("custom", body(properties={'"': i})) for i in range(20_000)])
    order: list[int] = []
    thread = threading.Thread(
        target=lambda: order.extend(table.order(TableQuery(sort='property:"')))
    )
    thread.start()
    assert len(table.rows(ids[:100])) == 100
    is_searching = thread.is_alive()
    thread.join()
    assert is_searching
    assert order == ids


def test_half_a_character_sorts_as_text(table: BatchTableStore) -> None:
    name = 'a"b'  # SQLite has no way to write it in a path
    for value in ("\ud800", "a", "z\ud800"):
        table.add(
            [
                (
                    "custom",
                    body(value.encode("ascii", "replace").decode(), properties={name: value}),
                )
            ]
        )
    assert names_in(table, TableQuery(sort=f"property:{name}")) == ["a", "z?", "?"]


def test_a_very_long_text_is_looked_for_by_its_beginning(table: BatchTableStore) -> None:
    table.add([("custom", body("long", properties={"p": "é" * 60_000})), ("custom", body("é"))])
    assert names_in(table, TableQuery(text="é" * 60_000)) == ["long"]
    assert names_in(table, TableQuery(text="%" * 60_000)) == []
