"""How a test pastes, and what it looks at then."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from composer.core.destination import SANDBOX_TOKEN
from composer.ui.messages import Message
from composer.ui.paste.clip import Clip
from composer.ui.paste.reading import Reading
from tests.helpers.bench import Bench
from tests.helpers.window import wait_until

TOKEN = "phc_kQ8vR2nT6wYbX4mZ1cJ5"
EVENT = (
    f'{{ "api_key":"{TOKEN}",  "event": "order paid", "distinct_id": "customer-7",'
    ' "uuid": "0199d5d2-0000-7000-8000-000000000001", "timestamp": "2026-11-20T08:00:00Z",'
    ' "properties": {"total": 129.90} }'
)
"""With spacing of its own, which has to stay."""
OWN = EVENT.replace(TOKEN, SANDBOX_TOKEN)
"""The same with the token of the sandbox, the chosen destination."""
COMMAND = f"curl 'https://eu.i.posthog.com/e/' --proxy http://p:1 --data-raw '{EVENT}'"
BATCH = (
    f'{{"api_key": "{TOKEN}", "batch": [{{"event": "a", "distinct_id": "1"}},'
    ' {"event": "b", "distinct_id": "2"}, {"event": "c", "distinct_id": "3"}]}'
)


class Driver:
    """The paste desk of a workbench, and widgets over it that are shown until the test is over."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench.work
        self.copied = bench.copied
        self.desk = bench.work.pastes
        self.session = bench.work.session
        self.said: list[Message] = []
        self.several: list[Reading] = []
        self.opened: list[str] = []
        self._shown: list[QWidget] = []
        bench.work.messages.said.connect(self.said.append)
        self.desk.several.connect(self.several.append)
        self.desk.opened.connect(self._note_opened)

    def show(self, widget: QWidget) -> None:
        self._shown.append(widget)
        widget.show()

    def close(self) -> None:
        for widget in self._shown:
            widget.close()
            widget.deleteLater()

    async def paste(self, text: str) -> None:
        """Paste text and wait for what comes of it."""
        before = len(self.opened), len(self.several)
        assert self.desk.take(Clip(text=text))
        await wait_until(
            lambda: self.desk.failure or before != (len(self.opened), len(self.several)),
            "what comes of the paste",
        )

    def _note_opened(self) -> None:
        self.opened.append(self.session.text)
