"""In the real window: editor, history, server and the copied curl have the very same bytes.

Hypothesis makes the values beforehand, for its own loop cannot run inside the window's.
"""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given, settings, strategies as st
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from composer.app import App
from composer.core.events import ALL, fields_of
from composer.core.jsontext import Layout, Value, encode_string
from composer.core.outcome import Accepted
from tests.e2e.conftest import Opened
from tests.helpers.sends import sent
from tests.helpers.shell import run_in_bash
from tests.helpers.values import texts, values
from tests.helpers.window import named, type_into

EXAMPLES = 8


def made(count: int) -> list[tuple[str, str, Value, Layout]]:
    """A person's ID, a property's name, its value and a layout, ``count`` times."""
    found: list[tuple[str, str, Value, Layout]] = []
    filled = texts.filter(lambda text: text.strip(" \t\r\n\0\u00a0\u2028\u2029\ufeff") != "")
    whole = filled.filter(lambda text: not any("\ud800" <= c <= "\udfff" for c in text))

    @settings(max_examples=count, database=None)
    @given(st.tuples(whole, filled, values, st.sampled_from(Layout)))
    def collect(example: tuple[str, str, Value, Layout]) -> None:
        found.append(example)

    collect()
    return found


async def check_everywhere(app: App) -> None:
    """Send and copy what the window shows; all four have the same bytes."""
    app.sandbox.clear()
    editor = app.window.compose.preview.json
    body = editor.text().encode()
    report = await sent(app)
    app.bench.desk.copy_curl()
    command = QGuiApplication.clipboard().text()
    ran = await asyncio.to_thread(run_in_bash, command)
    assert ran.returncode == 0, ran.stderr
    assert report.history_id is not None
    entry = app.bench.services.history.entry(report.history_id)
    assert entry is not None
    assert entry.request.body == body
    by_app, by_curl = app.sandbox.arrivals()
    assert by_app.body.read() == body
    assert by_curl.body.read() == body
    assert editor.text().encode() == body


@pytest.mark.timeout(120)
@pytest.mark.parametrize("type_id", [event_type.id for event_type in ALL])
async def test_every_form_shows_sends_keeps_and_copies_the_same_bytes(
    opened: Opened, type_id: str
) -> None:
    async with opened() as app:
        session = app.bench.session
        session.choose_type(type_id)
        app.bench.desk.fill_example()
        for person, name, value, layout in made(EXAMPLES):
            app.bench.preferences.change(layout=layout)
            session.set_value(("distinct_id",), person)
            session.set_value(("properties", name), value)
            await check_everywhere(app)


async def test_what_is_typed_and_pasted_into_the_json_is_sent_as_it_stands(opened: Opened) -> None:
    async with opened() as app:
        editor = app.window.compose.preview.json
        for person, _, _, _ in made(EXAMPLES):
            data = QMimeData()
            data.setText(f'{{"api_key":"{app.bench.session.token}",\n\t"event" :"x", "n":1.00,')
            editor.selectAll()
            editor.insertFromMimeData(data)
            app.bench.session.set_text(
                editor.text()
                + '"distinct_id":'
                + encode_string(person)
                + ' ,"big":9007199254740993}'
            )
            report = await sent(app)
            assert isinstance(report.outcome, Accepted)
            (arrival,) = app.sandbox.arrivals()
            assert arrival.body.read() == editor.text().encode()
            assert b"1.00" in arrival.body.read()
            app.sandbox.clear()


async def test_every_field_of_a_form_reaches_the_server(opened: Opened) -> None:
    async with opened() as app:
        app.bench.session.choose_type("screen")
        for field in fields_of(app.bench.session.draft.event_type):
            if field.label in {"Person's ID", "Screen name"}:
                type_into(named(app.window, field.label), f"typed into {field.label}")
        await sent(app)
        (arrival,) = app.sandbox.arrivals()
        assert b'"typed into Person\'s ID"' in arrival.body.read()
        assert b'"$screen_name": "typed into Screen name"' in arrival.body.read()
