"""What editors of several rows share: the column of rows, "Add", and a value that has no rows."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from composer.core.fields import Field, Place
from composer.core.jsontext import Object
from composer.ui.form.editors.base import Editor
from composer.ui.form.editors.exact_line import ExactLine
from composer.ui.form.face import foreign_face
from composer.ui.form.reading import Absent, Held
from composer.ui.form.sheet import Sheet
from composer.ui.form.tab_order import chain_tabs


class BlockEditor(Editor):
    """Rows below each other, over the whole width."""

    is_block = True

    def __init__(self, field: Field, session: Sheet, add_text: str) -> None:
        super().__init__(field, session)
        self.add_text = add_text
        is_own = field.path == (Place.PROPERTIES.value,)  # of several blocks the event's own
        self.add_name = add_text if is_own else f"{add_text} to {field.label}"
        self._foreign: ExactLine | None = None
        self.before: QWidget | None = None
        """The control above the rows, from which Tab leads into them."""
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(6)

    @property
    def is_foreign(self) -> bool:
        """Whether the draft holds something that is not made of rows, so that none can be added."""
        return self._foreign is not None

    def add(self) -> None:
        """Add a row and put the cursor into it. For subclasses."""
        raise NotImplementedError

    def show_foreign(self, held: Held, wanted: type[Object | tuple[object, ...]]) -> None:
        """Show a value of another type than ``wanted`` as JSON, not to be edited here."""
        if isinstance(held, wanted | Absent):
            if self._foreign is not None:
                self._foreign.hide()
                self._foreign.deleteLater()
                self._foreign = None
            return
        if self._foreign is None:
            self._foreign = ExactLine(self.field.label)
            self.column.addWidget(self._foreign)
            self._foreign.show()
            if self.before is not None:
                chain_tabs(self.before, self._foreign)
        face = foreign_face(held)
        self._foreign.show_face(face)
        self._foreign.setReadOnly(True)
        self.tell(note=face.note)
