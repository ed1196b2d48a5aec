"""The sandbox under load: requests a second, a gigabyte sent through it, and the window beside it.

``wrk`` asks fastest; without it a plain client of one connection does, which is slower itself.
"""

from __future__ import annotations

import gzip
import http.client
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.bench.processes import busy_seconds, family_megabytes

EVENT = (
    '{"event":"door opened","distinct_id":"visitor-7","timestamp":"2026-03-19T14:29:58.120Z",'
    '"properties":{"$current_url":"https://shop.example/cart","$browser":"Firefox","price":12.5,'
    '"items":["a","b"],"$lib":"web","$lib_version":"1.200.0"}}'
)
LONG_EVENT = EVENT.replace("Firefox", "a line of a stack trace; " * 80)
"""Two kilobytes, as an exception may have."""
SINGLE = f'{{"api_key":"phc_benchTokenAAAA1111",{EVENT[1:]}'
SECONDS = 5
RUNS = 5
LIMIT = 2_000
"""Requests a second that the sandbox has to answer."""
MEGABYTE = 1_000_000
LARGE = 10 * MEGABYTE
SMALL = 18_000


@dataclass(frozen=True, kw_only=True)
class Rate:
    """Requests a second: the middle and the best of all runs; and what one costs.

    ``cost`` is in seconds of processor time; other programs change it less than they change a rate.
    """

    client: str
    middle: float
    best: float
    cost: float

    @property
    def is_within(self) -> bool:
        return self.middle >= LIMIT


@dataclass(frozen=True, kw_only=True)
class Volume:
    """A gigabyte of JSON: how long it took, and the memory of the processes in megabytes."""

    seconds: float
    requests: int
    before: float
    middle: float
    after: float


@dataclass(frozen=True, kw_only=True)
class Stall:
    """The longest wait, in seconds, of a thread that wants to run every ten milliseconds."""

    case: str
    longest: float
    answered: float


def rate() -> Rate:
    ask = _with_wrk if shutil.which("wrk") else _with_one_connection
    with _alone() as (url, process):
        busy = busy_seconds(process)
        found = [ask(f"{url}/i/v0/e/") for _ in range(RUNS)]
        busy = busy_seconds(process) - busy
    client = "wrk, 16 connections" if ask is _with_wrk else "a client in Python, 1 connection"
    return Rate(
        client=client,
        middle=statistics.median(found),
        best=max(found),
        cost=busy / (sum(found) * SECONDS),
    )


def volume() -> Volume:
    """Half of it in batches of 10 MB, half in small compressed ones; of events of 2 KB.

    The memory is looked at once there is as much as the sandbox keeps, in the middle and at the
    end, each time behind a large batch.
    """
    large = [batch(LARGE, LONG_EVENT)]
    small = [gzip.compress(batch(SMALL, LONG_EVENT))]
    counts = (500 * MEGABYTE // LARGE // 2, 500 * MEGABYTE // SMALL // 2)
    with _alone() as (url, process):
        _post(url, small * 2_000, gzip=True)
        _post(url, large)
        began = time.perf_counter()
        memory = [family_megabytes(process)]
        for _ in range(2):
            _post(url, small * counts[1], gzip=True)
            _post(url, large * counts[0])
            memory.append(family_megabytes(process))
        seconds = time.perf_counter() - began
    before, middle, after = memory
    return Volume(
        seconds=seconds, requests=2 * sum(counts), before=before, middle=middle, after=after
    )


def stalls() -> list[Stall]:
    """What each heavy request does to the thread beside it."""
    cases = {
        "nothing": None,
        "a batch of 20 MB": batch(20 * MEGABYTE),
        "a single string of 19 MB": SINGLE.replace("Firefox", "x" * 19 * MEGABYTE).encode(),
        "a batch of 100 MB, compressed": gzip.compress(batch(100 * MEGABYTE)),
        "a million empty lists, compressed": gzip.compress(
            SINGLE.replace('"a","b"', "[]," * 999_999 + "[]").encode()
        ),
    }
    found: list[Stall] = []
    command = [sys.executable, "-m", "tests.bench.ticking"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdin
        assert child.stdout
        url = child.stdout.readline().strip()

        def longest() -> float:
            assert child.stdin
            assert child.stdout
            print(file=child.stdin, flush=True)
            return float(child.stdout.readline())

        _post(url, [batch(MEGABYTE)])  # starts the worker
        for case, body in cases.items():
            longest()
            began = time.perf_counter()
            if body is None:
                time.sleep(3)
            else:
                _post(url, [body], gzip=body.startswith(b"\x1f\x8b"))
            answered = time.perf_counter() - began
            found.append(Stall(case=case, longest=longest(), answered=answered))
        child.stdin.close()
    return found


def batch(size: int, event: str = EVENT) -> bytes:
    """A batch of about ``size`` bytes."""
    events = ",".join([event] * (size // (len(event) + 1)))
    return f'{{"api_key":"phc_benchTokenAAAA1111","batch":[{events}]}}'.encode()


@contextmanager
def _alone() -> Iterator[tuple[str, int]]:
    """``event-composer sandbox`` in its own process: the address, and the number of the process."""
    with tempfile.TemporaryDirectory(prefix="composer-bench-") as folder:
        command = [sys.executable, "-m", "composer", "--profile", folder, "sandbox", "--port", "0"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            assert process.stdout
            url = process.stdout.readline().strip()
            _post(url, [SINGLE.encode()])
            yield url, process.pid
        finally:
            process.terminate()
            process.wait()
            if process.stdout:
                process.stdout.close()


def _with_wrk(url: str) -> float:
    with tempfile.TemporaryDirectory(prefix="composer-bench-") as folder:
        script = Path(folder, "event.lua")
        script.write_text(
            'wrk.method = "POST"\nwrk.headers["Content-Type"] = "application/json"\n'
            f"wrk.body = [[{SINGLE}]]\n"
        )
        command = ["wrk", "-t1", "-c16", f"-d{SECONDS}", "-s", str(script), url]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told:
        raise RuntimeError(told)
    match = re.search(r"Requests/sec:\s*([0-9.]+)", told)
    return float(match[1]) if match else 0.0


def _with_one_connection(url: str) -> float:
    began = time.perf_counter()
    count = 0
    while time.perf_counter() - began < SECONDS:
        _post(url, [SINGLE.encode()] * 100, "")
        count += 100
    return count / (time.perf_counter() - began)


def _post(url: str, bodies: list[bytes], path: str = "/batch", *, gzip: bool = False) -> None:
    """Send them over one connection, all of which have to be accepted."""
    place = urlsplit(url)
    headers = {"Content-Type": "application/json"}
    if gzip:
        headers["Content-Encoding"] = "gzip"
    connection = http.client.HTTPConnection(place.netloc, timeout=600)
    for body in bodies:
        connection.request("POST", (place.path + path) or "/", body, headers)
        answer = connection.getresponse()
        if (answer.status, answer.read()) != (200, b'{"status":"Ok"}'):
            raise RuntimeError(f"{place.path}{path} answered {answer.status}")
    connection.close()
