"""Every command of the window, as data: its words, its keys, its icon.

Menus, shortcuts, the search for commands (Ctrl+K) and the list of shortcuts are all made from
``COMMANDS``; what a command does is connected where the window is put together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from composer.ui.icons import IconName, icon


class Command(StrEnum):
    """The names of the commands."""

    SEND = "send"
    CANCEL = "cancel"
    ADD_TO_BATCH = "add_to_batch"
    SAVE_TEMPLATE = "save_template"
    NEW_EVENT = "new_event"
    FILL_EXAMPLE = "fill_example"
    COPY_CURL = "copy_curl"
    COPY_CODE = "copy_code"
    COPY_JSON = "copy_json"
    PASTE = "paste"
    OPEN_PASTE = "open_paste"
    COMPARE = "compare"
    COMPARE_LAST = "compare_last"
    FIND_IN_HISTORY = "find_in_history"
    SHOW_PINNED = "show_pinned"
    EXPORT_HISTORY = "export_history"
    COPY_TICKET_PACK = "copy_ticket_pack"
    IMPORT_EVENTS = "import_events"
    PASTE_ROWS = "paste_rows"
    GENERATE_EVENTS = "generate_events"
    SEARCH_BATCH = "search_batch"
    SHOW_RUNS = "show_runs"
    UNDO = "undo"
    REDO = "redo"
    NEW_TAB = "new_tab"
    CLOSE_TAB = "close_tab"
    REOPEN_TAB = "reopen_tab"
    NEXT_TAB = "next_tab"
    PREVIOUS_TAB = "previous_tab"
    FIND = "find"
    GO_COMPOSE = "go_compose"
    GO_BATCH = "go_batch"
    GO_TEMPLATES = "go_templates"
    GO_HISTORY = "go_history"
    GO_SANDBOX = "go_sandbox"
    FOCUS_EVENT_TYPES = "focus_event_types"
    FOCUS_FORM = "focus_form"
    FOCUS_JSON = "focus_json"
    FOCUS_TOKEN = "focus_token"
    NEXT_VERDICT = "next_verdict"
    PREVIOUS_VERDICT = "previous_verdict"
    MEND = "mend"
    MEND_ALL = "mend_all"
    TOGGLE_THEME = "toggle_theme"
    SETTINGS = "settings"
    SHORTCUTS = "shortcuts"
    RULES = "rules"
    QUIT = "quit"


@dataclass(frozen=True, slots=True)
class CommandSpec:
    """How a command is shown. ``keys`` is Qt's portable notation; macOS reads Ctrl as Command."""

    text: str
    icon: IconName
    keys: tuple[str, ...] = ()


