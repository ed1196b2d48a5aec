"""What history costs with a hundred thousand sends in it: pages, searches, a send more."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from composer.core.destination import Destination, DestinationKind
from composer.core.history import HistoryQuery, OutcomeKind
from composer.core.outcome import Accepted, Refusal, Rejected, Response
from composer.core.records import Summary
from composer.core.settings import Retention
from composer.core.wire import build_request
from composer.services.environment import Environment, open_environment
from composer.services.history import HistoryStore
from tests.bench.costs import Cost, cost, timed
from tests.helpers.clock import StandingClock

SENDS = 100_000
LIMIT_MS, LIMIT_SEND_MS = 50.0, 1.0
RUNS = 15
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
EVENTS = ("$pageview", "$identify", "plan upgraded", "invoice paid", "signed up", "refund issued")
PLACES = tuple(
    Destination(
        id=name,
        name=name,
        kind=DestinationKind.US,
        address="https://us.i.posthog.com",
        token="phc_1",
    )
    for name in ("Production", "Staging")
)
FINE = Accepted(response=Response(status=200, reason="OK", body=b'{"status":"Ok"}'))
BAD = Rejected(response=Response(status=400, reason="Bad Request"), refusal=Refusal.BAD_EVENT)


def measure() -> Iterator[Cost]:
    with tempfile.TemporaryDirectory() as folder:
        clock = StandingClock(NOW)
        with closing(open_environment(Path(folder), clock)) as environment:
            _fill(environment, clock)
            history = environment.history
            yield cost("the very first search, without an index yet", [timed(_search(history))])
            began = time.perf_counter()
            history.keep_house(Retention(), NOW)
            seconds = 1000 * (time.perf_counter() - began)
            yield cost("the search index, made in the background", [seconds])
            yield from _read(history)
            yield _sends(environment)


def _read(history: HistoryStore) -> Iterator[Cost]:
    deep = SENDS // 2
    week = NOW - timedelta(days=7)
    many = HistoryQuery(
        events=frozenset(EVENTS[:2]), outcomes=frozenset({OutcomeKind.REJECTED}), since=week
    )
    cases: tuple[tuple[str, Callable[[], object]], ...] = (
        ("the first page of 200", history.rows),
        ("a page in the middle", lambda: history.rows(before=deep)),
        ("searched: one customer", _search(history, "customer-77777")),
        ("searched: what every send has", _search(history, "customer")),
        ("the same, a page in the middle", lambda: history.rows(_text("customer"), before=deep)),
        ("searched: what no send has", _search(history, "no such thing")),
        ("searched: three words", _search(history, "plan:pro invoice 4321")),
        ("searched: two letters", _search(history, "zq")),
        ("filtered: one event", lambda: history.rows(_event(EVENTS[3]))),
        ("filtered: an event there is not", lambda: history.rows(_event("none"))),
        ("filtered: two events, outcome, a week", lambda: history.rows(many)),
    )
    for name, work in cases:
        yield cost(name, [timed(work) for _ in range(RUNS)], LIMIT_MS)
    counts: tuple[tuple[str, Callable[[], object]], ...] = (
        ("counted: all", history.count),
        ("counted: one customer", lambda: history.count(_text("customer-77777"))),
        ("counted: what every send has", lambda: history.count(_text("customer"))),
        ("what there is to filter by, counted", history.facets),
    )
    for name, work in counts:
        yield cost(name, [timed(work) for _ in range(RUNS)])


def _sends(environment: Environment) -> Cost:
    times = [timed(lambda number=number: _send(environment, number)) for number in range(500)]
    return cost("a send begun and finished", times, LIMIT_SEND_MS)


def _fill(environment: Environment, clock: StandingClock) -> None:
    for number in range(SENDS):
        clock.moment = NOW - timedelta(minutes=SENDS - number)
        _send(environment, number)


def _send(environment: Environment, number: int) -> None:
    random = Random(number)
    event, person = random.choice(EVENTS), f"customer-{number}"
    place = PLACES[random.random() < 0.2]
    body = (
        f'{{"api_key":"phc_1","event":"{event}","distinct_id":"{person}",'
        f'"uuid":"{random.getrandbits(128):032x}","properties":{{'
        f'"$session_id":"{random.getrandbits(128):032x}","plan":"{random.choice(("free", "pro"))}",'
        f'"amount":{random.randrange(10_000)},"url":"https://example.com/{number % 977}/invoice",'
        f'"$lib":"web"}}}}'
    ).encode()
    summary = Summary(event=event, person=person)
    request = build_request(body, place, "/i/v0/e/")
    identifier = environment.history.begin(request, place, summary)
    environment.history.finish(identifier, BAD if random.random() < 0.05 else FINE)


def _search(history: HistoryStore, text: str = "customer") -> Callable[[], object]:
    return lambda: history.rows(_text(text))


def _text(text: str) -> HistoryQuery:
    return HistoryQuery(text=text)


def _event(name: str) -> HistoryQuery:
    return HistoryQuery(events=frozenset({name}))
