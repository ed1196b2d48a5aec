"""Sending from the assembled app, and what its window then says."""

from __future__ import annotations

from composer.app import App
from composer.core.batch.run import Run
from composer.ui.send.controller import Report
from composer.ui.widgets import PrimaryButton
from tests.helpers.window import click, name_of, named, wait_until


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


async def press_send_batch(app: App) -> Run:
    """Send the batch with its button, and wait for the end of the run."""
    runs: list[Run] = []
    app.bench.runs.ended.connect(runs.append)
    buttons = app.window.pages.batch.run_bar.findChildren(PrimaryButton)
    (button,) = [button for button in buttons if name_of(button) == "Send the batch"]
    await wait_until(lambda: button.isVisible() and button.isEnabled(), "Send")
    click(app.window, "Send the batch")
    await wait_until(lambda: runs, "the end of the run")
    return runs[0]


def shown_answer(app: App) -> str:
    """What the pane of the response says."""
    return named(app.window, "Response").accessibleDescription()
