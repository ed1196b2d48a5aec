"""A query finds exactly the sends that a plain look at each of them finds, in pages."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from hypothesis import given, settings, strategies as st

from composer.core.history import EVERYTHING, HistoryQuery, OutcomeKind, kind_of
from composer.core.history.bodies import body_text
from composer.core.history.words import brief_text, contains, words_of
from composer.core.outcome import Accepted, Cancelled, Outcome, Refusal, Rejected
from composer.core.records import HistoryEntry, HistoryRow, Summary
from composer.services.environment import Environment, open_environment
from composer.services.history import HistoryStore
from tests.helpers.clock import START, StandingClock
from tests.services.history.sending import OK, PLACE, send

OUTCOMES: tuple[Outcome | None, ...] = (
    None,
    Accepted(response=OK),
    Rejected(response=replace(OK, status=400, reason="Bad Request"), refusal=Refusal.BAD_EVENT),
    Cancelled(milliseconds=1.0),
)
EVENTS = ("plan upgraded", "$pageview", "Zo\u00eb")
PLACES = tuple(replace(PLACE, id=name, name=f"{name} server") for name in ("one", "two"))
WORDS = ("plan", "PRO", "zoe\u0308", "customer-1", '"plan upgraded"', "ok", "4", "page", '"a":"b"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing that happens to history; ``which`` chooses among the sends so far."""

    kind: str
    which: int = 0
    outcome: Outcome | None = None
    text: str = ""


acts = st.lists(
    st.builds(
        Act,
        kind=st.sampled_from(
            ("send", "send", "send", "finish", "note", "pin", "delete", "restore")
        ),
        which=st.integers(0, 30),
        outcome=st.sampled_from(OUTCOMES),
        text=st.sampled_from(("", "Plan B", "ZO\u00cb", "T-1234", "line\none")),
    ),
    max_size=14,
)
moments = st.none() | st.integers(-1, 16).map(lambda n: START + timedelta(minutes=n, seconds=-30))
queries = st.builds(
    HistoryQuery,
    text=st.lists(st.sampled_from(WORDS), max_size=2).map(" ".join),
    destinations=st.frozensets(st.sampled_from(("one", "two", "none")), max_size=2),
    events=st.frozensets(st.sampled_from((*EVENTS, "none")), max_size=2),
    outcomes=st.frozensets(st.sampled_from(OutcomeKind), max_size=3),
    since=moments,
    until=moments,
    pinned=st.booleans(),
)


def fits(query: HistoryQuery, entry: HistoryEntry) -> bool:
    row, words = entry.row, words_of(query.text)
    brief = brief_text(row)
    return (
        (not words or contains(words, brief, f"{brief}\n{body_text(entry.request.body)}"))
        and (not query.destinations or row.destination.id in query.destinations)
        and (not query.events or row.summary.event in query.events)
        and (not query.outcomes or kind_of(row.outcome) in query.outcomes)
        and (query.since is None or row.sent_at >= query.since)
        and (query.until is None or row.sent_at < query.until)
        and (row.pinned or not query.pinned)
    )


class Driver:
    """Acts on a history that is emptied for each example, and remembers what must be visible."""

    def __init__(self, environment: Environment, clock: StandingClock) -> None:
        self.history = environment.history
        self._clock = clock
        self.sent: list[int] = []
        self.hidden: set[int] = set()

    def begin_anew(self) -> None:
        self.history.delete([row.id for row in self.history.rows(limit=1000)])
        self.sent, self.hidden = [], set()
        self._clock.moment = START

    def act(self, act: Act) -> None:
        self._clock.go_on(minutes=1)
        if act.kind == "send":
            self._send(act)
        elif self.sent:
            self._change(act, self.sent[act.which % len(self.sent)])

    def visible(self) -> list[HistoryEntry]:
        found = (self.history.entry(one) for one in reversed(self.sent) if one not in self.hidden)
        return [entry for entry in found if entry is not None]

    def _send(self, act: Act) -> None:
        event = EVENTS[act.which % 3]
        person = f"customer-{act.which}"
        body = f'{{"event":"{event}","distinct_id":"{person}","a":"{act.text!r}","plan":"pro"}}'
        summary = Summary(event=event, person=person)
        place = PLACES[act.which % 2]
        self.sent.append(send(self.history, body.encode(), act.outcome, summary, place))

    def _change(self, act: Act, one: int) -> None:
        match act.kind:
            case "finish" if act.outcome is not None:
                self.history.finish(one, act.outcome)
            case "note":
                self.history.annotate(one, note=act.text, ticket=act.text[:3])
            case "pin":
                self.history.pin([one], pinned=act.which % 2 == 0)
            case "delete":
                self.history.delete([one])
                self.hidden.add(one)
            case "restore":
                self.history.restore([one])
                self.hidden.discard(one)
            case _:
                pass


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driver]:
    clock = StandingClock()
    with closing(open_environment(tmp_path_factory.mktemp("profile"), clock)) as environment:
        yield Driver(environment, clock)


@settings(max_examples=60, deadline=None)
@given(acts=acts, query=queries, size=st.integers(1, 4))
def test_a_query_finds_what_a_look_at_each_send_finds(
    driver: Driver, acts: list[Act], query: HistoryQuery, size: int
) -> None:
    driver.begin_anew()
    for act in acts:
        driver.act(act)
    expected = [entry for entry in driver.visible() if fits(query, entry)]
    history = driver.history
    assert history.rows(query) == [entry.row for entry in expected]
    assert history.count(query) == len(expected)
    assert list(pages(history, query, size)) == [entry.row for entry in expected]
    assert list(history.entries(query)) == expected


def pages(history: HistoryStore, query: HistoryQuery, size: int) -> Iterator[HistoryRow]:
    before: int | None = None
    while page := history.rows(query, limit=size, before=before):
        yield from page
        before = page[-1].id


def test_facets_name_each_destination_by_its_latest_name(driver: Driver) -> None:
    driver.begin_anew()
    for which in (0, 1, 2, 0):
        driver.act(Act(kind="send", which=which))
    renamed = replace(PLACES[0], name="renamed")
    send(driver.history, summary=Summary(event="$pageview", person=""), place=renamed)
    driver.history.delete(driver.sent[2:3])
    facets = driver.history.facets()
    assert [(facet.id, facet.name, facet.count) for facet in facets.destinations] == [
        ("one", "renamed", 3),
        ("two", "two server", 1),
    ]
    assert [(facet.name, facet.count) for facet in facets.events] == [
        ("$pageview", 2),
        ("plan upgraded", 2),
    ]


def test_the_size_counts_what_is_visible(driver: Driver) -> None:
    driver.begin_anew()
    send(driver.history, b"x" * 100_000, Accepted(response=OK))
    size = driver.history.size()
    assert size.rows == driver.history.count(EVERYTHING) == 1
    assert size.bytes > 100_000
    driver.history.delete([driver.history.rows()[0].id])
    assert driver.history.empty_deleted() > 0
    assert driver.history.size().bytes < size.bytes - 90_000


def test_entries_of_chosen_ids_come_in_their_order(driver: Driver) -> None:
    driver.begin_anew()
    one, two = send(driver.history), send(driver.history)
    found = [entry.row.id for entry in driver.history.entries([one, 10**9, two])]
    assert found == [one, two]
