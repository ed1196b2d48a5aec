"""Many events: how quickly they leave, beside SDKs, curl and Bruno, and what they take of memory.

All senders read the same CSV file and send to the same server, one after the other, in turns. Times
are ratios within one run: what other programs take of the machine, they take from all.
"""

from __future__ import annotations

import csv
import json
import random
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from composer.services.batch.runs import RunStore
from composer.services.clock import SystemClock
from composer.services.paths import Profile
from tests.bench import senders
from tests.bench.loopback import Loopback, loopback

ROWS = 100_000
TURNS = 3
TOGETHER = 1_000
"""Events a request, of the SDKs' tuned settings; of the app it is 2,000."""
PYTHON_LIMIT, NODE_LIMIT, CURL_LIMIT, BRUNO_LIMIT = 3.0, 2.0, 3.0, 3.0
FEW, MANY = 200, 2_200
"""Iterations of the two runs whose difference leaves the start of Bruno out."""
OURS_FEW, OURS_MANY = 500, 10_500


@dataclass(slots=True, kw_only=True)
class Sender:
    """One way to send, with the seconds of each turn.

    ``work`` is from opening the file to the server's last answer, ``whole`` the life of the
    process.
    """

    name: str
    command: Callable[[str], list[str]]
    work: list[float] = field(default_factory=list[float])
    whole: list[float] = field(default_factory=list[float])

    @property
    def seconds(self) -> float:
        return statistics.median(self.work)

    @property
    def process_seconds(self) -> float:
        return statistics.median(self.whole)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """How many times as quick the app is; ``limit`` is 0 where there is none.

    ``is_most``: the limit bounds how much slower it is.
    """

    case: str
    times: float
    limit: float
    is_most: bool = False

    @property
    def is_within(self) -> bool:
        return self.times <= self.limit if self.is_most else self.times >= self.limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Race:
    """All senders of ``ROWS`` events, the app's command first, and what follows."""

    senders: list[Sender]
    ratios: list[Ratio]


@dataclass(frozen=True, slots=True, kw_only=True)
class Single:
    """Requests a second, with one event in each, the start left out."""

    name: str
    rates: list[float]

    @property
    def rate(self) -> float:
        return statistics.median(self.rates)


def race() -> Race:
    """100,000 events from the file to the last answer."""
    with tempfile.TemporaryDirectory(prefix="composer-bench-") as name, loopback() as server:
        folder = Path(name)
        rows = write_rows(folder / "rows.csv", ROWS)
        bodies = prepared_bodies(rows, folder)
        runners = [
            Sender(name="event-composer batch", command=_composer(folder, rows)),
            Sender(name="posthog-python", command=lambda url: senders.posthog_python(rows, url, 0)),
            Sender(
                name=f"posthog-python, {TOGETHER:,} together",
                command=lambda url: senders.posthog_python(rows, url, TOGETHER),
            ),
            Sender(name="posthog-node", command=lambda url: senders.posthog_node(rows, url, 0)),
            Sender(
                name=f"posthog-node, {TOGETHER:,} together",
                command=lambda url: senders.posthog_node(rows, url, TOGETHER),
            ),
            Sender(name="curl with ready bodies", command=lambda url: senders.curl(bodies, url)),
        ]
        dumped = [event for body in bodies for event in json.loads(body.read_bytes())["batch"]]
        dumping = Sender(name="json.dumps of them", command=lambda _: [])
        for _ in range(TURNS):
            for runner in runners:
                turn(runner, server)
            began = time.perf_counter()
            for event in dumped:
                json.dumps(event).encode()
            dumping.work.append(time.perf_counter() - began)
            dumping.whole.append(dumping.work[-1])
        return Race(senders=[*runners, dumping], ratios=_ratios(runners, dumping))


