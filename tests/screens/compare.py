"""The states of comparing: the window over two requests, and the choice of the other in History."""

from __future__ import annotations

from composer.core.compare.request import NamedRequest
from composer.core.jsontext import from_python
from composer.ui.actions import Command
from composer.ui.compare.dialog import CompareDialog
from composer.ui.compare.opening import compare_with_composed
from composer.ui.paste.clip import Clip
from composer.ui.rail import Place
from tests.screens.paste import COMMAND
from tests.screens.stage import Stage


async def _told(stage: Stage) -> None:
    """The comparison has come."""
    dialog = stage.window.findChild(CompareDialog)
    assert dialog is not None
    await stage.until(lambda: dialog.told is not None)


async def pasted(stage: Stage) -> None:
    """What a customer sent against what was made of it."""
    stage.bench.pastes.take(Clip(text=COMMAND))
    await stage.until(lambda: stage.bench.pastes.origin is not None)
    stage.put("properties.total", "129.90")
    stage.put("properties.plan", from_python({"name": "pro", "seats": 5}))
    stage.put("properties.currency", value=None)
    stage.bench.pastes.compare()
    await _told(stage)


async def last(stage: Stage) -> None:
    """Two sends that differ in what differs every time."""
    await stage.send()
    stage.do(Command.NEW_EVENT)
    stage.do(Command.COMPARE_LAST)
    await _told(stage)


async def same(stage: Stage) -> None:
    await stage.send()
    stage.do(Command.COMPARE_LAST)
    await _told(stage)


async def kinds(stage: Stage) -> None:
    """A difference of each kind, in both bodies of a batch."""
    left = (
        b'{"api_key":"phc_aBcD3fGh1jKlMn0pQrStUvWxYz","batch":['
        b'{"event":"order paid","uuid":"0199-a","properties":{"vip":"true","total":1,"sku":"A",'
        b'"sku":"B","note":"gift"}},{"event":"order sent","uuid":"0199-b"}]}'
    )
    right = (
        b'{"api_key":"phc_aBcD3fGh1jKlMn0pQrStUvWxYz","batch":[{"event":"order sent",'
        b'"uuid":"0199-b"},{"event":"order paid","uuid":"0199-a","properties":{"vip":true,'
        b'"total":1.0,"sku":"B","plan":"pro"}},{"event":"order sent","uuid":"0199-b"}]}'
    )
    headers = (("Content-Type", "application/json"), ("Content-Length", "9"))
    one = NamedRequest(name="Sent yesterday at 14:02:05", body=left, headers=headers)
    other = NamedRequest(name="Sent today at 09:30:00", body=right, headers=headers)
    compare_with_composed(stage.window, stage.bench, one)
    dialog = stage.window.findChild(CompareDialog)
    assert dialog is not None
    dialog.compare(one, other)
    await _told(stage)


async def choosing(stage: Stage) -> None:
    """History, where the other send is to be chosen."""
    for draft in (stage.session.draft, stage.session.draft.with_value(("event",), "order paid")):
        await stage.deliver(draft)
    stage.go(Place.HISTORY)
    await stage.settle()
    stage.window.pages.history.choosing.with_another()
