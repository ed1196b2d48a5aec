"""One request, read-only, from every side: body, curl, headers, and the answer once there is one.

It shows the very bytes of the ``WireRequest``; only a key that is to be hidden is hidden, on
screen and in copies alike as the person chose. It makes no request and sends none.
"""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from composer.core.copies import make_copy
from composer.core.destination import Destination
from composer.core.outcome import Outcome, response_of
from composer.core.secret_headers import with_masked_headers
from composer.core.tokens import KeyMode, carried, masked, tokens_in
from composer.core.wire import WireRequest
from composer.ui.copying import Copier
from composer.ui.icons import IconName, Tone
from composer.ui.inspector import texts
from composer.ui.inspector.answer import AnswerView
from composer.ui.passages import Passage, passage
from composer.ui.preferences import Preferences
from composer.ui.theme import Role, Surface, Variant, set_role, set_variant
from composer.ui.widgets import CodeView, FlowNote, Language, Panel, Tabs, put_icon
from composer.ui.wording import counted
from composer.ui.writing.curl_sheet import CurlSheet
from composer.ui.writing.wishes import curl_wish
from composer.ui.writing.words import key_note


class Side(IntEnum):
    """The tabs, in order."""

    REQUEST = 0
    CURL = 1
    HEADERS = 2
    RESPONSE = 3


_NAMES = {
    Side.REQUEST: "body",
    Side.CURL: "curl command",
    Side.HEADERS: "headers",
    Side.RESPONSE: "response",
}


