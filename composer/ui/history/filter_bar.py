"""The filters over the history list: a button for each, and a range of days where one is chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import Enum, auto

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from composer.core.history import Facets, OutcomeKind
from composer.ui.history.filters import OUTCOME_WORDS, Filters
from composer.ui.history.menu_button import MenuButton, Option
from composer.ui.history.periods import Period, Span
from composer.ui.history.range_line import RangeLine
from composer.ui.icons import IconName
from composer.ui.lists.when import local
from composer.ui.widgets import IconButton

PINNED_ONLY = "Show pinned sends only"


class Facet(Enum):
    """The filters whose choices are what history holds."""

    DESTINATIONS = auto()
    EVENTS = auto()


class FilterBar(QWidget):
    """Holds the ``Filters``; ``changed`` tells that a person chose others."""

    changed = Signal()
    facets_wanted = Signal(object)
    """``Facet`` whose menu is to open; ``show_facets`` is to follow"""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self._filters = Filters()
        self.names: dict[str, str] = {}
        """Names of destinations by id, as far as they have been seen"""
        self._destination = MenuButton("Destination", "All destinations")
        self._event = MenuButton("Event", "All events")
        self._outcome = MenuButton("Outcome", "Any outcome")
        self._time = MenuButton("Time", Period.ANY.value, several=False)
        self.pinned = IconButton(IconName.PIN, PINNED_ONLY)
        self.pinned.setCheckable(True)
        self._range = RangeLine()
        self._lay_out()
        self._destination.wanted.connect(self._want_destinations)
        self._event.wanted.connect(self._want_events)
        self._outcome.wanted.connect(self._open_outcomes)
        self._time.wanted.connect(self._open_times)
        self._destination.changed.connect(self._on_destinations)
        self._event.changed.connect(self._on_events)
        self._outcome.changed.connect(self._on_outcomes)
        self._time.changed.connect(self._on_time)
        self.pinned.clicked.connect(self._on_pinned)
        self._range.changed.connect(self._on_range)
        self._show()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(6)
        for button in (self._destination, self._event, self._outcome, self._time):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self._range)

    # What the page uses

    @property
    def filters(self) -> Filters:
        """What is chosen."""
        return self._filters

    @property
    def words(self) -> tuple[str, ...]:
        """What is chosen, each filter in words."""
        return self._filters.words(self.names)

    def set_filters(self, filters: Filters) -> None:
        """Choose these; silent."""
        self._filters = filters
        self._show()

    def show_facets(self, facet: Facet, facets: Facets) -> None:
        """Open a menu with what history holds."""
        self.names |= {place.id: place.name for place in facets.destinations}
        if facet is Facet.DESTINATIONS:
            self._destination.open_with(
                [
                    Option(value=place.id, text=place.name, detail=f"{place.count:,}")
                    for place in facets.destinations
                ]
            )
        else:
            self._event.open_with(
                [
                    Option(value=event.name, text=event.name, detail=f"{event.count:,}")
                    for event in facets.events
                ]
            )

    # Inside

    def _show(self) -> None:
        chosen, span = self._filters, self._filters.span
        places = [self.names.get(place, place) for place in chosen.destinations]
        outcomes = [OUTCOME_WORDS[kind] for kind in OutcomeKind if kind in chosen.outcomes]
        self._destination.show_chosen(chosen.destinations, _said(places, "destination"))
        self._event.show_chosen(chosen.events, _said(chosen.events, "event"))
        self._outcome.show_chosen(chosen.outcomes, _said(outcomes, "outcome"))
        period = () if span.period is Period.ANY else (span.period,)
        self._time.show_chosen(period, span.words)
        self.pinned.setChecked(chosen.pinned)
        self._range.setVisible(span.period is Period.RANGE)
        if span.first is not None and span.last is not None:
            self._range.show_days(span.first, span.last)

    def _choose(self, filters: Filters) -> None:
        if filters != self._filters:
            self.set_filters(filters)
            self.changed.emit()

    @Slot()
    def _want_destinations(self) -> None:
        self.facets_wanted.emit(Facet.DESTINATIONS)

    @Slot()
    def _want_events(self) -> None:
        self.facets_wanted.emit(Facet.EVENTS)

    @Slot()
    def _open_outcomes(self) -> None:
        self._outcome.open_with(
            [Option(value=kind, text=words) for kind, words in OUTCOME_WORDS.items()]
        )

    @Slot()
    def _open_times(self) -> None:
        periods = (period for period in Period if period is not Period.ANY)
        self._time.open_with([Option(value=period, text=period.value) for period in periods])

    @Slot(object)
    def _on_destinations(self, chosen: frozenset[str]) -> None:
        self._choose(replace(self._filters, destinations=chosen))

    @Slot(object)
    def _on_events(self, chosen: frozenset[str]) -> None:
        self._choose(replace(self._filters, events=chosen))

    @Slot(object)
    def _on_outcomes(self, chosen: frozenset[OutcomeKind]) -> None:
        self._choose(replace(self._filters, outcomes=chosen))

    @Slot(object)
    def _on_time(self, chosen: frozenset[Period]) -> None:
        period = next(iter(chosen), Period.ANY)
        if period is not Period.RANGE:
            self._choose(replace(self._filters, span=Span(period=period)))
            return
        today = local(self._now(), self._now()).date()
        span = Span(period=period, first=today - timedelta(days=6), last=today)
        if self._filters.span.period is not Period.RANGE:
            self._choose(replace(self._filters, span=span))
        self._range.focus()

    @Slot(object, object)
    def _on_range(self, first: date, last: date) -> None:
        span = Span(period=Period.RANGE, first=first, last=last)
        self._choose(replace(self._filters, span=span))

    @Slot()
    def _on_pinned(self) -> None:
        self._choose(replace(self._filters, pinned=self.pinned.isChecked()))


def _said(values: Iterable[str], noun: str) -> str:
    """What a button says: the filter's name, the one value, or how many."""
    chosen = list(values)
    if not chosen:
        return noun.capitalize()
    return chosen[0] if len(chosen) == 1 else f"{len(chosen)} {noun}s"
