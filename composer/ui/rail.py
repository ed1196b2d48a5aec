"""The rail at the left: the five places, and below them the event types."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout

from composer.core.events import by_family
from composer.core.fields import Priority
from composer.ui.icons import IconName
from composer.ui.theme import Surface
from composer.ui.theme.tokens import RAIL_WIDTH
from composer.ui.widgets import LineEdit, NavList, NavStyle, Panel


class Place(StrEnum):
    """The five places of the window."""

    COMPOSE = "Compose"
    BATCH = "Batch"
    TEMPLATES = "Templates"
    HISTORY = "History"
    SANDBOX = "Sandbox"


ICONS = {
    Place.COMPOSE: IconName.COMPOSE,
    Place.BATCH: IconName.BATCH,
    Place.TEMPLATES: IconName.TEMPLATE,
    Place.HISTORY: IconName.HISTORY,
    Place.SANDBOX: IconName.SANDBOX,
}


class Rail(Panel):
    """Tells which place and which event type a person chose."""

    place_chosen = Signal(object)
    """``Place``"""
    type_chosen = Signal(str)
    """The id of an event type"""

    def __init__(self) -> None:
        super().__init__(Surface.RAIL, "right")
        self.setFixedWidth(RAIL_WIDTH)
        self._places = NavList("Places", NavStyle.PLACES)
        self._filter = LineEdit("Filter event types", placeholder="Filter event types")
        self._types = NavList("Event types", NavStyle.ENTRIES)
        for place in Place:
            self._places.add_entry(place.value, place.value, ICONS[place])
        self._places.fit_height()
        self._add_types(Priority.CORE)
        self._types.add_fold("More events")
        self._add_types(Priority.COMMON, Priority.ADVANCED)
        self._types.narrow("")
        line = Panel(Surface.RAIL, "top")
        line.setFixedHeight(1)
        self._line = line
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self._places)
        column.addWidget(line)
        column.addWidget(self._filter)
        column.addWidget(self._types, 1)
        column.addStretch(0)
        self._places.chosen.connect(self._on_place)
        self._types.chosen.connect(self.type_chosen)
        self._filter.textEdited.connect(self._types.narrow)
        self._filter.returnPressed.connect(self.focus_types)

    def _add_types(self, *priorities: Priority) -> None:
        for family, event_types in by_family(*priorities):
            self._types.add_heading(family.value)
            for event_type in event_types:
                tip = ", ".join(event_type.names) or event_type.event
                self._types.add_entry(event_type.id, event_type.title, None, tip)

    def show_place(self, place: Place) -> None:
        """Mark the place; event types belong to Compose alone."""
        self._places.select(place.value)
        in_compose = place is Place.COMPOSE
        for widget in (self._line, self._filter, self._types):
            widget.setVisible(in_compose)

    def show_type(self, type_id: str) -> None:
        """Mark the event type of the draft."""
        self._types.select(type_id)

    def set_count(self, place: Place, count: int) -> None:
        """Show a number beside a place."""
        self._places.set_count(place.value, count)

    @Slot()
    def focus_types(self) -> None:
        """Put the keyboard into the list of event types."""
        self._types.setFocus()

    @Slot()
    def focus_filter(self) -> None:
        """Put the cursor into the filter."""
        self._filter.setFocus()
        self._filter.selectAll()

    @Slot(str)
    def _on_place(self, name: str) -> None:
        self.place_chosen.emit(Place(name))
