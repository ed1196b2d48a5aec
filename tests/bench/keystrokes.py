"""What a keystroke costs the window: handling it, and the painting that follows."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from statistics import median

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from composer.app import App
from composer.core.jsontext import Number
from composer.ui.widgets import CodeView
from tests.bench.inside import TimedWindow, opened
from tests.helpers.window import named

STROKES = 200
PAUSE = 0.03
"""Seconds between two strokes, in which the window paints."""
BIG = 100_000
"""Characters of the big JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strokes:
    """Milliseconds of one stroke."""

    place: str
    middle: float
    worst: float


async def measure() -> list[Strokes]:
    """Type into the form, into the JSON, and into a big JSON."""
    async with opened() as app:
        field = named(app.window, "Person's ID")
        found = [await _type(app, field, "the form")]
        _go_into(app, "customer-42")
        found.append(await _type(app, named(app.window, "JSON"), "the JSON"))
        _grow(app)
        await asyncio.sleep(2)
        _go_into(app, "customer-42")
        found.append(await _type(app, named(app.window, "JSON"), f"a JSON of {BIG // 1000} KB"))
        return found


async def _type(app: App, field: QWidget, place: str) -> Strokes:
    window = app.window
    assert isinstance(window, TimedWindow)
    field.setFocus()
    costs: list[float] = []
    for stroke in range(STROKES):
        window.painting = 0.0
        began = time.perf_counter()
        QTest.keyClick(field, Qt.Key.Key_A if stroke % 2 else Qt.Key.Key_Backspace)
        handled = time.perf_counter() - began
        await asyncio.sleep(PAUSE)
        costs.append(1000 * (handled + window.painting))
    return Strokes(place=place, middle=median(costs), worst=max(costs))


def _go_into(app: App, text: str) -> None:
    """Put the cursor of the JSON behind ``text``."""
    editor = named(app.window, "JSON", CodeView)
    line = next(n for n, line in enumerate(editor.text().split("\n"), 1) if text in line)
    column = editor.text().split("\n")[line - 1].index(text) + len(text) + 1
    editor.go_to(line, column)


def _grow(app: App) -> None:
    session = app.bench.session
    session.set_value(("distinct_id",), "customer-42")
    rows = tuple(Number(str(number)) for number in range(BIG // 12))
    session.set_value(("properties", "numbers"), rows)
