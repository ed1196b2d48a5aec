"""The sandbox behaves in the next window as it was told to in the last."""

from __future__ import annotations

import asyncio
from contextlib import closing
from pathlib import Path

import pytest

from composer.app import App
from composer.core.behaviour import Behaviour
from composer.core.behaviour.text import parse_rule
from composer.core.outcome import Accepted, Rejected, Unreachable
from composer.services.environment import open_environment
from tests.e2e.conftest import Opened
from tests.helpers.projects import aim_at
from tests.helpers.sends import sent


def keep(profile: Path, behaviour: Behaviour) -> None:
    with closing(open_environment(profile)) as environment:
        environment.behaviours.save(behaviour)


async def test_a_kept_rule_decides_the_first_send(opened: Opened, profile: Path) -> None:
    keep(profile, Behaviour(rules=(parse_rule("503"),)))
    async with opened() as app:
        assert app.sandbox.behaviour.rules == (parse_rule("503"),)
        outcome = (await sent(app)).outcome
        assert isinstance(outcome, Rejected)
        assert outcome.response.status == 503


async def test_a_switch_that_is_kept_in_a_window_is_there_in_the_next(opened: Opened) -> None:
    async with opened() as app:
        assert app.sandbox.behaviour == Behaviour()
        app.bench.services.behaviours.save(Behaviour(quota_reached=True))
    async with opened() as app:
        assert app.sandbox.behaviour == Behaviour(quota_reached=True)


async def test_https_that_is_kept_is_answered_and_not_trusted_by_itself(
    opened: Opened, profile: Path
) -> None:
    keep(profile, Behaviour(serves_tls=True))
    async with opened() as app:
        address = app.sandbox.tls_url
        assert address.startswith("https://127.0.0.1:")
        assert await asyncio.to_thread(app.sandbox.await_tls)
        assert app.sandbox.ca_file == str(profile / "sandbox" / "ca.pem")
        assert isinstance((await sent(app)).outcome, Accepted)
        point_to(app, address)
        assert isinstance((await sent(app)).outcome, Unreachable)
    assert app.sandbox.tls_url == ""


async def test_two_windows_on_one_profile_serve_https_side_by_side(
    opened: Opened, profile: Path
) -> None:
    keep(profile, Behaviour(serves_tls=True))
    async with opened() as one, opened() as two:
        assert len({one.sandbox.tls_url, two.sandbox.tls_url, one.sandbox.url}) == 3
        for app in (one, two):
            assert await asyncio.to_thread(app.sandbox.await_tls)
            app.bench.services.behaviours.save(Behaviour(quota_reached=app is two))
    with closing(open_environment(profile)) as environment:
        assert environment.behaviours.load().quota_reached


@pytest.fixture
def broken(profile: Path) -> Path:
    profile.mkdir()
    file = profile / "sandbox.json"
    file.write_bytes(b'{"rules": [')
    return file


async def test_broken_switches_are_told_and_cost_nothing_else(broken: Path, opened: Opened) -> None:
    async with opened() as app:
        assert app.sandbox.behaviour == Behaviour()
        (notice,) = app.bench.services.notices
        assert notice.startswith("The switches of the sandbox could not be read: ")
        assert f"kept as {broken}.broken-" in notice
        assert isinstance((await sent(app)).outcome, Accepted)


def point_to(app: App, address: str) -> None:
    """Make it the destination."""
    aim_at(app.bench.preferences, address)
    app.bench.session.set_token("phc_x")
