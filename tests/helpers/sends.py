"""Sending from the assembled app, and what its window then says."""

from __future__ import annotations

from composer.app import App
from composer.ui.send.controller import Report
from tests.helpers.window import click, named, wait_until


async def sent(app: App) -> Report:
    """Send the draft with the command, and wait for the end."""
    reports: list[Report] = []
    app.bench.sends.finished.connect(reports.append)
    app.bench.desk.send()
    await wait_until(lambda: reports, "an outcome")
    return reports[0]


async def press_send(app: App, button: str = "Send") -> Report:
    """Send with a button of the window, and wait for the end."""
    reports: list[Report] = []
    app.bench.sends.finished.connect(reports.append)
    click(app.window, button)
    await wait_until(lambda: reports, "an outcome")
    return reports[0]


def shown_answer(app: App) -> str:
    """What the pane of the response says."""
    return named(app.window, "Response").accessibleDescription()
