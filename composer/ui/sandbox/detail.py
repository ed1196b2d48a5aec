"""The right half of what arrived: the chosen event or request, and opening it in Compose."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from composer.core.tokens import KeyMode
from composer.services.ports import Sandbox
from composer.ui.copying import Copier
from composer.ui.icons import IconName
from composer.ui.lists.detail import DetailPane
from composer.ui.messages import Messages
from composer.ui.preferences import Preferences
from composer.ui.sandbox.facts import Facts
from composer.ui.sandbox.reader import ArrivalReader, Opening, Wish
from composer.ui.sandbox.reading import Side
from composer.ui.sandbox.rows import Kind, Row, reason
from composer.ui.sandbox.views import ArrivalViews
from composer.ui.tasks import TaskScope
from composer.ui.widgets import PrimaryButton, Severity, put_icon


class ArrivedDetail(QWidget):
    """Shows a ``Row``; blank without one."""

    open_wanted = Signal(object)
    """``tuple[Draft, ...]``"""

    def __init__(
        self,
        sandbox: Sandbox,
        preferences: Preferences,
        tasks: TaskScope,
        copier: Copier,
        messages: Messages,
    ) -> None:
        super().__init__()
        self._preferences = preferences
        self._messages = messages
        self._row: Row | None = None
        self._reader = ArrivalReader(sandbox, tasks, self)
        self._views = ArrivalViews(preferences, copier)
        self._pane = DetailPane(self._views)
        self._facts = Facts()
        self._shown_in = self._manner()
        self._pane.add_to_head(self._facts)
        self._open = PrimaryButton("Open in Compose")
        self._curl = QPushButton("curl")
        self._curl.setAccessibleName("Copy curl")
        self._curl.setToolTip("Copy the curl command")
        put_icon(self._curl, IconName.COPY)
        self._pane.buttons.addWidget(self._open)
        self._pane.buttons.addWidget(self._curl)
        self._pane.buttons.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pane)
        self._open.clicked.connect(self.open_row)
        self._curl.clicked.connect(self.copy_curl)
        self._views.wanted.connect(self._on_text_wanted)
        self._views.curl_wanted.connect(self.copy_curl)
        self._reader.read.connect(self._views.show_text)
        self._reader.commanded.connect(self._views.copy_curl)
        preferences.changed.connect(self._on_preferences_changed)
        self._reader.slow.connect(self._views.show_slow)
        self._reader.opened.connect(self._on_opened)

    @property
    def row(self) -> Row | None:
        """What is shown."""
        return self._row

    def show_row(self, row: Row | None) -> None:
        """Show an event or request."""
        self._row, self._shown_in = row, self._manner()
        if row is None:
            self._pane.show_blank()
            self._reader.want(None)
            self._views.begin(None)
            return
        self._pane.show_words(*_words(row))
        key = KeyMode.MASKED if self._preferences.settings.hide_key else KeyMode.INLINE
        self._facts.show_row(row, key)
        self._open.setEnabled(row.kind is not Kind.OTHER)
        self._views.begin(row)

    def show_side(self, side: Side) -> None:
        """Bring a tab to the front, if it is there."""
        self._views.show_side(side)

    def open_row(self) -> None:
        """Ask for the event, or all events of a refused request, to be opened in Compose."""
        if self._row is not None and self._open.isEnabled():
            self._reader.open(self._row)

    def copy_curl(self) -> None:
        """Copy the command that repeats the request."""
        if self._row is not None:
            self._reader.command(self._row)

    def _on_text_wanted(self) -> None:
        if self._row is not None:
            self._reader.want(Wish(row=self._row, side=self._views.side))

    def _on_preferences_changed(self, settings: object) -> None:
        del settings
        manner = self._manner()
        if manner != self._shown_in:
            self.show_row(self._row)

    def _manner(self) -> tuple[bool, KeyMode]:
        """How tokens are shown and copied."""
        return self._preferences.settings.hide_key, self._views.key

    def _on_opened(self, opening: Opening) -> None:
        if opening.drafts:
            self.open_wanted.emit(opening.drafts)
            return
        self._messages.say(
            "There is no event in it that a form could show. Look at the request, or copy it.",
            Severity.WARNING,
        )


def _words(row: Row) -> tuple[str, str]:
    """Title and sentence."""
    arrival, either = row.arrival, row.either
    several = len(arrival.events) + len(arrival.dropped) + arrival.beyond
    part = f" It came as one of {several:,} in a request." if several > 1 else ""
    fault = f" The sender was not told so: {arrival.fault}." if arrival.fault else ""
    match row.kind:
        case Kind.STORED:
            name = either.name if either else ""
            return name, f"This is what PostHog would store.{part}{fault}"
        case Kind.LOST:
            name = either.name if either else ""
            return name, f"Answered with {arrival.status}, then thrown away. {reason(row)}.{part}"
        case Kind.REFUSED:
            title = f"Refused with {arrival.status}" if arrival.status else "No answer"
            return title, _full_reason(row)
        case Kind.OTHER:
            return "Nothing to store", reason(row)


def _full_reason(row: Row) -> str:
    fault = row.arrival.fault
    said = reason(row)
    return said if not fault or fault == said else f"{said} (a rule of the sandbox: {fault})"
