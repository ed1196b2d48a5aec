"""The preview over a session of its own, and what a person does with it."""

from __future__ import annotations

from composer.ui.preview.pane import PreviewPane
from composer.ui.session import Session
from composer.ui.widgets import CodeView, Combo, Notice, Tabs
from tests.helpers.stage import Stage
from tests.helpers.window import named


class Preview:
    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.session = Session(stage.clock, stage.preferences)
        self.pane = PreviewPane(self.session, stage.preferences, stage.copier, stage.tasks)
        stage.show(self.pane, 700, 500)
        self.tabs = named(self.pane, "Preview", Tabs)
        self.layouts = named(self.pane, "Layout of the JSON", Combo)
        self.notice = self.pane.findChildren(Notice)[0]

    def show(self, tab: int) -> CodeView:
        self.tabs.setCurrentIndex(tab)
        return named(self.pane, ("JSON", "curl", "Code", "Request")[tab], CodeView)

    def choose_layout(self, words: str) -> None:
        """As a person does with the list."""
        row = self.layouts.findText(words)
        self.layouts.setCurrentIndex(row)
        self.layouts.activated.emit(row)

    @property
    def listed(self) -> list[str]:
        return [self.layouts.itemText(row) for row in range(self.layouts.count())]

    @property
    def cursor(self) -> int:
        return self.pane.json.textCursor().position()
