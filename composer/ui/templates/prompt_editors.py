"""The editors of prompts, one for each kind of variable: each shows and tells text as it is typed.

They know neither the draft nor what the text will become; whether it can be used is said beside
them by ``prompts``.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from composer.core.templates import Variable, VariableKind
from composer.ui.form.editors.exact_line import ExactLine, ExactText
from composer.ui.form.face import text_face
from composer.ui.icons import IconName
from composer.ui.theme.roles import restyle
from composer.ui.widgets import CodeView, Combo, Language, UndoPassThrough

YES, NO = "yes", "no"
_JSON_HEIGHT = 78
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_HINTS = {
    VariableKind.NUMBER: "A number",
    VariableKind.DATE: "2026-11-21T09:30:00Z, now or now -2d",
}


class PromptEditor(QWidget):
    """Base of the editors; ``target`` is the control that gets the cursor."""

    typed = Signal(object)
    """The exact text after an edit. Not ``Signal(str)``: Qt's strings have no lone surrogates."""
    entered = Signal()
    """Enter: the person goes on to the next prompt"""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.target: QWidget = self

    def show_text(self, text: str) -> None:
        """Show an answer without ``typed``."""
        raise NotImplementedError

    def set_problem(self, problem: bool) -> None:
        """Draw the border that says the text is wrong."""
        restyle(self.target, "problem", problem)

    def _hold(self, target: QWidget) -> None:
        self.target = target
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(target)


class LinePrompt(PromptEditor):
    """Text, a number or a date on one line."""

    def __init__(self, variable: Variable, name: str) -> None:
        super().__init__(name)
        self._line = ExactLine(name, placeholder=_HINTS.get(variable.kind, ""))
        self._line.typed.connect(self.typed)
        self._line.returnPressed.connect(self.entered)
        if variable.kind is VariableKind.DATE:
            now = self._line.add_action("Now", IconName.CLOCK, f"{name}: now")
            now.clicked.connect(self._on_now)
        self._hold(self._line)

    def show_text(self, text: str) -> None:
        self._line.show_face(text_face(text))

    @Slot()
    def _on_now(self) -> None:
        self.show_text("now")
        self.typed.emit("now")


class ChoicePrompt(PromptEditor):
    """Some texts to choose from; any other may be typed."""

    def __init__(self, variable: Variable, name: str) -> None:
        super().__init__(name)
        self._combo = Combo(name)
        self._combo.setEditable(True)
        self._combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._combo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        # Qt's own completion would put letters into the text that nobody typed.
        self._combo.setCompleter(None)  # pyright: ignore[reportArgumentType] -- None is documented
        for choice in variable.choices:
            self._combo.add(choice, choice)
        line = QLineEdit()
        self._combo.setLineEdit(line)
        line.setAccessibleName(f"{name}, text")
        line.setPlaceholderText("Choose or type")
        UndoPassThrough(line)
        self._text = ExactText(line)
        line.textEdited.connect(self._on_text_edited)
        line.returnPressed.connect(self.entered)
        self._combo.activated.connect(self._on_activated)
        self._hold(self._combo)

    def show_text(self, text: str) -> None:
        # Qt would otherwise show the chosen entry again after a change of style.
        self._combo.setCurrentIndex(-1)
        self._text.show_face(text_face(text))

    @Slot(str)
    def _on_text_edited(self, shown: str) -> None:
        self.typed.emit(self._text.edited(shown))

    @Slot()
    def _on_activated(self) -> None:
        chosen = self._combo.value()
        if isinstance(chosen, str):
            self.show_text(chosen)
            self.typed.emit(chosen)


class YesNoPrompt(PromptEditor):
    """Yes or no; nothing yet, or nothing at all where it is optional."""

    def __init__(self, variable: Variable, name: str) -> None:
        super().__init__(name)
        self._combo = Combo(name)
        self._combo.setPlaceholderText("Choose yes or no")
        self._combo.add("Yes", YES)
        self._combo.add("No", NO)
        if not variable.required:
            self._combo.add("Leave it out", "")
        self._combo.activated.connect(self._on_activated)
        self._combo.installEventFilter(self)
        self._hold(self._combo)

    def show_text(self, text: str) -> None:
        meant = {"true": YES, "false": NO}.get(text.strip().lower(), text.strip().lower())
        if not self._combo.set_value(meant):
            self._combo.setCurrentIndex(-1)

    @Slot()
    def _on_activated(self) -> None:
        self.typed.emit(str(self._combo.value()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() in _ENTER
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.entered.emit()
            return True
        return super().eventFilter(watched, event)


class JsonPrompt(PromptEditor):
    """Any JSON value, over several lines; Tab goes on, since Enter is a line end here."""

    def __init__(self, variable: Variable, name: str) -> None:
        super().__init__(name)
        del variable
        self._code = CodeView(name, Language.JSON, read_only=False)
        self._code.setProperty("frameless", False)
        self._code.setFixedHeight(_JSON_HEIGHT)
        self._code.edited.connect(self._on_edited)
        self._hold(self._code)

    def show_text(self, text: str) -> None:
        self._code.set_text(text)

    @Slot()
    def _on_edited(self) -> None:
        self.typed.emit(self._code.text())


def editor_for(variable: Variable, name: str) -> PromptEditor:
    """The editor of a variable; ``name`` is what it is called in the window."""
    if variable.choices:
        return ChoicePrompt(variable, name)
    match variable.kind:
        case VariableKind.YES_NO:
            return YesNoPrompt(variable, name)
        case VariableKind.VALUE:
            return JsonPrompt(variable, name)
        case VariableKind.TEXT | VariableKind.NUMBER | VariableKind.DATE:
            return LinePrompt(variable, name)
