"""What the preview shows, what is sent, what history keeps and what curl sends: the same bytes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from composer.core.curl import render
from composer.core.destination import SANDBOX_TOKEN, Destination, DestinationKind
from composer.core.draft import Draft, new_draft
from composer.core.events import ALL, fields_of
from composer.core.fields import EventType
from composer.core.jsontext import Layout, Number, Object, Value
from composer.core.summary import summarize
from composer.core.tokens import KeyMode
from composer.core.wire import WireRequest, batch_body, build_request
from composer.services.clock import SystemClock
from composer.services.delivery import HistoryDelivery
from composer.services.environment import Environment, open_environment
from composer.services.sandbox.server import Sandbox
from composer.services.sender import Sender, Timeouts
from tests.helpers.shell import run_in_bash

TEXTS = st.text(max_size=12) | st.sampled_from(
    [
        "it's",
        '"',
        "\\",
        "$HOME `id` !! %s",
        "\r\n\t\0",
        "\u00a0\u2028\u2029\x85\ufeff",
        "👩‍👩‍👧",
        "@x",
        "-d",
    ]
)
NUMBERS = st.sampled_from(["1.00", "9007199254740993", "1e5", "-0", "1E+2", "0.10"]).map(Number)
VALUES: st.SearchStrategy[Value] = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3).map(tuple)
        | st.lists(st.tuples(TEXTS, inner), max_size=3).map(lambda pairs: Object(tuple(pairs)))
    ),
    max_leaves=8,
)


@st.composite
def drafts(draw: st.DrawFn, event_type: EventType) -> Draft:
    """A draft of that type with a few fields and free properties filled in, and its own spacing."""
    draft = new_draft(event_type, token=SANDBOX_TOKEN, uuid="", timestamp="2026-11-21T09:30:00Z")
    for field in draw(st.lists(st.sampled_from(fields_of(event_type)), max_size=4)):
        draft = draft.with_value(field.path, draw(VALUES))
    for key, value in draw(st.dictionaries(TEXTS, VALUES, max_size=3)).items():
        if isinstance(draft.value(("properties",)), Object):
            draft = draft.with_value(("properties", key), value)
    spacing = draw(st.sampled_from(["", "\n", "\r\n", "\t "]))
    return draft.with_text(draft.text(Layout.PRETTY) + spacing) if spacing else draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """Everything between a draft and the server, without a window."""

    environment: Environment
    sandbox: Sandbox
    delivery: HistoryDelivery
    runner: asyncio.Runner

    @property
    def place(self) -> Destination:
        known = self.environment.settings.load().destination("sandbox")
        assert known.kind is DestinationKind.SANDBOX
        return replace(known, address=self.sandbox.url)

    def check(self, request: WireRequest) -> None:
        """Send it and run its curl: server and history have the very bytes and headers of it."""
        self.sandbox.clear()
        sending = self.delivery.deliver(request, self.place, summarize(request.body))
        sent = self.runner.run(sending)
        command = render(request, key=KeyMode.ENV).text
        assert run_in_bash(command, POSTHOG_PROJECT_TOKEN=SANDBOX_TOKEN).returncode == 0
        entry = self.environment.history.entry(sent.history_id)
        assert entry
        assert entry.request == request
        by_app, by_curl = self.sandbox.arrivals()
        assert by_app.body.read() == by_curl.body.read() == request.body
        assert by_app.path == by_curl.path == request.path
        expected = sorted((name.lower(), value) for name, value in request.headers)
        assert sorted(by_app.headers) == sorted(by_curl.headers) == expected


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    folder: Path = tmp_path_factory.mktemp("profile")
    environment = open_environment(folder)
    sandbox = Sandbox(clock=SystemClock().now)
    sandbox.start()
    timeouts = Timeouts(connect=10, answer=10)
    delivery = HistoryDelivery(Sender(), environment.history, lambda: timeouts)
    with asyncio.Runner() as runner:
        yield Bench(environment=environment, sandbox=sandbox, delivery=delivery, runner=runner)
    sandbox.stop()
    environment.close()


@pytest.mark.parametrize("event_type", ALL, ids=[event_type.id for event_type in ALL])
@settings(max_examples=8)
@given(data=st.data(), layout=st.sampled_from(Layout))
def test_one_event_is_the_same_bytes_everywhere(
    bench: Bench, event_type: EventType, data: st.DataObject, layout: Layout
) -> None:
    draft = data.draw(drafts(event_type))
    shown = draft.text(layout).encode("utf-8")
    request = build_request(shown, bench.place, bench.place.path)
    assert request.body == shown
    bench.check(request)


@settings(max_examples=8)
@given(data=st.data(), layout=st.sampled_from(Layout), historical=st.booleans())
def test_a_batch_is_the_same_bytes_everywhere(
    bench: Bench, data: st.DataObject, layout: Layout, historical: bool
) -> None:
    types = data.draw(st.lists(st.sampled_from(ALL), min_size=1, max_size=4))
    events = [data.draw(drafts(event_type)).payload for event_type in types]
    body = batch_body(events, SANDBOX_TOKEN, layout, historical_migration=historical)
    bench.check(build_request(body, bench.place, "/batch/"))


def test_a_body_too_long_for_an_argument_is_the_same_bytes_everywhere(bench: Bench) -> None:
    draft = new_draft(ALL[0], token=SANDBOX_TOKEN, uuid="", timestamp="")
    draft = draft.with_value(("properties", "long"), "it's \u2028 \\ é " * 20_000)
    body = draft.text(Layout.PRETTY).encode("utf-8")
    bench.check(build_request(body, bench.place, bench.place.path))
