"""The settings. What is changed here takes effect at once, so there is nothing to confirm."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from composer import __version__
from composer.core.curl import Style
from composer.core.jsontext import Layout
from composer.core.settings import ThemeChoice
from composer.core.shells import Shell
from composer.core.tokens import KeyMode
from composer.ui.icons import IconName
from composer.ui.settings.close_bar import CloseBar
from composer.ui.settings.fields import NumberField
from composer.ui.settings.numbers import read_port, read_seconds
from composer.ui.theme import Role, ThemeController, set_role
from composer.ui.theme.tokens import CONTROL_HEIGHT
from composer.ui.widgets import (
    Combo,
    ElidedLabel,
    IconButton,
    SectionHeader,
    Switch,
)
from composer.ui.workbench import Workbench
from composer.ui.writing.words import SHELL_WORDS, STYLE_WORDS

WIDTH = 520
LABELS = 168
AS_USUAL = "usual"
"""Entry of the list while the destination decides how a copy carries the key."""


class SettingsDialog(QDialog):
    """Shows the preferences and changes them; deletes itself when it is closed."""

    def __init__(self, bench: Workbench, theme: ThemeController, parent: QWidget) -> None:
        super().__init__(parent)
        self._bench = bench
        self._preferences = bench.preferences
        self._controller = theme
        self._themes = Combo("Theme")
        self._layouts = Combo("JSON layout")
        self._keys = Combo("Key on a copy")
        self._shells = Combo("Shell of curl commands")
        self._styles = Combo("Layout of curl commands")
        self._hide = Switch("Hide the project token on screen")
        self._connect_wait = NumberField("Wait for a connection", read_seconds, unit="seconds")
        self._answer_wait = NumberField("Wait for an answer", read_seconds, unit="seconds")
        self._port = NumberField(
            "Port of the sandbox",
            read_port,
            note="From the next start on. 0 takes any free port.",
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Settings")
        self.setAccessibleName("Settings")
        self._fill()
        self._build()
        self._connect()
        self._show()
        self._show_numbers()

    def _fill(self) -> None:
        self._themes.add("Follow the system", ThemeChoice.SYSTEM)
        self._themes.add("Light", ThemeChoice.LIGHT)
        self._themes.add("Dark", ThemeChoice.DARK)
        self._layouts.add("Pretty", Layout.PRETTY)
        self._layouts.add("Compact", Layout.COMPACT)
        self._keys.add("As usual for the destination", AS_USUAL)
        self._keys.add("In full", KeyMode.INLINE)
        self._keys.add("As a variable", KeyMode.ENV)
        self._keys.add("Masked", KeyMode.MASKED)
        for shell, words in SHELL_WORDS.items():
            self._shells.add(words, shell)
        for style, words in STYLE_WORDS.items():
            self._styles.add(words, style)
        usual = "As usual: in full for the sandbox, as a variable for every other destination"
        self._keys.setToolTip(usual)
        self._keys.setAccessibleDescription(usual)

    def _build(self) -> None:
        page = QWidget()
        page.setMinimumWidth(WIDTH)
        form = QFormLayout(page)
        form.setContentsMargins(20, 16, 20, 20)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(_heading("Appearance", first=True))
        _add_row(form, "Theme", self._themes)
        _add_row(form, "JSON layout", self._layouts)
        _add_row(form, "", self._hide)
        form.addRow(_heading("Copying"))
        _add_row(form, "Key on a copy", self._keys)
        _add_row(form, "curl commands", _side_by_side(self._shells, self._styles), self._shells)
        form.addRow(_heading("Sending"))
        _add_row(form, "Wait for a connection", self._connect_wait, self._connect_wait.line)
        _add_row(form, "Wait for an answer", self._answer_wait, self._answer_wait.line)
        form.addRow(_heading("Sandbox"))
        _add_row(form, "Port", self._port, self._port.line)
        form.addRow(_heading("This app"))
        _add_row(form, "Data folder", self._folder_row())
        _add_row(form, "Version", QLabel(f"Event Composer {__version__}"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(page)
        column.addWidget(CloseBar(self))
        column.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)  # it grows with its words

    def _folder_row(self) -> QWidget:
        folder = ElidedLabel(
            self._bench.services.profile_folder, Qt.TextElideMode.ElideMiddle, role=Role.MONO
        )
        folder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        copy = IconButton(IconName.COPY, "Copy the folder's path")
        copy.clicked.connect(self._copy_folder)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(folder, 1)
        row.addWidget(copy)
        return holder

    def _connect(self) -> None:
        self._themes.activated.connect(self._choose_theme)
        self._layouts.activated.connect(self._choose_layout)
        self._keys.activated.connect(self._choose_key)
        self._shells.activated.connect(self._choose_command)
        self._styles.activated.connect(self._choose_command)
        self._hide.clicked.connect(self._choose_hiding)
        self._connect_wait.changed.connect(self._choose_connect_wait)
        self._answer_wait.changed.connect(self._choose_answer_wait)
        self._port.changed.connect(self._choose_port)
        self._preferences.changed.connect(self._show)

    # What the preferences say

    @Slot()
    def _show(self) -> None:
        settings = self._preferences.settings
        self._themes.set_value(settings.theme)
        self._layouts.set_value(settings.layout)
        self._keys.set_value(settings.copy_key or AS_USUAL)
        self._shells.set_value(settings.copy_shell)
        self._styles.set_value(settings.copy_style)
        self._hide.setChecked(settings.hide_key)

    def _show_numbers(self) -> None:
        settings = self._preferences.settings
        self._connect_wait.show_number(settings.connect_timeout)
        self._answer_wait.show_number(settings.answer_timeout)
        self._port.show_number(settings.sandbox_port)

    # What the person says

    @Slot()
    def _choose_theme(self) -> None:
        choice = ThemeChoice(str(self._themes.value()))
        self._controller.choose(choice)
        self._preferences.change(theme=choice)

    @Slot()
    def _choose_layout(self) -> None:
        self._preferences.change(layout=Layout(str(self._layouts.value())))

    @Slot()
    def _choose_key(self) -> None:
        value = str(self._keys.value())
        self._preferences.change(copy_key=None if value == AS_USUAL else KeyMode(value))

    @Slot()
    def _choose_command(self) -> None:
        shell, style = Shell(str(self._shells.value())), Style(str(self._styles.value()))
        self._preferences.change(copy_shell=shell, copy_style=style)

    @Slot(bool)
    def _choose_hiding(self, hide: bool) -> None:
        self._preferences.change(hide_key=hide)

    @Slot(object)
    def _choose_connect_wait(self, seconds: float) -> None:
        self._preferences.change(connect_timeout=seconds)

    @Slot(object)
    def _choose_answer_wait(self, seconds: float) -> None:
        self._preferences.change(answer_timeout=seconds)

    @Slot(object)
    def _choose_port(self, port: int) -> None:
        self._preferences.change(sandbox_port=port)

    @Slot()
    def _copy_folder(self) -> None:
        self._bench.copier.copy(self._bench.services.profile_folder, "folder's path")


def _heading(text: str, *, first: bool = False) -> QLabel:
    heading = SectionHeader(text)
    heading.setContentsMargins(0, 0 if first else 8, 0, 0)
    return heading


def _side_by_side(*fields: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for field in fields:
        row.addWidget(field, 1)
    return holder


def _add_row(form: QFormLayout, text: str, field: QWidget, buddy: QWidget | None = None) -> None:
    label = QLabel(text)
    label.setFixedWidth(LABELS)
    label.setFixedHeight(CONTROL_HEIGHT)
    set_role(label, Role.MUTED)
    label.setBuddy(buddy or field)
    form.addRow(label, field)