def _ratios(runners: list[Sender], dumping: Sender) -> list[Ratio]:
    ours, python, tuned_python, node, tuned_node, curl = runners
    limits = (
        (python, PYTHON_LIMIT),
        (tuned_python, PYTHON_LIMIT),
        (node, NODE_LIMIT),
        (tuned_node, 0.0),
    )
    quicker = [
        Ratio(case=f"as quick as {one.name}", times=one.seconds / ours.seconds, limit=limit)
        for one, limit in limits
    ]
    sums = [a + b for a, b in zip(curl.work, dumping.work, strict=True)]
    slower = ours.seconds / statistics.median(sums)
    case = "the time of curl and json.dumps"
    return [*quicker, Ratio(case=case, times=slower, limit=CURL_LIMIT, is_most=True)]


def turn(sender: Sender, server: Loopback) -> None:
    """Let it send once, and note how long that took."""
    began = time.monotonic()
    command = sender.command(server.address)
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    ended = time.monotonic()
    taken = server.taken()
    assert taken.events >= ROWS, (sender.name, taken.events, done.stderr[-500:])
    sender.whole.append(ended - began)
    sender.work.append(_work(done.stdout, began, taken.last))


def _work(told: str, began: float, last: float) -> float:
    """Seconds from opening the file; a program that says nothing of it has opened it at once."""
    first = told.partition("\n")[0]
    if first.startswith("{"):
        return float(json.loads(first)["seconds"])
    return last - (float(first) if first else began)


def singles() -> list[Single]:
    """One request an event: the app's command, and Bruno's one after the other and beside."""
    with tempfile.TemporaryDirectory(prefix="composer-bench-") as name, loopback() as server:
        folder = Path(name)

        def rows(count: int) -> Path:
            path = folder / f"{count}.csv"
            return path if path.exists() else write_rows(path, count)

        def ours(count: int) -> list[str]:
            return senders.composer(folder / "profile", rows(count), server.address, "--one-each")

        def bruno(*options: str) -> Callable[[int], list[str]]:
            return lambda count: senders.bruno(rows(count), server.address, *options)

        found = [
            (Single(name="event-composer batch --one-each", rates=[]), ours, OURS_FEW, OURS_MANY),
            (Single(name="bru run", rates=[]), bruno(), FEW, MANY),
            (Single(name="bru run --parallel", rates=[]), bruno("--parallel"), FEW, MANY),
        ]
        for _ in range(TURNS):
            for single, command, few, many in found:
                spent = [_spent(command(count), server, count) for count in (few, many)]
                single.rates.append((many - few) / (spent[1] - spent[0]))
        return [single for single, *_ in found]


def _spent(command: list[str], server: Loopback, events: int) -> float:
    began = time.monotonic()
    subprocess.run(command, capture_output=True, check=True, timeout=300, cwd=senders.PEERS)
    spent = time.monotonic() - began
    assert server.taken().requests == events
    return spent


def _composer(folder: Path, rows: Path) -> Callable[[str], list[str]]:
    return lambda url: senders.composer(folder / "profile", rows, url)


def write_rows(path: Path, count: int) -> Path:
    """A CSV file whose rows make events of about 200 bytes."""
    chance = random.Random(count)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["event", "distinct_id", "timestamp", "plan", "amount", "note"])
        for number in range(count):
            minutes, second = divmod(number, 60)
            hours, minute = divmod(minutes, 60)
            moment = f"2026-11-{10 + hours // 24:02}T{hours % 24:02}:{minute:02}:{second:02}Z"
            plan, amount = chance.choice(("free", "pro", "team")), chance.randrange(10_000) / 100
            person = f"customer-{number % 5_000}"
            writer.writerow(["order paid", person, moment, plan, f"{amount:.2f}", f"no {number}"])
    return path


def prepared_bodies(rows: Path, folder: Path) -> list[Path]:
    """The requests that the app's command sends, as files."""
    profile, paths = folder / "prepared", list[Path]()
    with loopback() as server:
        command = senders.composer(profile, rows, server.address)
        subprocess.run(command, capture_output=True, check=True, timeout=300)
    with closing(RunStore(Profile(profile).runs, SystemClock())) as store:
        (run,) = store.runs()
        for request in store.requests(run.id, limit=1_000):
            paths.append(folder / f"{request.id}.json")
            paths[-1].write_bytes(store.request_of(run.id, request.id).body)
    return paths
