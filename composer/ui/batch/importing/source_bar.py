"""The head of an import: what is read, what was guessed of it, and choices to overrule that."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from composer.core.tabular import ENCODINGS, Dialect, Origin, RowFormat
from composer.services.ports.importing import CountSource, FileSource, Source
from composer.ui.batch.importing.desk import ImportDesk
from composer.ui.batch.importing.names_line import NamesLine
from composer.ui.batch.importing.state import Phase
from composer.ui.batch.importing.words import (
    DELIMITERS,
    FORMATS,
    ORIGINS,
    file_title,
    rows_words,
)
from composer.ui.history.words import bytes_text
from composer.ui.theme import Role, Surface
from composer.ui.widgets import Combo, ElidedLabel, FlowNote, LinkButton, Panel, Pill, Severity
from composer.ui.wording import breakable


class SourceBar(Panel):
    """Says what was guessed; each choice has the desk look anew."""

    back_wanted = Signal()

    def __init__(self, desk: ImportDesk) -> None:
        super().__init__(Surface.SURFACE)
        self._desk = desk
        self._back = LinkButton("‹ Batch")
        self._back.setAccessibleName("Back to the batch")
        self._title = ElidedLabel(role=Role.TITLE)
        self._origin = Pill(icon=False)
        self._size = ElidedLabel(role=Role.HELP)
        self._format = Combo("Format", flat=True)
        self._delimiter = Combo("Separator", flat=True)
        self._encoding = Combo("Encoding", flat=True)
        self._header = Combo("Header", flat=True)
        self._notes = FlowNote("", Role.HELP)
        self.names = NamesLine(desk)
        self._fill()
        self._build()
        for combo in self._combos:
            combo.activated.connect(self._on_chosen)
        self._back.clicked.connect(self.back_wanted)
        desk.changed.connect(self._show)
        self._show()

    @property
    def words(self) -> str:
        """Title, size and notes, for tests and screen readers."""
        notes = f"{self._notes.text()}\n{self.names.words}"
        return f"{self._title.full_text}\n{self._size.full_text}\n{notes}"

    @property
    def _combos(self) -> tuple[Combo, ...]:
        return (self._format, self._delimiter, self._encoding, self._header)

    def _fill(self) -> None:
        for kind, words in FORMATS.items():
            self._format.add(words, kind)
        for mark, words in DELIMITERS.items():
            self._delimiter.add(words, mark)
        for name, words in ENCODINGS.items():
            self._encoding.add(words, name)
        self._header.add("First row holds the names", True)
        self._header.add("No row of names", False)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        for part in (self._back, self._title, self._origin):
            head.addWidget(part)
        head.addWidget(self._size, 1)
        self._choices = QWidget()
        row = QHBoxLayout(self._choices)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for combo in self._combos:
            row.addWidget(combo)
        row.addStretch(1)
        self._notes.setContentsMargins(4, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 16, 4)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._choices)
        column.addWidget(self._notes)
        column.addWidget(self.names)

    # Showing

    @Slot()
    def _show(self) -> None:
        source, looked = self._desk.source, self._desk.looked
        self._title.set_text(_title_of(source))
        self._origin.setVisible(looked is not None and looked.guess.origin is not Origin.PLAIN)
        of_rows = source is not None and not isinstance(source, CountSource)
        self._choices.setVisible(of_rows and looked is not None)
        self._choices.setEnabled(self._desk.phase in {Phase.READY, Phase.UNREADABLE})
        if looked is None or not of_rows:
            self._size.set_text("Looking at it…" if self._desk.is_looking and of_rows else "")
            self._notes.hide()
            return
        guess, count = looked.guess, looked.count
        self._origin.set(ORIGINS.get(guess.origin, ""), Severity.INFO)
        rows = rows_words(count.rows, exact=count.is_exact)
        known = f"{bytes_text(looked.size)} · {rows}"
        self._size.set_text("Looking at it again…" if self._desk.is_looking else known)
        self._notes.setText(breakable(" ".join(guess.notes)))
        self._notes.setVisible(bool(guess.notes))
        self._show_dialect(guess.dialect)

    def _show_dialect(self, dialect: Dialect) -> None:
        is_csv = dialect.format is RowFormat.CSV
        self._format.set_value(dialect.format)
        _show(self._delimiter, dialect.delimiter)
        _show(self._encoding, dialect.encoding)
        self._header.set_value(dialect.has_header)
        self._delimiter.setVisible(is_csv)
        self._header.setVisible(is_csv)

    @Slot()
    def _on_chosen(self) -> None:
        looked = self._desk.looked
        if looked is None:
            return
        kind = RowFormat(str(self._format.value()))
        before = looked.guess.dialect
        dialect = replace(
            before,
            format=kind,
            encoding=str(self._encoding.value()),
            delimiter=str(self._delimiter.value()),
            has_header=bool(self._header.value()),
        )
        if dialect != before:
            self._desk.overrule(dialect)


def _show(combo: Combo, value: str) -> None:
    """Show a value, also one that is not among the usual ones."""
    if not combo.set_value(value):
        combo.add(f"“{value}”", value)
        combo.set_value(value)


def _title_of(source: Source | None) -> str:
    match source:
        case FileSource(path=path):
            return file_title(path)
        case CountSource():
            return "Generate events"
        case None:
            return ""
        case _:
            return "Pasted text"
