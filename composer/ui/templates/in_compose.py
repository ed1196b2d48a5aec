"""Templates as Compose has them: the line that names one, and the strip over an edited event.

It connects the page with the desk and is made when templates are needed for the first time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from composer.ui.templates.desk import TemplateDesk
from composer.ui.templates.edit_strip import EditStrip

if TYPE_CHECKING:
    from composer.ui.compose.page import ComposePage


class InCompose(QObject):
    """Belongs to the page."""

    def __init__(self, page: ComposePage, desk: TemplateDesk) -> None:
        super().__init__(page)
        self._page = page
        self._desk = desk
        self.strip = EditStrip(desk)
        page.add_strip(self.strip)
        self.strip.follow()
        page.naming.saved.connect(desk.save_as)
        page.naming.over_wanted.connect(desk.save_over)
        desk.link_changed.connect(self._follow_folders)
        desk.compose_wanted.connect(self._lead)
        desk.name_wanted.connect(page.ask_for_name)

    @Slot()
    def help_naming(self) -> None:
        """Put an event that is being edited back at once; for others, offer folders and source."""
        if self._desk.edited is not None:
            self._page.naming.hide()
            self._desk.put_back()
            return
        source = self._desk.source
        self._page.naming.offer_over(source.name if source is not None else "")
        folder = source.folder if source is not None else ""
        self._page.naming.offer_folders(self._desk.folders, folder)

    @Slot()
    def _follow_folders(self) -> None:
        if self._page.naming.isVisible():
            self._page.naming.offer_folders(self._desk.folders)

    @Slot()
    def _lead(self) -> None:
        """A template has been opened: the cursor goes where something is to be filled in."""
        self._page.focus_prompts()