class RequestInspector(QWidget):
    """``show_request`` fills it; a tab's text is made when the tab is looked at."""

    def __init__(self, preferences: Preferences, copier: Copier, *, name: str = "Request") -> None:
        super().__init__()
        self._preferences = preferences
        self._copier = copier
        self._request: WireRequest | None = None
        self._destination: Destination | None = None
        self._outcome: Outcome | None = None
        self._tokens: tuple[str, ...] | None = None
        self._stale = set(Side)
        self._notes: dict[Side, str] = {}
        self._tabs = Tabs(f"{name}, views")
        for label in ("Request", "curl", "Headers", "Response"):
            self._tabs.addTab(label)
        self._views = {
            Side.REQUEST: CodeView(f"{name} body", Language.JSON),
            Side.HEADERS: CodeView(f"{name} headers"),
        }
        self._curl = CurlSheet(f"{name} as curl", preferences, copier.new_writer())
        self._answer = AnswerView(f"{name} response")
        self._pages = QStackedWidget()
        for side in Side:
            self._pages.addWidget(self._page(side))
        self._note = FlowNote(role=Role.HELP)
        self._note.setContentsMargins(16, 6, 16, 6)
        self._size = QLabel()
        set_role(self._size, Role.HELP)
        self._digest = QPushButton()
        set_variant(self._digest, Variant.FLAT, small=True)
        self._button = QPushButton()
        set_variant(self._button, Variant.FLAT, small=True)
        self._lay_out()
        self._tabs.currentChanged.connect(self._on_tab_changed)
        self._button.clicked.connect(self._on_copy_clicked)
        self._digest.clicked.connect(self._on_digest_clicked)
        preferences.changed.connect(self._on_preferences_changed)
        self.show_request(None)

    def _page(self, side: Side) -> QWidget:
        match side:
            case Side.CURL:
                return self._curl
            case Side.RESPONSE:
                return self._answer
            case _:
                return self._views[side]

    def _lay_out(self) -> None:
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

    def show_request(
        self,
        request: WireRequest | None,
        destination: Destination | None = None,
        outcome: Outcome | None = None,
    ) -> None:
        """Show a request to ``destination`` and what became of it; ``None`` clears the view."""
        if self._request is not request:
            self._tokens = None
        self._request, self._destination, self._outcome = request, destination, outcome
        has_answer = outcome is not None and destination is not None
        if not has_answer and self._side is Side.RESPONSE:
            self._tabs.setCurrentIndex(Side.REQUEST)
        self._tabs.setTabVisible(Side.RESPONSE, has_answer)
        self._show_size()
        self._renew()

    def show_side(self, side: Side) -> None:
        """Bring a tab to the front, if it is there."""
        if self._tabs.isTabVisible(side):
            self._tabs.setCurrentIndex(side)

    @property
    def side(self) -> Side:
        """The tab that is in front."""
        return self._side

    def text(self, side: Side) -> str:
        """A tab's text in full, before anything on it is hidden."""
        if self._request is None:
            return ""
        if side is Side.CURL:
            wish = curl_wish(self._preferences, self._request, destination=self._destination)
            return make_copy(wish).text
        return self._passage(side, self._request).full

    def copy_curl(self) -> None:
        """Copy the curl command, its key as the settings say."""
        self._copy(Side.CURL)

    # Inside

    @property
    def _side(self) -> Side:
        return Side(max(0, self._tabs.currentIndex()))

    @property
    def _key_mode(self) -> KeyMode:
        if self._destination is None:
            return self._preferences.copy_key
        return self._preferences.copy_key_for(self._destination)

    def _known_tokens(self) -> tuple[str, ...]:
        if self._tokens is None:
            self._tokens = tokens_in(self._request.body) if self._request else ()
        return self._tokens

    def _passage(self, side: Side, request: WireRequest) -> Passage:
        if side is Side.HEADERS:
            return passage(request.head)
        if side is Side.REQUEST:
            return texts.body_passage(request.body)
        response = response_of(self._outcome)
        return texts.body_passage(response.body if response else b"")

    def _renew(self) -> None:
        self._stale = set(Side)
        self._show_side()

    def _show_side(self) -> None:
        side = self._side
        self._pages.setCurrentIndex(side)
        self._button.setText("Copy")
        self._button.setAccessibleName(f"Copy {_NAMES[side]}")
        put_icon(self._button, IconName.COPY, Tone.MUTED)
        self._button.setEnabled(self._request is not None)
        self._button.setToolTip(f"Copy the {_NAMES[side]}")
        if side in self._stale:
            self._stale.discard(side)
            self._fill(side)
        self._show_note(side)

    def _fill(self, side: Side) -> None:
        if side is Side.RESPONSE:
            if self._outcome is not None and self._destination is not None:
                self._answer.show_outcome(self._outcome, self._destination)
            return
        request = self._request
        if side is Side.CURL:
            if request is None:
                self._curl.show_words("")
            else:
                self._curl.show_request(request, self._destination)
            return
        hidden = self._preferences.settings.hide_key
        seen = with_masked_headers(request) if request and hidden else request
        part = self._passage(side, seen) if seen else passage("")
        view = self._views[side]
        if side is Side.REQUEST:
            view.set_language(Language.JSON if part.is_json else Language.PLAIN)
        view.set_text(masked(part.shown, self._known_tokens()) if hidden else part.shown)
        self._notes[side] = part.note

    def _show_note(self, side: Side) -> None:
        note = self._notes.get(side, "")
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def _show_size(self) -> None:
        request = self._request
        self._size.setText(f"{counted(request.size, 'byte')}  ·" if request else "")
        self._digest.setVisible(request is not None)
        if request is not None:
            self._digest.setText(f"sha256 {request.sha256[:6]}…")
            self._digest.setToolTip(f"SHA-256 of the body: {request.sha256}\nClick to copy it")
            self._digest.setAccessibleName("Copy SHA-256 of the body")

    def _key_note(self, side: Side) -> str:
        """How a copy carries the key, where there is one in it."""
        has_key = side is Side.REQUEST and self._known_tokens()
        return key_note(self._key_mode) if has_key else ""

    def _copy(self, side: Side) -> None:
        if self._request is None:
            return
        if side is Side.CURL:
            self._copier.copy_curl(self._request, destination=self._destination)
            return
        text = self.text(side)
        if side is Side.REQUEST:
            text = carried(text, self._known_tokens(), self._key_mode)
        elif side is Side.HEADERS and self._key_mode is not KeyMode.INLINE:
            text = with_masked_headers(self._request).head
        self._copier.copy(text, _NAMES[side], self._key_note(side))

    def _on_tab_changed(self, index: int) -> None:
        del index
        self._show_side()

    def _on_copy_clicked(self) -> None:
        self._copy(self._side)

    def _on_digest_clicked(self) -> None:
        if self._request is not None:
            self._copier.copy(self._request.sha256, "SHA-256 of the body")

    def _on_preferences_changed(self, settings: object) -> None:
        del settings
        self._renew()
