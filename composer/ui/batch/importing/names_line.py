"""What events are called instead: said below the source, switched off and changed in place.

Mappings for other products' exports have such names, so that ``$mp_web_page_view`` counts as
``$pageview``.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from composer.ui.batch.importing.desk import ImportDesk
from composer.ui.batch.importing.words import names_words
from composer.ui.form.editors.exact_line import ExactLine
from composer.ui.form.face import marked, text_face
from composer.ui.theme import Role
from composer.ui.widgets import ElidedLabel, FlowNote, LinkButton
from composer.ui.wording import breakable

_MOST_LINES = 12
"""Names that can be changed here; who keeps more of them has written them into a file."""
_WIDEST = 360


class NamesLine(QWidget):
    """A sentence with two links; one of them opens a line for each name."""

    def __init__(self, desk: ImportDesk) -> None:
        super().__init__()
        self._desk = desk
        self._usual: dict[str, str] = {}
        self._fields: dict[str, ExactLine] = {}
        self._words = FlowNote("", Role.HELP)
        self._switch = LinkButton("")
        self._change = LinkButton("Change…")
        self._change.setAccessibleName("Change the names of events")
        self._rows = QWidget()
        self._grid = QGridLayout(self._rows)
        self._build()
        self._switch.clicked.connect(self._on_switched)
        self._change.clicked.connect(self._on_change)
        desk.mapped.connect(self._show)
        desk.changed.connect(self._show)

    @property
    def words(self) -> str:
        """What is said of the names of events; empty if nothing is."""
        return "" if self.isHidden() else self._words.text()

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self._words, 1)
        row.addWidget(self._switch)
        row.addWidget(self._change)
        self._grid.setContentsMargins(0, 0, 0, 4)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(2, 1)
        self._rows.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self._rows)

    @Slot()
    def _show(self) -> None:
        if self._desk.looked is None:
            self._forget()
            return
        names = dict(self._desk.mapping.event_names)
        for old, new in names.items():
            self._usual.setdefault(old, new)
        self.setVisible(bool(self._usual))
        self._words.setText(breakable(names_words(names)))
        self._switch.setText("Keep their names" if names else "Rename them")
        if list(self._fields) != list(self._usual)[:_MOST_LINES]:
            self._list()
        for old, field in self._fields.items():
            field.show_face(text_face(names.get(old, "")))

    def _forget(self) -> None:
        self._usual = {}
        self._rows.hide()
        self.hide()

    def _list(self) -> None:
        for place in reversed(range(self._grid.count())):
            item = self._grid.takeAt(place)
            if item is not None and (widget := item.widget()) is not None:
                widget.deleteLater()
        self._fields = {}
        for place, old in enumerate(list(self._usual)[:_MOST_LINES]):
            name = ElidedLabel(role=Role.HELP)
            name.set_text(f"{marked(old)} becomes")
            field = ExactLine(f"New name of {old}", placeholder="It keeps its name")
            field.setMaximumWidth(_WIDEST)
            field.typed.connect(partial(self._on_typed, old))
            self._grid.addWidget(name, place, 0)
            self._grid.addWidget(field, place, 1)
            self._fields[old] = field

    # What a person does

    @Slot()
    def _on_switched(self) -> None:
        is_on = bool(self._desk.mapping.event_names)
        self._rename({} if is_on else self._usual)

    @Slot()
    def _on_change(self) -> None:
        self._rows.setVisible(self._rows.isHidden())
        if not self._rows.isHidden() and self._fields:
            first = next(iter(self._fields.values()))
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            first.selectAll()

    def _on_typed(self, old: str, new: str) -> None:
        names = dict(self._desk.mapping.event_names)
        order = dict.fromkeys(self._usual, "") | names
        self._rename(order | {old: new}, merge=f"name of {old}")

    def _rename(self, names: dict[str, str], *, merge: str = "") -> None:
        found = tuple((old, new) for old, new in names.items() if new.strip())
        self._desk.change(replace(self._desk.mapping, event_names=found), merge=merge)
