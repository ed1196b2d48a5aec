"""The editor for words that are a list in the JSON: one line, with spaces between them."""

from __future__ import annotations

from PySide6.QtCore import Slot

from composer.ui.form.editors.text import TextEditor
from composer.ui.form.face import Face, field_face, text_face
from composer.ui.form.reading import Held


class WordsEditor(TextEditor):
    """A list of words, such as the classes of an element; one text stays one text."""

    def display(self, held: Held) -> None:
        self.show_face(_face(held))

    @Slot(object)
    def _on_typed(self, text: str) -> None:
        if isinstance(self.held, str):
            self.store_text(text)
        elif words := tuple(text.split()):
            self.store(words)
        else:
            self.clear()
        self.show_face(text_face(text))


def _face(held: Held) -> Face:
    if not isinstance(held, tuple):
        return field_face(held, str)
    words = [word for word in held if isinstance(word, str)]
    is_plain = len(words) == len(held) and all(word.split() == [word] for word in words)
    return text_face(" ".join(words)) if is_plain else field_face(held, str)
