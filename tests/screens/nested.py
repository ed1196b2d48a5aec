"""States of forms whose values stand inside each other: exceptions with frames, and messages."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from composer.core.jsontext import Object
from tests.screens.stage import Stage

_STEPS = ("charge", "settle_invoice", "run_job", "<module>")


async def exception(stage: Stage) -> None:
    """Two exceptions with five frames, one of which is open."""
    frames = [
        {
            "platform": "python",
            "function": step,
            "filename": f"shop/billing/{step.strip('<>')}.py",
            "lineno": 88 + 13 * number,
            "in_app": number != len(_STEPS) - 1,
        }
        for number, step in enumerate(_STEPS)
    ]
    found = {"raw_id": "89f3907385ddb1bd", "mangled_name": "n.a", "lang": "javascript"}
    stage.choose("exception", example=True)
    stage.put(
        "properties.$exception_list",
        [
            {
                "type": "PaymentDeclined",
                "value": "Card refused by the bank",
                "mechanism": {"type": "generic", "handled": True, "synthetic": False},
                "stacktrace": {"type": "raw", "frames": frames},
            },
            {
                "type": "TimeoutError",
                "value": "bank.example did not answer within 30 seconds",
                "stacktrace": {"type": "resolved", "frames": [{**found, "resolved": True}]},
            },
        ],
    )
    await stage.settle()
    stage.window.compose.form.focus_path(
        ("properties", "$exception_list", 0, "stacktrace", "frames", 1, "lineno")
    )


async def exception_slips(stage: Stage) -> None:
    """A line that is no number, in a frame that is folded again; and something foreign."""
    await exception(stage)
    draft = stage.session.draft
    path = ("properties", "$exception_list")
    items = draft.value(path)
    first = items[0] if isinstance(items, tuple) else None
    if isinstance(first, Object):
        odd = first.with_member("mechanism", "by hand").with_member("release", "4.2.0")
        stage.session.set_value(path, (odd, "odd"))
    form = stage.window.compose.form
    form.focus_path((*path, 0, "stacktrace", "frames", 1, "lineno"))
    QTest.keyClicks(stage.window.focusWidget(), "12x")
    QTest.mouseClick(stage.button("Exception 1, frame 2"), Qt.MouseButton.LeftButton)


async def generation(stage: Stage) -> None:
    """A conversation in which a tool was called."""
    stage.choose("ai_generation", example=True)
    call = {"id": "call_1", "type": "function", "function": {"name": "lookup_hours"}}
    stage.put(
        "properties.$ai_input",
        [
            {"role": "system", "content": "Answer briefly and kindly."},
            {"role": "user", "content": [{"type": "text", "text": "When do you open on Sunday?"}]},
            {"role": "assistant", "content": None, "tool_calls": [call]},
            {"role": "tool", "content": "10:00", "tool_call_id": "call_1"},
        ],
    )
    await stage.settle()
    stage.window.compose.form.focus_path(("properties", "$ai_input", 1, "content"))
