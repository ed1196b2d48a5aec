"""Whatever a server does, the window says what happened and what to do, and history keeps it."""

from __future__ import annotations

import socket

import pytest

from composer.app import App
from composer.core.behaviour import Behaviour, FaultKind, ScriptedFault
from composer.core.copies import make_copy
from composer.core.destination import SANDBOX_TOKEN
from composer.core.draft import Draft
from composer.core.outcome import Fault, Refusal, Rejected, Unreachable
from composer.core.tokens import KeyMode
from composer.ui.writing.wishes import curl_wish
from tests.e2e.conftest import Opened
from tests.helpers.projects import aim_at
from tests.helpers.sends import sent, shown_answer


@pytest.mark.parametrize(
    ("behaviour", "refusal", "words"),
    [
        (Behaviour(known_tokens=frozenset()), Refusal.BAD_TOKEN, "Copy the project token again"),
        (
            Behaviour.always(ScriptedFault(kind=FaultKind.STATUS, status=413)),
            Refusal.TOO_LARGE,
            "too large",
        ),
        (
            Behaviour.always(ScriptedFault(kind=FaultKind.STATUS, status=429, retry_after_s=7)),
            Refusal.TOO_MANY,
            "Wait 7 seconds",
        ),
        (
            Behaviour.always(ScriptedFault(kind=FaultKind.STATUS, status=500)),
            Refusal.SERVER_ERROR,
            "a problem of its own",
        ),
        (
            Behaviour.always(ScriptedFault(kind=FaultKind.STATUS, status=503)),
            Refusal.SERVER_ERROR,
            "a problem of its own",
        ),
        (
            Behaviour.always(ScriptedFault(kind=FaultKind.PAGE)),
            Refusal.WEB_PAGE,
            "A web page answered",
        ),
        (
            Behaviour.always(ScriptedFault(kind=FaultKind.REDIRECT, location="https://a.example/")),
            Refusal.REDIRECT,
            "to https://a.example/",
        ),
    ],
    ids=lambda value: str(value) if isinstance(value, Refusal) else None,
)
async def test_a_refusal_is_explained(
    opened: Opened, behaviour: Behaviour, refusal: Refusal, words: str
) -> None:
    async with opened() as app:
        app.sandbox.behave(behaviour)
        report = await sent(app)
        assert isinstance(report.outcome, Rejected)
        assert report.outcome.refusal is refusal
        assert words in shown_answer(app)
        (row,) = app.bench.services.history.rows()
        assert isinstance(row.outcome, Rejected)
        assert not app.bench.session.is_accepted


async def test_posthogs_own_words_are_shown_for_a_bad_event(opened: Opened) -> None:
    async with opened() as app:
        app.bench.session.set_value(("distinct_id",), "")
        await sent(app)
        assert "event submitted without a distinct_id" in shown_answer(app)
        assert "Fill in the person's ID." in shown_answer(app)


async def test_a_dropped_connection_is_told_apart(opened: Opened) -> None:
    async with opened() as app:
        app.sandbox.behave(Behaviour.always(ScriptedFault(kind=FaultKind.RESET)))
        report = await sent(app)
        assert isinstance(report.outcome, Unreachable)
        assert report.outcome.fault is Fault.RESET
        assert "Sending again is safe" in shown_answer(app)


async def test_nothing_listening_is_told_apart(opened: Opened) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    async with opened() as app:
        aim_at(app.bench.preferences, f"http://127.0.0.1:{port}")
        report = await sent(app)
        assert isinstance(report.outcome, Unreachable)
        assert report.outcome.fault is Fault.REFUSED
        assert "Nothing is listening" in shown_answer(app)


async def test_a_failed_event_is_repeated_with_the_same_id_and_time(opened: Opened) -> None:
    async with opened() as app:
        app.sandbox.behave(Behaviour.always(ScriptedFault(kind=FaultKind.STATUS, status=503)))
        first = await sent(app)
        app.sandbox.behave(Behaviour())
        app.bench.session.set_value(("properties", "plan"), "enterprise")
        second = await sent(app)
        stamps = [
            (draft.payload.get("uuid"), draft.payload.get("timestamp"))
            for draft in (first.send.tag, second.send.tag)
            if isinstance(draft, Draft)
        ]
        assert len(stamps) == 2
        assert stamps[0] == stamps[1]


def command(app: App) -> str:
    """The curl command as it would be copied."""
    request = app.bench.session.request
    assert request is not None
    return make_copy(curl_wish(app.bench.preferences, request)).text


async def test_how_a_copy_carries_the_key_is_the_persons_choice(opened: Opened) -> None:
    async with opened() as app:
        assert SANDBOX_TOKEN in command(app)
        app.bench.preferences.change(destination_id="eu")
        app.bench.session.set_token("phc_realProjectToken")
        assert "phc_realProjectToken" not in command(app)
        assert "$POSTHOG_PROJECT_TOKEN" in command(app)
        app.bench.preferences.change(copy_key=KeyMode.INLINE)
        assert "phc_realProjectToken" in command(app)
        app.bench.preferences.change(copy_key=KeyMode.MASKED)
        assert "phc_realProjectToken" not in command(app)
