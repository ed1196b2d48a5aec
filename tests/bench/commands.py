"""What copying and pasting cost: commands and code of a large body, a large command read."""

from __future__ import annotations

from collections.abc import Iterator

from composer.core.curl import read, render
from composer.core.destination import Destination, DestinationKind
from composer.core.jsontext import Layout, encode, from_python
from composer.core.paste import read_pasted
from composer.core.shells import Shell
from composer.core.snippets import render as render_code
from composer.core.tokens import KeyMode
from composer.core.wire import WireRequest, build_request
from tests.bench.costs import Cost, cost, timed

PLACE = Destination(
    id="us", name="US", kind=DestinationKind.US, address="https://us.i.posthog.com", token="phc_a"
)
MEGABYTE = 1_000_000
READ_LIMIT_MS, WRITE_LIMIT_MS = 100.0, 500.0
RUNS = 5
CODE = ("http", "python-httpx", "javascript-fetch", "go")


def measure() -> Iterator[Cost]:
    large = _request(20 * MEGABYTE)
    for shell in Shell:
        for key in (KeyMode.INLINE, KeyMode.ENV):
            times = [timed(lambda s=shell, k=key: render(large, shell=s, key=k)) for _ in _runs()]
            name = f"20 MB as a command for {shell}, the token {_KEYS[key]}"
            yield cost(name, times, WRITE_LIMIT_MS)
    for target in CODE:
        times = [timed(lambda t=target: render_code(t, large, KeyMode.INLINE)) for _ in _runs()]
        yield cost(f"20 MB as code: {target}", times, WRITE_LIMIT_MS)
    for shell in Shell:
        text = render(_request(MEGABYTE), shell=shell).text
        times = [timed(lambda t=text: read(t)) for _ in _runs()]
        yield cost(f"a command of 1 MB for {shell}, read", times, READ_LIMIT_MS)
    pasted = render(_request(MEGABYTE)).text.encode()
    times = [timed(lambda: read_pasted(pasted)) for _ in _runs()]
    yield cost("the same for bash, with a draft of each of its events", times)


_KEYS = {KeyMode.INLINE: "in full", KeyMode.ENV: "as a variable"}


def _runs() -> range:
    return range(RUNS)


def _request(size: int) -> WireRequest:
    """A batch of ordinary events, ``size`` bytes and a little more."""
    event = {
        "event": "invoice paid",
        "distinct_id": "cust-20417",
        "timestamp": "2026-11-21T09:30:00.000Z",
        "properties": {"$geoip_disable": True, "plan": "pro", "note": 'it\'s "fine"', "n": 1.5},
    }
    one = encode(from_python(event), Layout.COMPACT)
    events = ",".join([one] * (size // len(one) + 1))
    body = f'{{"api_key":"phc_a","batch":[{events}]}}'.encode()
    return build_request(body, PLACE, "/batch/")
