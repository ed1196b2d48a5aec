"""The main job: open the window, press Send, read the answer, find it again."""

from __future__ import annotations

import asyncio
import hashlib

from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QPlainTextEdit,
    QWidget,
)

from composer.core.outcome import Accepted
from composer.ui.rail import Place
from composer.ui.widgets import ElidedLabel, Tabs
from tests.e2e.conftest import Opened
from tests.helpers.sends import press_send, shown_answer
from tests.helpers.window import click, named, type_into, wait_until


async def test_the_first_press_of_send_is_accepted_and_stands_in_sandbox_and_history(
    opened: Opened,
) -> None:
    async with opened() as app:
        text = app.bench.session.text
        report = await press_send(app)
        assert isinstance(report.outcome, Accepted)
        assert report.outcome.response.status == 200
        assert shown_answer(app).startswith("Accepted and stored by the sandbox.")
        (arrival,) = app.sandbox.arrivals()
        assert arrival.body.read() == text.encode()
        assert [event.name for event in arrival.events] == ["plan upgraded"]
        (row,) = app.bench.services.history.rows()
        entry = app.bench.services.history.entry(row.id)
        assert entry is not None
        assert entry.request.body == text.encode()
        for place in (Place.HISTORY, Place.SANDBOX):
            app.window.go_to(place)
            await wait_until(
                lambda p=place: "plan upgraded" in cells(named(app.window, p.value)),
                f"a row in {place.value}",
            )


def cells(place: QWidget) -> set[str]:
    """What stands in a table; nothing while the words for an empty one are in its place."""
    if not isinstance(place, QAbstractItemView):
        return set()
    model = place.model()
    return {
        str(model.index(row, column).data())
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    }


async def test_the_names_for_assistive_tools_are_there(opened: Opened) -> None:
    async with opened() as app:
        for name in (
            "Event types",
            "Destination",
            "Project token",
            "Person's ID",
            "Event name",
            "JSON",
            "Send",
            "Add to batch",
            "Save as template",
            "Response",
        ):
            assert named(app.window, name).isVisible()
        named(app.window, "Preview", Tabs).setCurrentIndex(1)
        assert named(app.window, "curl", QPlainTextEdit).isVisible()
        for place, name in (
            (Place.HISTORY, "History"),
            (Place.HISTORY, "Search history"),
            (Place.TEMPLATES, "Templates"),
            (Place.BATCH, "Batch"),
            (Place.SANDBOX, "Sandbox"),
        ):
            app.window.go_to(place)
            assert named(app.window, name).isVisible()


async def test_what_is_typed_into_the_form_is_in_the_json_and_on_the_wire(opened: Opened) -> None:
    async with opened() as app:
        type_into(named(app.window, "Person's ID"), 'anna o\'neil "x" \\ €')
        assert '"anna o\'neil \\"x\\" \\\\ €"' in app.bench.session.text
        await press_send(app)
        (arrival,) = app.sandbox.arrivals()
        assert arrival.body.read() == app.bench.session.text.encode()
        assert arrival.events[0].distinct_id == 'anna o\'neil "x" \\ €'


async def test_size_and_hash_of_the_body_are_in_sight(opened: Opened) -> None:
    async with opened() as app:
        body = app.bench.session.text.encode()
        facts = f"{len(body)} bytes · sha256 {hashlib.sha256(body).hexdigest()[:8]}…"
        assert named(app.window, facts, ElidedLabel).isVisible()


async def test_broken_json_turns_send_off_and_says_where(opened: Opened) -> None:
    async with opened() as app:
        editor = app.window.compose.preview.json
        editor.selectAll()
        editor.insertPlainText('{"event": "x",\n "distinct_id": }')
        send = named(app.window, "Send", QAbstractButton)
        assert not send.isEnabled()
        assert "Line 2, column 17" in send.accessibleDescription()
        assert editor.exact_text == '{"event": "x",\n "distinct_id": }'


async def test_a_double_click_sends_once(opened: Opened) -> None:
    async with opened() as app:
        click(app.window, "Send")
        app.bench.desk.send()
        await wait_until(lambda: not app.bench.sends.is_busy, "the end of the send")
        app.bench.desk.send()
        assert not app.bench.sends.is_busy
        assert len(app.sandbox.arrivals()) == 1


async def test_sending_again_repeats_the_very_same_event(opened: Opened) -> None:
    async with opened() as app:
        await press_send(app)
        await asyncio.sleep(QApplication.doubleClickInterval() / 1000 + 0.05)
        await press_send(app)
        first, second = app.sandbox.arrivals()
        assert first.body.read() == second.body.read()


async def test_an_edit_after_an_accepted_send_makes_a_new_event(opened: Opened) -> None:
    async with opened() as app:
        await press_send(app)
        type_into(named(app.window, "Person's ID"), "someone-else")
        await press_send(app)
        first, second = (arrival.events[0].uuid for arrival in app.sandbox.arrivals())
        assert first != second
