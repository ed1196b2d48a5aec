"""History keeps every byte, finds every row, and is honest about what was cut off."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from composer.core.destination import DestinationKind
from composer.core.history import HistoryQuery
from composer.core.outcome import (
    Accepted,
    Cancelled,
    Fault,
    Interrupted,
    Outcome,
    Refusal,
    Rejected,
    Response,
    Unreachable,
)
from composer.core.records import Summary
from composer.core.wire import WireRequest, build_request
from composer.services.environment import open_environment
from composer.services.history import HistoryStore
from composer.services.history.columns import RESPONSE_LIMIT
from composer.services.ports import SearchStoppedError
from tests.helpers.clock import START, StandingClock
from tests.helpers.values import texts
from tests.services.history.sending import BODY, OK, PLACE, SUMMARY, send

responses = st.builds(
    Response,
    status=st.integers(100, 999),
    reason=st.text(st.characters(exclude_categories=["Cs"]), max_size=10),
    headers=st.lists(st.tuples(texts, texts), max_size=3).map(tuple),
    body=st.binary(max_size=50),
    milliseconds=st.floats(0, 1e6),
)
outcomes: st.SearchStrategy[Outcome] = st.one_of(
    st.builds(Accepted, response=responses),
    st.builds(Rejected, response=responses, refusal=st.sampled_from(Refusal)),
    st.builds(
        Unreachable,
        fault=st.sampled_from(Fault),
        detail=st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
        milliseconds=st.floats(0, 1e6),
    ),
    st.builds(Cancelled, milliseconds=st.floats(0, 1e6)),
    st.just(Interrupted()),
)


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def history(tmp_path: Path, clock: StandingClock) -> Iterator[HistoryStore]:
    with closing(open_environment(tmp_path, clock)) as environment:
        yield environment.history


@pytest.fixture(scope="module")
def long_lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HistoryStore]:
    folder = tmp_path_factory.mktemp("profile")
    with closing(open_environment(folder, StandingClock())) as environment:
        yield environment.history


def short(outcome: Outcome) -> Outcome:
    """As the list has it: without the answer's headers and body."""
    match outcome:
        case Accepted(response=response) | Rejected(response=response):
            return replace(outcome, response=replace(response, headers=(), body=b""))
        case _:
            return outcome


def test_a_send_is_under_way_until_it_is_finished(
    history: HistoryStore, clock: StandingClock
) -> None:
    clock.moment = START.astimezone(timezone(timedelta(hours=2)))
    request = build_request(BODY, PLACE, PLACE.path)
    identifier = history.begin(request, PLACE, SUMMARY)
    (row,) = history.rows()
    assert (row.id, row.sent_at, row.summary) == (identifier, START, SUMMARY)
    assert row.destination == replace(PLACE, token="")
    assert (row.path, row.size, row.outcome) == ("/e/", len(BODY), None)
    entry = history.entry(identifier)
    assert entry is not None
    assert (entry.row, entry.request, entry.outcome) == (row, request, None)


@given(
    method=st.sampled_from(("POST", "GET")),
    body=st.binary(max_size=200),
    headers=st.lists(st.tuples(texts, texts), max_size=4).map(tuple),
    outcome=outcomes,
)
def test_every_byte_of_a_send_comes_back(
    long_lived: HistoryStore,
    method: str,
    body: bytes,
    headers: tuple[tuple[str, str], ...],
    outcome: Outcome,
) -> None:
    request = WireRequest(
        method=method, url="https://h.example/i/v0/e/?a=\u00e9", headers=headers, body=body
    )
    identifier = long_lived.begin(request, PLACE, SUMMARY)
    long_lived.finish(identifier, outcome)
    entry = long_lived.entry(identifier)
    assert entry is not None
    assert entry.request == request
    assert entry.request.sha256 == request.sha256
    assert entry.outcome == outcome
    assert long_lived.rows(limit=1)[0] == entry.row
    assert entry.row.outcome == short(outcome)
    assert entry.row.size == len(body)


@given(event=texts, person=texts, name=texts)
def test_no_text_is_too_odd_for_the_list(
    long_lived: HistoryStore, event: str, person: str, name: str
) -> None:
    request = build_request(b"", PLACE, "/batch/")
    place = replace(PLACE, name=name)
    long_lived.begin(request, place, Summary(event=event, person=person, events=3))
    row = long_lived.rows(limit=1)[0]
    shown = row.summary.event, row.summary.person, row.destination.name
    for text, kept in zip((event, person, name), shown, strict=True):
        assert kept == text.encode("utf-8", "backslashreplace").decode("utf-8")
    assert (row.summary.events, row.path) == (3, "/batch/")


