"""What holds for all rows of an import: the kept mapping, the template, the zone of the times."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from composer.core.mapping import Mapping
from composer.core.templates import Template
from composer.services.ports.importing import CountSource, FileSource
from composer.ui.batch.importing.controls import Captioned, ZoneCombo, yielding
from composer.ui.batch.importing.desk import ImportDesk
from composer.ui.batch.importing.save_line import SaveLine
from composer.ui.batch.importing.state import Looked, Phase
from composer.ui.batch.importing.words import file_title
from composer.ui.icons import IconName
from composer.ui.templates.folder_combo import folder_title
from composer.ui.theme import Surface
from composer.ui.widgets import Combo, IconButton, Panel

FOUND_OUT = "As found out"
_CAPTION = 62


class Choices(Panel):
    """Three combos; naming a mapping takes their place for as long as it lasts."""

    def __init__(self, desk: ImportDesk) -> None:
        super().__init__(Surface.SURFACE, "bottom")
        self._desk = desk
        self._shown: tuple[tuple[Mapping, ...], tuple[Template, ...]] | None = None
        self.mapping = yielding(Combo("Saved mapping"))
        self._save = QPushButton("Save as…")
        self._save.setAccessibleName("Save the mapping as…")
        self._delete = IconButton(IconName.TRASH, "Delete the saved mapping")
        self.template = yielding(Combo("Template"))
        self.zone = ZoneCombo("Time zone of times without one")
        self._line = SaveLine()
        self._build()
        self.mapping.activated.connect(self._on_mapping)
        self._save.clicked.connect(self.ask_name)
        self._delete.clicked.connect(self._on_delete)
        self.template.activated.connect(self._on_template)
        self.zone.activated.connect(self._on_zone)
        self._line.saved.connect(self._on_named)
        self._line.dismissed.connect(self._on_dismissed)
        desk.changed.connect(self._show_looked)
        desk.mapped.connect(self._show_mapping)
        self._show_looked()

    def _build(self) -> None:
        kept = QWidget()
        row = QHBoxLayout(kept)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.mapping, 1)
        row.addWidget(self._save)
        row.addWidget(self._delete)
        self._kept = Captioned("Mapping", kept, _CAPTION)
        self._zoned = Captioned("Times in", self.zone, _CAPTION)
        self._zoned.setToolTip("The time zone of times that name none")
        combos = QWidget()
        line = QHBoxLayout(combos)
        line.setContentsMargins(16, 4, 16, 8)
        line.setSpacing(16)
        line.addWidget(self._kept, 6)
        self._templated = Captioned("Template", self.template, _CAPTION)
        line.addWidget(self._templated, 4)
        line.addWidget(self._zoned, 3)
        self._spare = QWidget()
        line.addWidget(self._spare, 4)
        self._pages = QStackedWidget()
        self._pages.addWidget(combos)
        self._pages.addWidget(self._line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)

    # Showing

    @Slot()
    def _show_looked(self) -> None:
        looked = self._desk.looked
        is_count = isinstance(self._desk.source, CountSource)
        self._kept.setVisible(not is_count)
        self._zoned.setVisible(not is_count)
        self._spare.setVisible(is_count)
        self.setVisible(looked is not None)
        self.setEnabled(self._desk.phase is Phase.READY)
        if looked is None:
            self._pages.setCurrentIndex(0)
            return
        self.zone.offer(looked.zones)
        self._offer(looked)
        self._show_mapping()

    def _offer(self, looked: Looked) -> None:
        if self._shown == (looked.kept, looked.templates):
            return
        self._shown = (looked.kept, looked.templates)
        self.mapping.clear()
        self.mapping.add(FOUND_OUT, "")
        for mapping in looked.kept:
            self.mapping.add(mapping.name, mapping.name)
        self.template.clear()
        self.template.add("None: plain events", "")
        names = Counter(template.name for template in looked.templates)
        for template in looked.templates:
            folder = folder_title(template.folder)
            is_clear = names[template.name] == 1 or not folder
            name = template.name if is_clear else f"{template.name} ({folder})"
            self.template.add(name, template.id)

    @Slot()
    def _show_mapping(self) -> None:
        mapping = self._desk.mapping
        if not self.mapping.set_value(mapping.name):
            self.mapping.set_value("")
        if not self.template.set_value(mapping.template_id):
            self.template.setCurrentIndex(-1)
            self.template.setPlaceholderText("Not there any more")
        self.zone.show_zone(mapping.zone)
        self._delete.setEnabled(bool(mapping.name))

    # What a person does

    @Slot()
    def _on_mapping(self) -> None:
        name, looked = str(self.mapping.value()), self._desk.looked
        kept = next((one for one in looked.kept if one.name == name), None) if looked else None
        if kept is not None:
            self._desk.change(kept)
        else:
            self._desk.find_out()

    @Slot()
    def _on_template(self) -> None:
        self._desk.choose_template(str(self.template.value()))

    @Slot()
    def _on_zone(self) -> None:
        self._desk.change(replace(self._desk.mapping, zone=str(self.zone.value())))

    @Slot()
    def ask_name(self) -> None:
        """Ask under which name the mapping is to be kept."""
        source = self._desk.source
        name = file_title(source.path) if isinstance(source, FileSource) else "Pasted rows"
        self._pages.setCurrentWidget(self._line)
        self._line.ask(self._desk.mapping.name or name)

    @Slot(str)
    def _on_named(self, name: str) -> None:
        self._desk.save(name)
        self._on_dismissed()

    @Slot()
    def _on_dismissed(self) -> None:
        self._pages.setCurrentIndex(0)
        self._save.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_delete(self) -> None:
        self._desk.delete()
