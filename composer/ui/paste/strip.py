"""The strip above the form: where the event came from, what else it brought, what is missing.

It shows what the desk holds and asks it for everything; it is built at the first paste.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from composer.core.destination import Destination, DestinationKind, mask
from composer.core.remarks import Remark
from composer.ui.icons import IconName
from composer.ui.paste.desk import Origin, PasteDesk
from composer.ui.paste.reading import steps_text, things_text
from composer.ui.paste.remark_list import RemarkList
from composer.ui.theme import Role
from composer.ui.theme.roles import restyle
from composer.ui.widgets import (
    ElidedLabel,
    FlowNote,
    IconButton,
    IconLabel,
    LinkButton,
    Severity,
)
from composer.ui.wording import breakable, counted

_INSET = 7
"""Pixels that words stand in, to be in line with those of links."""
_MARGIN = 12


class PasteStrip(QWidget):
    """Hidden while there is nothing to say of a paste."""

    original_wanted = Signal(object)
    """``Reading`` whose original is to be shown"""
    list_wanted = Signal(object)
    """``Reading`` whose events are to be listed"""
    window_wanted = Signal()
    """The Paste window, with what could not be read"""

    def __init__(self, desk: PasteDesk) -> None:
        super().__init__()
        self._desk = desk
        self._shown: tuple[object, ...] = ()
        self._frame = QFrame()
        self._icon = IconLabel(Severity.INFO.icon)
        self._title = FlowNote("", Role.STRONG)
        self._original = LinkButton("Original text")
        self._cancel = LinkButton("Cancel")
        self._show_it = LinkButton("Show it")
        self._open_it = LinkButton("Open it")
        self._close = IconButton(IconName.CLOSE, "Dismiss this notice", small=True)
        self._steps = FlowNote("", Role.HELP)
        self._token = _Offer("Use its token")
        self._destination = _Offer("Use its destination")
        self._things = LinkButton("")
        self._all = LinkButton("")
        self._compare = LinkButton("Compare")
        self._remarks = RemarkList()
        self._build()
        self._connect()
        self.hide()  # until it has its place: without a parent it would be a window

    @property
    def words(self) -> str:
        """All that it says, line by line; empty while it is hidden."""
        if self.isHidden():
            return ""
        said = (self._title, self._steps, self._token.label, self._destination.label, self._things)
        lines = [_text(widget) for widget in said if not _is_hidden(widget, self)]
        if not self._remarks.isHidden():
            lines.append(self._remarks.text)
        return "\n".join(line.replace("\u200b", "") for line in lines)

    @Slot()
    def follow(self) -> None:
        """Say what there is to say now. It is asked for at each keystroke and seldom changes."""
        desk = self._desk
        origin = desk.origin
        offers = (desk.token_offer, desk.destination_offer)
        state = (origin, desk.is_slow, desk.failure, bool(desk.typed_command), offers)
        if not _same(state, self._shown):
            self._show(state, origin)

    # Inside

    def _build(self) -> None:
        self._title.setContentsMargins(_INSET, 3, 0, 0)
        self._steps.setContentsMargins(_INSET, 0, 0, 2)
        self._original.setAccessibleName("Original text")
        self._show_it.setAccessibleName("Show what could not be read")
        self._open_it.setAccessibleName("Open the request in the JSON editor")
        self._compare.setAccessibleName("Compare what was pasted with what is composed")
        top = Qt.AlignmentFlag.AlignTop
        head = QHBoxLayout()
        head.setSpacing(2)
        head.addWidget(self._title, 1)
        for control in (
            self._cancel,
            self._show_it,
            self._open_it,
            self._close,
        ):
            head.addWidget(control, 0, top)
        things, foot = QHBoxLayout(), QHBoxLayout()
        things.addWidget(self._things)
        foot.setSpacing(2)
        for link in (self._original, self._compare, self._all):
            foot.addWidget(link)
        things.addStretch(1)
        foot.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._steps)
        column.addWidget(self._token)
        column.addWidget(self._destination)
        column.addLayout(things)
        column.addWidget(self._remarks)
        column.addLayout(foot)
        row = QHBoxLayout(self._frame)
        row.setContentsMargins(10, 5, 5, 5)
        row.setSpacing(1)
        beside = QVBoxLayout()  # the icon stands in line with the title
        beside.setContentsMargins(0, 4, 0, 0)
        beside.addWidget(self._icon, 0, top)
        row.addLayout(beside)
        row.addLayout(column, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, 0)
        outer.addWidget(self._frame)

    def _connect(self) -> None:
        desk = self._desk
        desk.changed.connect(self.follow)
        self._cancel.clicked.connect(desk.cancel)
        self._close.clicked.connect(desk.dismiss)
        self._token.button.clicked.connect(desk.use_token)
        self._destination.button.clicked.connect(desk.use_destination)
        self._compare.clicked.connect(desk.compare)
        self._open_it.clicked.connect(desk.take_typed)
        self._show_it.clicked.connect(self.window_wanted)
        self._original.clicked.connect(self._on_original)
        self._all.clicked.connect(self._on_all)
        self._things.clicked.connect(self._on_things)

    def _show(self, state: tuple[object, ...], origin: Origin | None) -> None:
        desk = self._desk
        if not self._is_about(origin) or not (self._shown and self._shown[0] is origin):
            self._remarks.hide()
        self._shown = state
        if desk.is_slow:
            self._say("Reading what was pasted…", Severity.NEUTRAL)
        elif desk.failure:
            self._say(f"This could not be opened. {desk.failure}", Severity.ERROR)
        elif desk.typed_command:
            self._say("This looks like a request, not like its JSON.", Severity.INFO)
        elif origin is not None:
            self._show_origin(origin)
        is_hint = bool(desk.typed_command) and not desk.is_slow and not desk.failure
        self._open_it.setVisible(is_hint)
        self._cancel.setVisible(desk.is_slow)
        self._show_it.setVisible(bool(desk.failure))
        self._close.setVisible(not desk.is_slow and not is_hint)
        self._original.setVisible(self._is_about(origin))
        self._compare.setVisible(self._is_about(origin))
        self._show_offers(self._is_about(origin))
        self.setVisible(self._desk.has_news)

    def _is_about(self, origin: Origin | None) -> bool:
        desk = self._desk
        return origin is not None and not (desk.is_slow or desk.failure or desk.typed_command)

    def _say(self, words: str, severity: Severity) -> None:
        self._title.setText(breakable(words))
        self._icon.set_icon(severity.icon, severity.tone)
        self.setAccessibleName(severity.spoken(words))
        restyle(self._frame, "notice", severity.value)
        for widget in (self._steps, self._things, self._all):
            widget.hide()

    def _show_origin(self, origin: Origin) -> None:
        reading = origin.reading
        self._say(f"Pasted from {reading.source}", Severity.INFO)
        steps = steps_text(reading.steps(origin.request))
        self._steps.setText(breakable(steps))
        self._steps.setVisible(bool(steps))
        remarks = reading.remarks(origin.request)
        self._show_remarks(remarks)
        self._all.setText(f"All {counted(len(reading.events), 'event')}")
        self._all.setAccessibleName(f"{self._all.text()} of this paste")
        self._all.setVisible(len(reading.events) > 1)

    def _show_remarks(self, remarks: tuple[Remark, ...]) -> None:
        self._things.setText(things_text(remarks))
        self._things.setAccessibleName(f"{self._things.text()}: show them")
        self._things.setVisible(bool(remarks))
        self._remarks.show_remarks(remarks)

    def _show_offers(self, is_about: bool) -> None:
        token, place = self._desk.token_offer, self._desk.destination_offer
        shown = f"Its token is {mask(token)}" if token and is_about else ""
        self._token.show_words(shown, mask(token))
        where = _where(place) if place is not None and is_about else ""
        self._destination.show_words(f"It went to {where}" if where else "", where)

    @Slot()
    def _on_original(self) -> None:
        if self._desk.origin is not None:
            self.original_wanted.emit(self._desk.origin.reading)

    @Slot()
    def _on_all(self) -> None:
        if self._desk.origin is not None:
            self.list_wanted.emit(self._desk.origin.reading)

    @Slot()
    def _on_things(self) -> None:
        self._remarks.setVisible(self._remarks.isHidden())


class _Offer(QWidget):
    """A sentence about something in the paste, and a link that takes it over."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.label = ElidedLabel(role=Role.HELP)
        self.label.setContentsMargins(_INSET, 0, 0, 0)
        self.button = LinkButton(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.label)
        row.addWidget(self.button)
        row.addStretch(1)

    def show_words(self, words: str, what: str) -> None:
        """Offer it, or hide where there is nothing to say."""
        self.label.set_text(words)
        self.button.setAccessibleName(f"{self.button.text()} {what}")
        self.setVisible(bool(words))


def _where(place: Destination) -> str:
    return place.address if place.kind is DestinationKind.SELF_HOSTED else place.name


def _same(state: tuple[object, ...], shown: tuple[object, ...]) -> bool:
    """Origins are compared as objects: what is in them may be large."""
    return bool(shown) and state[0] is shown[0] and state[1:] == shown[1:]


def _text(widget: QWidget) -> str:
    if isinstance(widget, ElidedLabel):
        return widget.full_text
    return widget.text() if isinstance(widget, FlowNote | LinkButton) else ""


def _is_hidden(widget: QWidget, within: QWidget) -> bool:
    return not widget.isVisibleTo(within)
