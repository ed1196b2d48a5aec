"""Runs: ready to send, how it is sent, under way, waiting, paused, ended, cut off; the list."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from composer.core.batch.claim import Claim, Settled
from composer.core.batch.options import BatchOptions
from composer.core.batch.run import RequestState, RunState
from composer.core.behaviour import Behaviour, parse_rule
from composer.core.destination import DestinationKind
from composer.services.batch.runs import Journal, RunStore
from composer.ui.batch.page import BatchPage
from composer.ui.batch.running.results_view import Side
from composer.ui.rail import Place
from tests.screens.stage import TOKEN, Stage

_PLANS = ("free", "pro", "enterprise")
_PATIENCE = 60.0


def _event(number: int) -> tuple[str, str]:
    body = {
        "event": "plan upgraded",
        "distinct_id": f"customer-{number}",
        "timestamp": f"2026-11-{1 + number % 20:02}T10:{number % 60:02}:00Z",
        "properties": {"plan": _PLANS[number % 3], "seats": number % 12},
    }
    return "", json.dumps(body)


async def _fill(stage: Stage, events: int) -> BatchPage:
    table = stage.bench.services.batch.table
    for first in range(0, events, 1_000):
        table.add([_event(n) for n in range(first, min(events, first + 1_000))])
    stage.bench.batch.renew()
    await stage.bench.batch.settled()
    stage.go(Place.BATCH)
    await stage.settle()
    return stage.window.pages.batch


def _misbehave(stage: Stage, *rules: str) -> None:
    behaviour = Behaviour(rules=tuple(map(parse_rule, rules)))
    stage.bench.services.sandbox.behave(behaviour)


async def _begin(stage: Stage, events: int, **options: float) -> BatchPage:
    """Begin a run to the sandbox, and go on once something is known of it."""
    page = await _fill(stage, events)
    batch = stage.bench.preferences.settings.batch
    stage.bench.preferences.change(batch=replace(batch, **options))
    await _again(stage)
    return page


async def _again(stage: Stage) -> None:
    stage.window.pages.batch.run_bar.send()
    await stage.until(lambda: stage.bench.runs.progress is not None)


async def _ended(stage: Stage) -> None:
    async with asyncio.timeout(_PATIENCE):
        while stage.bench.runs.is_busy:  # noqa: ASYNC110 -- as the stage waits
            await asyncio.sleep(0.05)
    await stage.settle()


async def ready(stage: Stage) -> None:
    await _fill(stage, 3_000)
    await stage.settle(1.0)


async def options(stage: Stage) -> None:
    await ready(stage)
    QTest.mouseClick(stage.button("How it is sent"), Qt.MouseButton.LeftButton)


async def options_wrong(stage: Stage) -> None:
    await options(stage)
    for name, text in (("Request size", "25"), ("Requests at once", "many")):
        field = stage.find(QLineEdit, name)
        field.selectAll()
        QTest.keyClicks(field, text)


async def foreseen(stage: Stage) -> None:
    """Some would be refused, one lost, and the question before it is sent."""
    page = await _fill(stage, 300)
    bad = {"event": "plan upgraded", "properties": {}}
    lost = {"event": "plan upgraded", "distinct_id": "anonymous", "properties": {}}
    table = stage.bench.services.batch.table
    table.add([("", json.dumps(one)) for one in (bad, bad, lost)])
    stage.aim(DestinationKind.SELF_HOSTED, "https://posthog.shop.example", TOKEN)
    stage.bench.batch.renew()
    await stage.settle()
    await stage.until(lambda: not stage.bench.batch.totals.unseen)
    await stage.settle()
    page.run_bar.send()


async def sent(stage: Stage) -> None:
    await _begin(stage, 3_000)
    await _ended(stage)


async def under_way(stage: Stage) -> None:
    await _begin(stage, 3_000, rate=300.0, most_events=30)
    await stage.settle(4.0)


async def waiting(stage: Stage) -> None:
    _misbehave(stage, "503 share=0.3", "429 retry-after=12 share=0.2")
    await _begin(stage, 3_000, most_events=30)
    runs = stage.bench.runs
    await stage.until(lambda: runs.progress is not None and (runs.progress.waits_s or 0) > 8)


async def paused(stage: Stage) -> None:
    await _begin(stage, 3_000, rate=600.0, most_events=30)
    await stage.settle(1.5)
    stage.bench.services.sandbox.behave(Behaviour(known_tokens=frozenset({TOKEN})))
    runs = stage.bench.runs
    await stage.until(lambda: runs.progress is not None and runs.progress.state is RunState.PAUSED)
    await stage.settle()


async def cut_off(stage: Stage) -> None:
    """Another process was killed while it sent; the place is opened for the first time."""
    store = stage.bench.services.batch.runs
    assert isinstance(store, RunStore)
    place = stage.bench.preferences.destination
    with store.begin(place, BatchOptions(most_events=100), "orders of October.csv") as writer:
        writer.add((n, _event(n)[1]) for n in range(1, 3_001))
        run = writer.finish()
    with Journal(store, run.id) as journal:
        journal.set_state(RunState.RUNNING)
        journal.settle([_confirmed(claim) for claim in journal.claim(12)])
        journal.claim(2)
    await _fill(stage, 300)
    await stage.settle(1.0)


def _confirmed(claim: Claim) -> Settled:
    return Settled(
        claim=claim,
        state=RequestState.CONFIRMED,
        status=200,
        words="200 OK",
        milliseconds=40.0,
        sha256="",
    )


async def runs_cut_off(stage: Stage) -> None:
    await cut_off(stage)
    stage.window.pages.batch.show_runs()


async def runs_empty(stage: Stage) -> None:
    stage.go(Place.BATCH)
    stage.window.pages.batch.show_runs()


async def failed(stage: Stage) -> None:
    """A run with failures, after one that went well and one that was stopped."""
    await _begin(stage, 900, most_events=30)
    await _ended(stage)
    batch = stage.bench.preferences.settings.batch
    stage.bench.preferences.change(batch=replace(batch, rate=200.0))
    await _again(stage)
    stage.bench.runs.stop()
    await _ended(stage)
    _misbehave(stage, "503 share=0.3", "400 distinct_id=customer-77")
    stage.bench.preferences.change(batch=replace(batch, tries=2, most_events=100))
    await _again(stage)
    await _ended(stage)


async def runs(stage: Stage) -> None:
    await failed(stage)
    stage.window.pages.batch.show_runs()


async def runs_stopped(stage: Stage) -> None:
    await _begin(stage, 3_000, rate=600.0, most_events=30)
    await stage.settle(3.0)
    stage.bench.runs.stop()
    await _ended(stage)
    stage.window.pages.batch.show_runs()


async def runs_under_way(stage: Stage) -> None:
    await under_way(stage)
    stage.window.pages.batch.show_runs()


async def runs_events(stage: Stage) -> None:
    await runs(stage)
    await stage.settle()
    stage.window.pages.batch.runs.detail.results.show_side(Side.EVENTS, failures=True)


async def runs_export(stage: Stage) -> None:
    await runs_events(stage)
    stage.window.pages.batch.runs.detail.more.menu_lines.actions()[2].trigger()
