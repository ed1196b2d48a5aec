"""The tabs of the detail: the event as stored, what differs, the request from every side.

It shows what ``ArrivalReader`` read; only a token that is to be hidden is hidden, on screen and in
copies alike as the person chose.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from composer.core.destination import Destination, DestinationKind
from composer.core.tokens import KeyMode, concealed
from composer.core.wire import WireRequest
from composer.ui.copying import Copier
from composer.ui.icons import IconName, Tone
from composer.ui.preferences import Preferences
from composer.ui.sandbox.compare_view import CompareView
from composer.ui.sandbox.reading import Side, SideText
from composer.ui.sandbox.rows import Kind, Row
from composer.ui.theme import Role, Surface, Variant, set_role, set_variant
from composer.ui.widgets import CodeView, FlowNote, Panel, Tabs, put_icon
from composer.ui.wording import counted
from composer.ui.writing.curl_sheet import CurlSheet
from composer.ui.writing.words import key_note

READING = "Reading…"
_TITLES = {
    Side.EVENT: "Stored",
    Side.COMPARE: "Compare",
    Side.REQUEST: "Request",
    Side.RAW: "Raw",
    Side.ANSWER: "Answer",
    Side.CURL: "curl",
}
_NAMES = {
    Side.EVENT: "event",
    Side.COMPARE: "differences",
    Side.REQUEST: "body",
    Side.RAW: "raw request",
    Side.ANSWER: "answer",
    Side.CURL: "curl command",
}


class ArrivalViews(QWidget):
    """``begin`` clears it for another row; ``wanted`` asks for the text of the tab in front."""

    wanted = Signal()
    curl_wanted = Signal()
    """The command is to be copied"""

    def __init__(self, preferences: Preferences, copier: Copier) -> None:
        super().__init__()
        self._preferences = preferences
        self._copier = copier
        self._row: Row | None = None
        self._liked = Side.EVENT
        self._is_moving = False
        self._found: SideText | None = None
        self._tabs = Tabs("Arrived request, views")
        self._pages = QStackedWidget()
        self._codes: dict[Side, CodeView] = {}
        self._curl = CurlSheet("Arrived request, curl command", preferences, copier.new_writer())
        self._compare = CompareView("Differences between sent and stored")
        for side in Side:
            self._tabs.addTab(_TITLES[side])
            self._pages.addWidget(self._page(side))
        self._note = FlowNote(role=Role.HELP)
        self._note.setContentsMargins(16, 6, 16, 6)
        self._size = QLabel()
        set_role(self._size, Role.HELP)
        self._digest = QPushButton()
        self._button = QPushButton("Copy")
        self._lay_out()
        self._tabs.currentChanged.connect(self._on_tab_changed)
        self._button.clicked.connect(self._on_copy_clicked)
        self._digest.clicked.connect(self._on_digest_clicked)
        preferences.changed.connect(self._show_command)
        self.begin(None)

    def _page(self, side: Side) -> QWidget:
        if side is Side.COMPARE:
            return self._compare
        if side is Side.CURL:
            return self._curl
        self._codes[side] = CodeView(f"Arrived request, {_NAMES[side]}")
        return self._codes[side]

    def _lay_out(self) -> None:
        for button in (self._digest, self._button):
            set_variant(button, Variant.FLAT, small=True)
        put_icon(self._button, IconName.COPY, Tone.MUTED)
        head = Panel(Surface.SURFACE, "bottom")
        row = QHBoxLayout(head)
        row.setContentsMargins(8, 0, 8, 0)
        row.addWidget(self._tabs, 1)
        foot = Panel(Surface.RAISED, "top")
        line = QHBoxLayout(foot)
        line.setContentsMargins(16, 5, 8, 5)
        line.setSpacing(2)
        line.addWidget(self._size)
        line.addWidget(self._digest)
        line.addStretch(1)
        line.addWidget(self._button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._note)
        column.addWidget(self._pages, 1)
        column.addWidget(foot)

    # What others use

    @property
    def side(self) -> Side:
        """The tab that is in front."""
        return Side(max(0, self._tabs.currentIndex()))

    @property
    def key(self) -> KeyMode:
        """How what is copied carries the token."""
        return self._preferences.copy_key_for(self._own_place)

    def begin(self, row: Row | None) -> None:
        """Another row is shown; what its tab says comes with ``show_text``."""
        self._row = row
        kind = row.kind if row else None
        # Which tab is looked at is a matter of the person: the moves here are none of theirs.
        self._is_moving = True
        self._tabs.setTabText(Side.EVENT, "As sent" if kind is Kind.LOST else "Stored")
        self._tabs.setTabVisible(Side.EVENT, kind in {Kind.STORED, Kind.LOST})
        self._tabs.setTabVisible(Side.COMPARE, kind is Kind.STORED)
        wishes = (self._liked, Side.EVENT, Side.REQUEST)
        self._tabs.setCurrentIndex(next(s for s in wishes if self._tabs.isTabVisible(s)))
        self._is_moving = False
        self._renew()

    def show_side(self, side: Side) -> None:
        """Bring a tab to the front, if it is there."""
        if self._tabs.isTabVisible(side):
            self._tabs.setCurrentIndex(side)

    def show_slow(self) -> None:
        """Say that it takes a while."""
        self._say(READING)

    def show_text(self, found: SideText) -> None:
        """Show what was read, if it is still what is looked at."""
        if found.row is not self._row or found.side is not self.side:
            return
        self._found = found
        self._button.setEnabled(True)
        self._say(found.passage.note)
        hides = self._preferences.settings.hide_key
        if found.side is Side.COMPARE:
            self._compare.show_differences(found.differences, found.tokens if hides else ())
        elif found.request is not None:
            self._show_command()
        elif view := self._codes.get(found.side):
            view.set_language(found.language)
            mode = KeyMode.MASKED if hides else KeyMode.INLINE
            view.set_text(concealed(found.passage.shown, found.tokens, mode))
        self._digest.setVisible(bool(found.sha256))
        self._digest.setText(f"sha256 {found.sha256[:6]}…")
        self._digest.setToolTip(f"SHA-256 of the body: {found.sha256}\nClick to copy it")
        self._digest.setAccessibleName("Copy SHA-256 of the body")

    @property
    def found(self) -> SideText | None:
        """What is shown; ``None`` while it is being read."""
        return self._found

    def copy(self, found: SideText) -> None:
        """Copy what a tab says, in full; not for the command."""
        text = concealed(found.passage.full, found.tokens, self.key)
        note = key_note(self.key) if found.tokens else ""
        self._copier.copy(text, _NAMES[found.side], note)

    def copy_curl(self, request: WireRequest) -> None:
        """Copy the command that sends ``request``."""
        self._copier.copy_curl(request, destination=self._own_place)

    @property
    def shown_text(self) -> str:
        """What the text view in front shows; empty for the table of differences."""
        view = self._codes.get(self.side)
        return view.text() if view else ""

    # Inside

    @property
    def _own_place(self) -> Destination:
        places = self._preferences.destinations
        return next((p for p in places if p.kind is DestinationKind.SANDBOX), places[0])

    def _show_command(self) -> None:
        if self._found is not None and self._found.request is not None:
            self._curl.show_request(self._found.request, self._own_place)

    def _renew(self) -> None:
        self._found = None
        self._say("")
        self._button.setEnabled(False)
        self._button.setAccessibleName(f"Copy {_NAMES[self.side]}")
        self._button.setToolTip(f"Copy the {_NAMES[self.side]}")
        self._digest.setVisible(False)
        size = self._row.arrival.body.size if self._row else 0
        self._size.setText(counted(size, "byte") if self._row else "")
        self._pages.setCurrentIndex(self.side)
        self._curl.show_words("")
        if view := self._codes.get(self.side):
            view.set_text("")
        self._compare.show_differences(None)
        if self._row is not None:
            self.wanted.emit()

    def _say(self, note: str) -> None:
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def _on_tab_changed(self, index: int) -> None:
        if not self._is_moving:
            self._liked = Side(index)
            self._renew()

    def _on_copy_clicked(self) -> None:
        if self.side is Side.CURL:
            self.curl_wanted.emit()
        elif self._found is not None:
            self.copy(self._found)

    def _on_digest_clicked(self) -> None:
        if self._found is not None:
            self._copier.copy(self._found.sha256, "SHA-256 of the body")