def test_a_request_of_twenty_megabytes_is_kept_whole(history: HistoryStore) -> None:
    body = b"0123456789abcdef" * (20 * 1024 * 1024 // 16)
    entry = history.entry(send(history, body))
    assert entry is not None
    assert entry.request.body == body


@pytest.mark.parametrize("more", [0, 1])
def test_a_long_answer_is_cut_and_it_can_be_told(history: HistoryStore, more: int) -> None:
    long = Accepted(response=replace(OK, body=b"x" * (RESPONSE_LIMIT + more)))
    identifier = send(history, outcome=long)
    entry = history.entry(identifier)
    assert entry is not None
    assert isinstance(entry.outcome, Accepted)
    assert len(entry.outcome.response.body) == RESPONSE_LIMIT
    assert entry.outcome.response.truncated == bool(more)


def test_there_is_no_entry_of_an_unknown_id(history: HistoryStore) -> None:
    assert history.entry(12345) is None


def test_pages_are_newest_first(history: HistoryStore) -> None:
    ids = [send(history) for _ in range(7)]
    assert [row.id for row in history.rows(limit=3)] == ids[:-4:-1]
    assert [row.id for row in history.rows(limit=3, before=ids[-3])] == ids[-4:-7:-1]
    assert [row.id for row in history.rows(limit=3, before=ids[1])] == ids[:1]
    assert history.count() == 7


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("", "abcd"),
        ("  ", "abcd"),
        ("plan upgraded", "ac"),
        ("PLAN", "ac"),
        ("customer-42", "ac"),
        (" customer-42 ", "ac"),
        ("100 %", "abcd"),
        ("100 ~", ""),
        ("%", "abcd"),
        ("_", ""),
        ("200 OK", "a"),
        ("400", "b"),
        ("no answer", "c"),
        ("under way", "d"),
        ("cut off", ""),
        ('"n":1.00', "ac"),
        ("C:\\temp", "b"),
        ('say "hi"', "b"),
        ("\u00e9t\u00e9", "b"),
        ("\\", ""),
        ("line\nbreak", "b"),
        ("\ud83d", "b"),
        ("nothing like it", ""),
    ],
)
def test_a_search_finds_what_a_person_would_look_for(
    history: HistoryStore, search: str, found: str
) -> None:
    odd = (
        '{"event":"say \\"hi\\"","p":"C:\\\\temp","q":"\u00e9t\u00e9",'
        '"r":"line\\nbreak","s":"\\ud83d","api_key":"x"}'
    )
    refused = Rejected(
        response=replace(OK, status=400, reason="Bad Request"), refusal=Refusal.BAD_EVENT
    )
    ids = {
        "a": send(history, outcome=Accepted(response=OK)),
        "b": send(history, odd.encode(), refused, Summary(event="odd", person="nobody")),
        "c": send(history, outcome=Unreachable(fault=Fault.REFUSED)),
        "d": send(history, b'{"api_key":""}', None, Summary(event="x", person="y")),
    }
    expected = [ids[name] for name in reversed(found)]
    assert [row.id for row in history.rows(HistoryQuery(text=search))] == expected
    assert history.count(HistoryQuery(text=search)) == len(expected)


@settings(max_examples=30)
@given(texts.filter(str.strip) | st.text(st.characters(exclude_categories=["Cs"]), min_size=4000))
def test_no_search_text_raises(long_lived: HistoryStore, search: str) -> None:
    query = HistoryQuery(text=search)
    assert long_lived.count(query) >= len(long_lived.rows(query, limit=5)) >= 0


def test_a_search_in_other_threads_gives_the_same(history: HistoryStore) -> None:
    identifier = send(history, outcome=Accepted(response=OK))
    with ThreadPoolExecutor(4) as pool:
        for rows in pool.map(history.rows, [HistoryQuery(text="customer")] * 10):
            assert [row.id for row in rows] == [identifier]
        assert pool.submit(history.entry, identifier).result() == history.entry(identifier)
        later = send(history)
        assert pool.submit(history.count).result() == 2
        assert pool.submit(history.rows).result()[0].id == later


def test_a_long_search_is_stopped_by_a_newer_one(history: HistoryStore) -> None:
    for _ in range(40):
        send(history, b"ab" * 500_000)
    stop = threading.Event()

    def search_on() -> None:
        while not stop.is_set():
            history.rows(HistoryQuery(text="abc"))

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(search_on)
        while not running.done():
            history.stop_searching()
        stop.set()
        with pytest.raises(SearchStoppedError):
            running.result()
        assert pool.submit(history.rows, HistoryQuery(text="plan"), limit=1).result() != []


def test_rows_of_a_dead_instance_were_cut_off(tmp_path: Path) -> None:
    first = open_environment(tmp_path)
    second = open_environment(tmp_path)
    left, done = send(second.history), send(second.history, outcome=Cancelled(milliseconds=3.0))
    mine = send(first.history)
    assert first.history.mark_cut_off() == 0
    second.close()
    assert first.history.mark_cut_off() == 1
    assert first.history.mark_cut_off() == 0
    outcomes = {row.id: row.outcome for row in first.history.rows()}
    assert outcomes == {
        left: Interrupted(),
        done: Cancelled(milliseconds=3.0),
        mine: None,
    }
    assert [row.id for row in first.history.rows(HistoryQuery(text="cut off"))] == [left]
    first.close()
    with closing(open_environment(tmp_path)) as again:
        assert again.history.rows()[0].outcome == Interrupted()


def test_an_outcome_that_comes_late_is_kept(history: HistoryStore) -> None:
    identifier = send(history, outcome=Interrupted())
    history.finish(identifier, Accepted(response=OK))
    entry = history.entry(identifier)
    assert entry is not None
    assert entry.outcome == Accepted(response=OK)


def test_what_a_newer_version_wrote_can_be_read(tmp_path: Path) -> None:
    import sqlite3

    with closing(open_environment(tmp_path)) as environment:
        refused = Rejected(response=OK, refusal=Refusal.BAD_EVENT)
        for outcome in (refused, Unreachable(fault=Fault.TLS)):
            send(environment.history, outcome=outcome)
    with closing(sqlite3.connect(tmp_path / "history.sqlite3")) as connection, connection:
        connection.execute("UPDATE sends SET cause = 'unheard-of', destination_kind = 'moon'")
        connection.execute("UPDATE contents SET headers = '[1', response_headers = '[[1]]'")
    with closing(open_environment(tmp_path)) as environment:
        lost, refused_row = environment.history.rows()
        assert isinstance(lost.outcome, Unreachable)
        assert isinstance(refused_row.outcome, Rejected)
        assert refused_row.outcome.refusal is Refusal.UNEXPECTED
        assert lost.destination.kind is DestinationKind.SELF_HOSTED
        entry = environment.history.entry(refused_row.id)
        assert entry is not None
        assert entry.request.headers == ()
