"""What is known of an import: its source, what was seen of it, the mapping, the preview.

Values that the widgets show, and what follows from them. What changes them is ``desk``.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from composer.core.mapping import Doubt, Mapping
from composer.core.templates import Template
from composer.services.ports.importing import CountSource, Source
from composer.ui.batch.importing.generating import without_defaults
from composer.ui.batch.importing.state import Looked, Phase, Preview


class ImportFacts(QObject):
    """Of one import."""

    changed = Signal()
    """``phase``, ``looked`` or ``words`` are others"""
    mapped = Signal()
    """``mapping`` is another"""
    previewed = Signal()
    """``preview`` is another"""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.forget()

    def forget(self) -> None:
        """Know nothing."""
        self.phase = Phase.IDLE
        self.source: Source | None = None
        self.looked: Looked | None = None
        self.mapping = Mapping()
        self.preview: Preview | None = None
        self.words = ""
        """What could not be done, with the next step"""
        self.is_countless = False
        """Whether it is not known how many events are to be generated"""
        self.missing: tuple[str, ...] = ()
        """Titles of what still has to be filled in before events can be generated"""

    @property
    def template(self) -> Template | None:
        """The template that the events are made of."""
        kept = self.kept_template
        is_count = isinstance(self.source, CountSource)
        return without_defaults(kept) if kept is not None and is_count else kept

    @property
    def kept_template(self) -> Template | None:
        """The template that is chosen, as it is kept."""
        templates = self.looked.templates if self.looked else ()
        wanted = self.mapping.template_id
        return next((one for one in templates if one.id == wanted), None) if wanted else None

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """Dates that can be read in two ways; a mapping that is kept was settled long ago."""
        return self.preview.doubts if self.preview and not self.mapping.name else ()

    @property
    def can_start(self) -> bool:
        """Whether all that is needed is known, and nothing is known to be wrong."""
        preview = self.preview
        if preview is None or preview.problems or self.phase is not Phase.READY:
            return False
        # What a count makes is all alike; of a file the other rows may fit.
        is_count = isinstance(self.source, CountSource)
        return not is_count or (bool(preview.converted.events) and not self.is_countless)