COMMANDS = {
    Command.SEND: CommandSpec("Send the event", IconName.SEND, ("Ctrl+Return", "Ctrl+Enter")),
    Command.CANCEL: CommandSpec("Cancel the send", IconName.STOP, ("Ctrl+.",)),
    Command.ADD_TO_BATCH: CommandSpec("Add the event to the batch", IconName.BATCH, ("Ctrl+B",)),
    Command.SAVE_TEMPLATE: CommandSpec("Save the event as a template", IconName.SAVE, ("Ctrl+S",)),
    Command.NEW_EVENT: CommandSpec(
        "Make it a new event (new ID and time)", IconName.REFRESH, ("Ctrl+N",)
    ),
    Command.FILL_EXAMPLE: CommandSpec("Fill in an example", IconName.EDIT),
    Command.COPY_CURL: CommandSpec("Copy as curl", IconName.COPY, ("Ctrl+Shift+C",)),
    Command.COPY_CODE: CommandSpec("Copy as code", IconName.COPY, ("Ctrl+Shift+K",)),
    Command.COPY_JSON: CommandSpec("Copy the JSON", IconName.COPY, ("Ctrl+Shift+J",)),
    Command.PASTE: CommandSpec("Paste a request from the clipboard", IconName.PASTE, ("Ctrl+V",)),
    Command.OPEN_PASTE: CommandSpec("Paste…", IconName.PASTE, ("Ctrl+Shift+V",)),
    Command.COMPARE: CommandSpec("Compare with a send of history", IconName.COMPARE),
    Command.COMPARE_LAST: CommandSpec(
        "Compare with the last send", IconName.COMPARE, ("Ctrl+Shift+L",)
    ),
    Command.FIND_IN_HISTORY: CommandSpec("Search history", IconName.HISTORY, ("Ctrl+Shift+F",)),
    Command.SHOW_PINNED: CommandSpec("Show the pinned sends", IconName.PIN),
    Command.EXPORT_HISTORY: CommandSpec("Export history…", IconName.SAVE),
    Command.COPY_TICKET_PACK: CommandSpec("Copy the ticket pack of the chosen send", IconName.COPY),
    Command.IMPORT_EVENTS: CommandSpec(
        "Import events from a file…", IconName.PLUS, ("Ctrl+Shift+I",)
    ),
    Command.PASTE_ROWS: CommandSpec("Paste events from a spreadsheet", IconName.PASTE),
    Command.GENERATE_EVENTS: CommandSpec("Generate events from a template…", IconName.PLUS),
    Command.SEARCH_BATCH: CommandSpec("Search the batch", IconName.BATCH),
    Command.SHOW_RUNS: CommandSpec("Show the runs of batches", IconName.LIST),
    Command.UNDO: CommandSpec("Undo", IconName.UNDO, ("Ctrl+Z",)),
    Command.REDO: CommandSpec("Redo", IconName.REDO, ("Ctrl+Shift+Z", "Ctrl+Y")),
    Command.NEW_TAB: CommandSpec("New draft in a tab of its own", IconName.PLUS, ("Ctrl+T",)),
    Command.CLOSE_TAB: CommandSpec("Close the draft's tab", IconName.CLOSE, ("Ctrl+W",)),
    Command.REOPEN_TAB: CommandSpec("Open the closed tab again", IconName.UNDO, ("Ctrl+Shift+T",)),
    Command.NEXT_TAB: CommandSpec("Go to the next tab", IconName.DOWN, ("Ctrl+Tab", "Ctrl+PgDown")),
    Command.PREVIOUS_TAB: CommandSpec(
        "Go to the tab before", IconName.UP, ("Ctrl+Shift+Tab", "Ctrl+PgUp")
    ),
    Command.FIND: CommandSpec("Find anything", IconName.SEARCH, ("Ctrl+K",)),
    Command.GO_COMPOSE: CommandSpec("Go to Compose", IconName.COMPOSE, ("Ctrl+1",)),
    Command.GO_BATCH: CommandSpec("Go to Batch", IconName.BATCH, ("Ctrl+2",)),
    Command.GO_TEMPLATES: CommandSpec("Go to Templates", IconName.TEMPLATE, ("Ctrl+3",)),
    Command.GO_HISTORY: CommandSpec("Go to History", IconName.HISTORY, ("Ctrl+4",)),
    Command.GO_SANDBOX: CommandSpec("Go to Sandbox", IconName.SANDBOX, ("Ctrl+5",)),
    Command.FOCUS_EVENT_TYPES: CommandSpec("Choose an event type", IconName.LIST, ("Ctrl+E",)),
    Command.FOCUS_FORM: CommandSpec("Go to the form", IconName.EDIT, ("Ctrl+L",)),
    Command.FOCUS_JSON: CommandSpec("Go to the JSON", IconName.FILE, ("Ctrl+J",)),
    Command.FOCUS_TOKEN: CommandSpec("Go to the project token", IconName.KEY, ("Ctrl+Shift+P",)),
    Command.NEXT_VERDICT: CommandSpec("Go to the next verdict", IconName.DOWN, ("F8",)),
    Command.PREVIOUS_VERDICT: CommandSpec("Go to the verdict before", IconName.UP, ("Shift+F8",)),
    Command.MEND: CommandSpec("Mend what the verdict says", IconName.CHECK_CIRCLE, ("Ctrl+M",)),
    Command.MEND_ALL: CommandSpec(
        "Mend all that can be mended", IconName.CHECK_CIRCLE, ("Ctrl+Shift+M",)
    ),
    Command.TOGGLE_THEME: CommandSpec(
        "Switch between light and dark", IconName.MOON, ("Ctrl+Shift+D",)
    ),
    Command.SETTINGS: CommandSpec("Settings", IconName.GEAR, ("Ctrl+,",)),
    Command.SHORTCUTS: CommandSpec("Keyboard shortcuts", IconName.HELP, ("F1",)),
    Command.RULES: CommandSpec("Rules", IconName.LIST, ("Ctrl+F1",)),
    Command.QUIT: CommandSpec("Quit", IconName.CLOSE, ("Ctrl+Q",)),
}


class Actions(QObject):
    """One ``QAction`` a command, alive in the whole window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._actions: dict[Command, QAction] = {}
        for command, spec in COMMANDS.items():
            action = QAction(icon(spec.icon), spec.text, window)
            action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
            action.setAutoRepeat(False)  # a key held down must not send twice
            window.addAction(action)
            self._actions[command] = action

    def connect_to(self, command: Command, run: Callable[[], object]) -> None:
        """Say what a command does."""

        def on_triggered() -> None:  # Qt would hand ``checked`` to a function with room for it
            run()

        self._actions[command].triggered.connect(on_triggered)

    def enable(self, command: Command, on: bool) -> None:
        """A command that is off is off everywhere."""
        self._actions[command].setEnabled(on)

    def is_enabled(self, command: Command) -> bool:
        """Whether the command can be used now."""
        return self._actions[command].isEnabled()

    def trigger(self, command: Command) -> None:
        """Do what the command does, if it is on."""
        self._actions[command].trigger()
