"""The states of pasting: the strip in Compose, and the Paste window."""

from __future__ import annotations

import base64
import gzip
import json

from PySide6.QtWidgets import QPushButton

from composer.ui.actions import Command
from composer.ui.paste.clip import Clip
from composer.ui.paste.dialog import PasteDialog
from tests.screens.stage import Stage

EVENT = (
    '{ "api_key": "phc_kQ8vR2nT6wYbX4mZ1cJ5", "event": "order paid",'
    ' "distinct_id": "customer-7", "properties": {"total": 129.90, "currency": "EUR"} }'
)
COMMAND = f"""curl 'https://eu.i.posthog.com/i/v0/e/' \\
  -H 'Content-Type: application/json' \\
  -H 'Authorization: Bearer abc' \\
  --cacert @company.pem --proxy http://proxy.example:3128 \\
  --data-raw '{EVENT}'"""
PROXIED = COMMAND.replace("https://eu.i.posthog.com", "https://metrics.shop.example/relay")


async def one(stage: Stage) -> None:
    """A command with its token, its destination and options that are not taken over."""
    stage.bench.pastes.take(Clip(text=COMMAND))
    await stage.until(lambda: stage.bench.pastes.origin is not None)


async def told(stage: Stage) -> None:
    """The same from behind a proxy, its remarks unfolded."""
    stage.bench.pastes.take(Clip(text=PROXIED))
    await stage.until(lambda: stage.bench.pastes.origin is not None)
    await stage.settle(0.1)
    for link in stage.window.findChildren(QPushButton):
        if "taken over" in link.text() and link.isVisible():
            link.click()


async def packed(stage: Stage) -> None:
    """A body that had to be unpacked and mended."""
    body = EVENT.replace('"order paid"', "“order paid”").encode()
    text = base64.b64encode(gzip.compress(body, mtime=0)).decode()
    stage.bench.pastes.take(Clip(text=text))
    await stage.until(lambda: stage.bench.pastes.origin is not None)


async def unreadable(stage: Stage) -> None:
    stage.bench.pastes.take(Clip(text="curl https://eu.i.posthog.com/e/ -d @order.json"))
    await stage.until(lambda: bool(stage.bench.pastes.failure))


async def empty(stage: Stage) -> None:
    stage.do(Command.OPEN_PASTE)


async def window_one(stage: Stage) -> None:
    await empty(stage)
    await filled(stage, COMMAND)


async def window_fault(stage: Stage) -> None:
    await empty(stage)
    stage.window.findChildren(PasteDialog)[0].take(Clip(text=EVENT.replace(":", "")))


async def window_batch(stage: Stage) -> None:
    await empty(stage)
    events = [
        {"event": name, "distinct_id": person, "timestamp": f"2026-11-21T09:3{place}:00Z"}
        for place, (name, person) in enumerate(
            (("$pageview", "anna"), ("order paid", "customer-7"), ("$identify", "anna"))
        )
    ]
    await filled(stage, json.dumps({"api_key": "phc_x", "batch": events}, indent=1))


async def window_har(stage: Stage) -> None:
    await empty(stage)
    await filled(stage, json.dumps(har()))


async def filled(stage: Stage, text: str) -> None:
    dialog = stage.window.findChildren(PasteDialog)[0]
    dialog.take(Clip(text=text))
    await stage.until(lambda: dialog.found.reading is not None)


def har() -> dict[str, object]:
    """What a browser saves of a visit: PostHog's requests among others."""
    hosts = ("https://eu.i.posthog.com/e/", "https://eu.i.posthog.com/flags/?v=2")
    bodies = (EVENT, '{"api_key": "phc_x", "distinct_id": "a", "groups": {}}')
    entries = [
        {"request": {"method": "POST", "url": url, "headers": [], "postData": {"text": body}}}
        for _ in range(3)
        for url, body in zip(hosts, bodies, strict=True)
    ]
    page = {"request": {"method": "GET", "url": "https://shop.example/", "headers": []}}
    return {"log": {"version": "1.2", "entries": [page, *entries]}}
