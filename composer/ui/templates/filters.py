"""The quiet row over the list: which folder and which tag are to be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal, Slot

from composer.core.templates import Template
from composer.ui.templates.folder_combo import folder_title
from composer.ui.templates.model import STARTERS, TOP, Wanted
from composer.ui.widgets import Combo

_EVERYTHING = Wanted()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Offer:
    """A line of the list of folders."""

    words: str
    wanted: Wanted


class Filters(QObject):
    """Two combos; the second stays hidden while no template has a tag."""

    changed = Signal(object)
    """``Wanted``"""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = Combo("Show folder", flat=True)
        self.tag = Combo("Show tag", flat=True)
        self._wanted = _EVERYTHING
        self._offers: tuple[_Offer, ...] = ()
        self._tags: tuple[str, ...] = ()
        self.folder.activated.connect(self._on_folder)
        self.tag.activated.connect(self._on_tag)
        self.offer((), ())

    @property
    def wanted(self) -> Wanted:
        """What is to be shown; the search is for others to add."""
        return self._wanted

    def offer(self, templates: Sequence[Template], folders: Sequence[str]) -> None:
        """Offer what there is now; a choice that is gone is given up."""
        self._offer_folders(templates, folders)
        tags = sorted({tag for template in templates for tag in template.tags}, key=str.casefold)
        if tuple(tags) != self._tags or not self.tag.count():
            self._tags = tuple(tags)
            self.tag.clear()
            self.tag.add("Any tag", "")
            for tag in tags:
                self.tag.add(tag, tag)
        if self._wanted.tag and self._wanted.tag not in tags:
            self._take(replace(self._wanted, tag=""))
        self._show()

    def clear(self) -> None:
        """Show everything again."""
        self._take(_EVERYTHING)
        self._show()

    def show_folder_of(self, template: Template) -> None:
        """Make sure that a template is among those that are shown."""
        if not self._wanted.takes(template):
            self.clear()

    def _offer_folders(self, templates: Sequence[Template], folders: Sequence[str]) -> None:
        offers = [_Offer(words="All folders", wanted=_EVERYTHING)]
        own = [template for template in templates if not template.is_starter]
        if folders and any(not template.folder for template in own):
            offers.append(_Offer(words=TOP, wanted=Wanted(folder="", starters=False)))
        offers += [
            _Offer(words=folder_title(folder), wanted=Wanted(folder=folder, starters=False))
            for folder in folders
        ]
        if len(own) < len(templates):
            offers.append(_Offer(words=STARTERS, wanted=Wanted(starters=True)))
        if tuple(offers) == self._offers:
            return
        self._offers = tuple(offers)
        self.folder.clear()
        for offer in offers:
            self.folder.add(offer.words, offer.wanted)
        here = replace(self._wanted, tag="")
        if all(offer.wanted != here for offer in offers):
            self._take(Wanted(tag=self._wanted.tag))

    def _show(self) -> None:
        self.folder.set_value(replace(self._wanted, tag=""))
        self.folder.setVisible(len(self._offers) > 1)
        self.tag.set_value(self._wanted.tag)
        self.tag.setVisible(bool(self._tags))

    @Slot()
    def _on_folder(self) -> None:
        wanted = self.folder.value()
        if isinstance(wanted, Wanted):
            self._take(replace(wanted, tag=self._wanted.tag))

    @Slot()
    def _on_tag(self) -> None:
        self._take(replace(self._wanted, tag=str(self.tag.value() or "")))

    def _take(self, wanted: Wanted) -> None:
        if wanted != self._wanted:
            self._wanted = wanted
            self.changed.emit(wanted)
