"""What history remembers, of sends that really went to a database."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from composer.core.destination import SANDBOX_TOKEN, Destination, DestinationKind
from composer.core.outcome import Accepted, Outcome, Refusal, Rejected, Response
from composer.core.summary import summarize
from composer.core.verdicts.request import Memory
from composer.core.wire import build_request
from composer.services.environment import Environment, open_environment
from composer.services.verdicts import recalling
from composer.services.verdicts.recalling import HistoryMemory
from composer.services.verdicts.service import VerdictService

TOKEN = "phc_larkspurDemoToken00000000000000000000000001"
CLOUD = Destination(
    id="us", name="US", kind=DestinationKind.US, address="https://us.i.posthog.com", token=TOKEN
)
SANDBOX = Destination(
    id="sandbox",
    name="Sandbox",
    kind=DestinationKind.SANDBOX,
    address="http://127.0.0.1:8810",
    token=SANDBOX_TOKEN,
)
OK = Accepted(response=Response(status=200, reason="OK", milliseconds=1.0))
NO = Rejected(
    response=Response(status=400, reason="Bad Request", milliseconds=1.0),
    refusal=Refusal.UNEXPECTED,
)


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[Environment]:
    opened = open_environment(tmp_path)
    yield opened
    opened.close()


def send(
    environment: Environment,
    person: str,
    outcome: Outcome | None = OK,
    *,
    to: Destination = CLOUD,
    token: str = TOKEN,
) -> int:
    body = f'{{"api_key":"{token}","event":"paid","distinct_id":"{person}"}}'.encode()
    request = build_request(body, to, to.path)
    identifier = environment.history.begin(request, to, summarize(body))
    if outcome:
        environment.history.finish(identifier, outcome)
    return identifier


@pytest.fixture
def memory(environment: Environment) -> HistoryMemory:
    return HistoryMemory(environment.history, pause_s=0)


def people(memory: HistoryMemory, token: str = TOKEN, to: Destination | None = CLOUD) -> set[str]:
    return set(memory.of(token, to).people)


def test_nothing_is_known_before_history_is_read(
    environment: Environment, memory: HistoryMemory
) -> None:
    send(environment, "a")
    assert memory.of(TOKEN, CLOUD) == Memory()
    memory.recall()
    assert people(memory) == {"a"}


def test_only_what_was_accepted_is_remembered(
    environment: Environment, memory: HistoryMemory
) -> None:
    send(environment, "a")
    send(environment, "b", NO)
    memory.recall()
    assert people(memory) == {"a"}


def test_projects_are_told_apart_by_token_and_the_sandbox_is_none_of_them(
    environment: Environment, memory: HistoryMemory
) -> None:
    send(environment, "a")
    send(environment, "b", token="phc_other")
    send(environment, "c", to=SANDBOX)
    memory.recall()
    assert people(memory) == people(memory, to=None) == {"a"}
    assert people(memory, "phc_other") == {"b"}
    assert people(memory, to=SANDBOX) == {"c"}


def test_a_second_reading_adds_what_is_new(environment: Environment, memory: HistoryMemory) -> None:
    send(environment, "a")
    memory.recall()
    before = memory.of(TOKEN, CLOUD)
    memory.recall()
    assert memory.of(TOKEN, CLOUD) is before
    send(environment, "b")
    memory.recall()
    assert people(memory) == {"a", "b"}
    assert set(before.people) == {"a"}


def test_a_send_under_way_is_learned_when_it_has_ended(
    environment: Environment, memory: HistoryMemory
) -> None:
    identifier, lost = send(environment, "a", None), send(environment, "b", None)
    send(environment, "c")
    memory.recall()
    assert people(memory) == {"c"}
    environment.history.finish(identifier, OK)
    environment.history.finish(lost, NO)
    memory.recall()
    assert people(memory) == {"a", "c"}


def test_more_sends_than_a_page_are_read_up_to_a_bound(
    environment: Environment, memory: HistoryMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(7):
        send(environment, f"p{number}")
    monkeypatch.setattr(recalling, "_PAGE", 2)
    monkeypatch.setattr(recalling, "MOST_SENDS", 4)
    memory.recall()
    assert people(memory) == {"p3", "p4", "p5", "p6"}


def test_large_bodies_are_left_out(
    environment: Environment, memory: HistoryMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recalling, "MOST_BYTES", 140)
    send(environment, "a")
    send(environment, "b" * 100)
    memory.recall()
    assert people(memory) == {"a"}


def test_a_body_that_makes_no_sense_teaches_nothing(
    environment: Environment, memory: HistoryMemory
) -> None:
    for body in (b"\xff", b"[]", b'{"api_key":3,"event":{}}'):
        request = build_request(body, CLOUD, "/e/?compression=x")
        identifier = environment.history.begin(request, CLOUD, summarize(body))
        environment.history.finish(identifier, OK)
    memory.recall()
    assert people(memory) == set()


def test_a_reading_ends_quietly_if_history_is_closed(
    environment: Environment, memory: HistoryMemory
) -> None:
    send(environment, "a")
    environment.close()
    with ThreadPoolExecutor(1) as thread:
        thread.submit(memory.recall).result()
    assert people(memory) == set()


def test_verdicts_know_what_was_sent_before(environment: Environment) -> None:
    send(environment, "Anna")
    verdicts = VerdictService(HistoryMemory(environment.history, pause_s=0))
    body = f'{{"api_key":"{TOKEN}","event":"paid","distinct_id":"anna"}}'.encode()
    now = datetime(2026, 11, 21, tzinfo=UTC)

    def rules(service: VerdictService) -> set[str]:
        report = service.judge(body, path="/e/", destination=CLOUD, now=now)
        return {verdict.rule.id for verdict in report.verdicts}

    assert "id.case" not in rules(verdicts)
    verdicts.recall()
    assert "id.case" in rules(verdicts)
    assert "id.case" in rules(verdicts.another())
    assert "id.case" not in rules(VerdictService())
