"""The right half of a rule's form: to which requests it happens."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from composer.core.behaviour import Rule
from composer.ui.sandbox.behaviour import reading
from composer.ui.sandbox.behaviour.entry import Captioned, Entry
from composer.ui.widgets import Combo

USUAL_NTH, USUAL_SHARE = "3", "20"


class Often(StrEnum):
    """Which of the requests that fit a rule takes."""

    ALL = "all"
    ONE = "one"
    SHARE = "share"


class WhenPart(QWidget):
    """Shows the conditions of a rule."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._path = Entry("Path", "Path", reading.read_path, placeholder="Every path", mono=True)
        self._person = Entry(
            "Distinct ID",
            "Distinct ID",
            reading.read_text,
            placeholder="Anybody",
            note="A request fits if any of its events has this ID.",
        )
        self._often = Combo("How often")
        self._often.add("Every time", Often.ALL)
        self._often.add("One single time", Often.ONE)
        self._often.add("An even share", Often.SHARE)
        self._captioned = Captioned("How often", self._often)
        self._nth = Entry(
            "Which request",
            "Which one",
            reading.read_nth,
            unit="counted from 1",
            note="The count starts anew whenever a switch or a rule changes.",
        )
        self._share = Entry("Share", "Share", reading.read_share, unit="percent")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self._path, self._person, self._captioned, self._nth, self._share):
            column.addWidget(part)
        column.addStretch(1)
        for entry in (self._path, self._person, self._nth, self._share):
            entry.edited.connect(self.edited)
        self._often.activated.connect(self._on_often_chosen)
        self._show_fields()

    @property
    def _shown_often(self) -> Often:
        return Often(str(self._often.value()))  # Qt gives an enum's text back

    def applied(self, rule: Rule) -> Rule | None:
        """``rule`` under these conditions; ``None`` while one is wrong, which is told beside it."""
        often = self._shown_often
        path, person = self._path.value(), self._person.value()
        nth = self._nth.value() if often is Often.ONE else 0
        share = self._share.value() if often is Often.SHARE else 1.0
        if path is None or person is None or nth is None or share is None:
            return None
        return replace(rule, path=path, distinct_id=person, nth=nth, share=share)

    def show_rule(self, rule: Rule, *, anew: bool) -> None:
        """Show the conditions of another rule; unless ``anew``, what is half-typed stays."""
        share = reading.percent_text(rule.share) if rule.share < 1 else USUAL_SHARE
        self._path.show_text(rule.path, anew=anew)
        self._person.show_text(rule.distinct_id, anew=anew)
        self._nth.show_text(str(rule.nth) if rule.nth else USUAL_NTH, anew=anew)
        self._share.show_text(share, anew=anew)
        if anew or self._shown_often is not _often(rule):
            self._often.set_value(_often(rule))
        self._show_fields()

    def _show_fields(self) -> None:
        self._nth.setVisible(self._shown_often is Often.ONE)
        self._share.setVisible(self._shown_often is Often.SHARE)

    @Slot()
    def _on_often_chosen(self) -> None:
        self._show_fields()
        self.edited.emit()


def _often(rule: Rule) -> Often:
    if rule.nth:
        return Often.ONE
    return Often.SHARE if rule.share < 1 else Often.ALL
