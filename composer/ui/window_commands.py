"""What each command of the window does (their words and keys stand in ``composer.ui.actions``)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from composer.ui.actions import Command
from composer.ui.compose.commands import TabCommands
from composer.ui.paste.commands import PasteCommands
from composer.ui.rail import Place
from composer.ui.theme import ThemeController
from composer.ui.workbench import Workbench

if TYPE_CHECKING:
    from composer.core.compare.request import NamedRequest
    from composer.ui.main_window import MainWindow
    from composer.ui.paste.desk import Origin


class WindowCommands(QObject):
    """Connects the window's actions and keeps undo and redo on or off."""

    def __init__(self, window: MainWindow, bench: Workbench, theme: ThemeController) -> None:
        super().__init__(window)
        self._window = window
        self._bench = bench
        self._theme = theme
        self._pastes = PasteCommands(window, bench)
        self._tabs = TabCommands(window, bench)
        self._connect()
        group = bench.session.undo_group
        group.canUndoChanged.connect(self._show_undo)
        group.canRedoChanged.connect(self._show_undo)
        group.activeStackChanged.connect(self._show_undo)
        bench.batch.steps.changed.connect(self._show_undo)
        window.toast.changed.connect(self._show_undo)
        window.moved.connect(self._show_undo)
        window.top.find_wanted.connect(self._find)
        window.top.theme_wanted.connect(self._toggle_theme)
        window.top.settings_wanted.connect(self._open_settings)
        window.destination.projects_wanted.connect(self._open_projects)
        window.pages.retention_wanted.connect(self._open_retention)
        self._show_undo()

    def _connect(self) -> None:
        window, bench, connect = self._window, self._bench, self._window.actions_.connect_to
        connect(Command.SEND, self._send)
        connect(Command.CANCEL, self._cancel)
        connect(Command.ADD_TO_BATCH, bench.desk.add_to_batch)
        connect(Command.SAVE_TEMPLATE, self._name_template)
        connect(Command.NEW_EVENT, self._start_new)
        connect(Command.FILL_EXAMPLE, self._fill_example)
        connect(Command.COPY_CURL, bench.desk.copy_curl)
        connect(Command.COPY_CODE, bench.desk.copy_code)
        connect(Command.COPY_JSON, bench.desk.copy_json)
        connect(Command.COMPARE, self._choose_comparison)
        connect(Command.COMPARE_LAST, self._compare_with_last)
        connect(Command.FIND_IN_HISTORY, self._find_in_history)
        connect(Command.SHOW_PINNED, self._show_pinned)
        connect(Command.EXPORT_HISTORY, self._export_history)
        connect(Command.COPY_TICKET_PACK, self._copy_ticket_pack)
        connect(Command.IMPORT_EVENTS, self._import_events)
        connect(Command.PASTE_ROWS, self._paste_rows)
        connect(Command.GENERATE_EVENTS, self._generate_events)
        connect(Command.SEARCH_BATCH, self._search_batch)
        connect(Command.SHOW_RUNS, self._show_runs)
        window.pages.compose_comparison_wanted.connect(self._compare_with_composed)
        window.pages.comparison_wanted.connect(self._compare)
        bench.pastes.compare_wanted.connect(self._compare_pasted)
        connect(Command.UNDO, self._undo)
        connect(Command.REDO, bench.session.undo_group.redo)
        connect(Command.FIND, self._find)
        connect(Command.GO_COMPOSE, partial(window.go_to, Place.COMPOSE))
        connect(Command.GO_BATCH, partial(window.go_to, Place.BATCH))
        connect(Command.GO_TEMPLATES, partial(window.go_to, Place.TEMPLATES))
        connect(Command.GO_HISTORY, partial(window.go_to, Place.HISTORY))
        connect(Command.GO_SANDBOX, partial(window.go_to, Place.SANDBOX))
        connect(Command.FOCUS_EVENT_TYPES, self._focus_types)
        connect(Command.FOCUS_FORM, self._focus_form)
        connect(Command.FOCUS_JSON, self._focus_json)
        connect(Command.FOCUS_TOKEN, window.destination.focus_token)
        connect(Command.NEXT_VERDICT, partial(self._step_verdict, 1))
        connect(Command.PREVIOUS_VERDICT, partial(self._step_verdict, -1))
        connect(Command.MEND, self._mend)
        connect(Command.MEND_ALL, self._mend_all)
        connect(Command.TOGGLE_THEME, self._toggle_theme)
        connect(Command.SETTINGS, self._open_settings)
        connect(Command.SHORTCUTS, self._open_shortcuts)
        connect(Command.RULES, self._open_rules)
        window.compose.rules_wanted.connect(self._open_rules)
        window.pages.rules_wanted.connect(self._open_rules)
        connect(Command.QUIT, window.close)

    def _send(self) -> None:
        if self._window.place is Place.BATCH:
            self._window.pages.batch.send()
        elif self._window.place is Place.TEMPLATES:
            self._window.pages.templates.send()
        elif self._window.place is Place.COMPOSE:
            self._bench.desk.send()

    def _cancel(self) -> None:
        if self._window.place is Place.BATCH and self._bench.runs.is_busy:
            self._bench.runs.stop()
        else:
            self._bench.sends.cancel()

    def _name_template(self) -> None:
        self._window.go_to(Place.COMPOSE)
        self._window.compose.ask_for_name()

    def _start_new(self) -> None:
        self._window.go_to(Place.COMPOSE)
        self._bench.desk.start_new()

    def _fill_example(self) -> None:
        self._window.go_to(Place.COMPOSE)
        self._bench.desk.fill_example()

    def _focus_types(self) -> None:
        self._window.go_to(Place.COMPOSE)
        self._window.rail.focus_filter()

    def _focus_form(self) -> None:
        self._window.go_to(Place.COMPOSE)
        self._window.compose.form.focus_first()

    def _focus_json(self) -> None:
        self._window.go_to(Place.COMPOSE)
        self._window.compose.preview.go_to_fault()

    def _step_verdict(self, steps: int) -> None:
        self._window.go_to(Place.COMPOSE)
        self._window.compose.verdicts.step(steps)

    def _mend(self) -> None:
        self._window.go_to(Place.COMPOSE)
        self._window.compose.verdicts.mend_current()

    def _mend_all(self) -> None:
        self._window.go_to(Place.COMPOSE)
        self._window.compose.verdicts.mend_all()

    def _undo(self) -> None:
        place, toast = self._window.place, self._window.toast
        if place is Place.COMPOSE:
            self._bench.session.undo_group.undo()
        elif place is Place.BATCH and not toast.offers_undo:
            self._bench.batch.undo()
        else:
            toast.undo()

    @Slot()
    def _show_undo(self) -> None:
        """Nothing out of sight is undone: elsewhere, only what the message speaks of."""
        stack, composing = self._bench.session.undo_group, self._window.place is Place.COMPOSE
        undoable = stack.canUndo() if composing else self._window.toast.offers_undo
        if self._window.place is Place.BATCH:
            undoable = undoable or self._bench.batch.steps.can_undo
        self._window.actions_.enable(Command.UNDO, undoable)
        self._window.actions_.enable(Command.REDO, composing and stack.canRedo())

    @Slot()
    def _toggle_theme(self) -> None:
        self._theme.toggle()
        self._bench.preferences.change(theme=self._theme.choice)

    @Slot()
    def _find(self) -> None:
        self._window.palette_.open()

    @Slot()
    def _open_settings(self) -> None:
        self._show_settings("GENERAL")

    @Slot()
    def _open_projects(self) -> None:
        self._show_settings("PROJECTS")

    @Slot()
    def _open_retention(self) -> None:
        self._show_settings("HISTORY")

    def _show_settings(self, page: str) -> None:
        """``page`` is the name of a ``SettingsPage``, which comes with the dialog."""
        # Loaded at their first use, like the places: the start is quicker without them.
        from composer.ui.settings.dialog import SettingsDialog, SettingsPage  # noqa: PLC0415

        SettingsDialog(self._bench, self._theme, self._window, SettingsPage[page]).open()

    def _open_shortcuts(self) -> None:
        from composer.ui.settings.shortcuts import ShortcutsDialog  # noqa: PLC0415

        ShortcutsDialog(self._window).open()

    def _find_in_history(self) -> None:
        self._window.go_to(Place.HISTORY)
        self._window.pages.history.focus_search()

    def _show_pinned(self) -> None:
        self._window.go_to(Place.HISTORY)
        self._window.pages.history.show_pinned()

    def _export_history(self) -> None:
        self._window.go_to(Place.HISTORY)
        self._window.pages.history.commands.export()

    def _copy_ticket_pack(self) -> None:
        self._window.go_to(Place.HISTORY)
        self._window.pages.history.commands.copy_pack()

    def _import_events(self) -> None:
        self._window.go_to(Place.BATCH)
        self._window.pages.batch.import_file()

    def _paste_rows(self) -> None:
        self._window.go_to(Place.BATCH)
        self._window.pages.batch.paste_rows()

    def _generate_events(self) -> None:
        self._window.go_to(Place.BATCH)
        self._window.pages.batch.generate()

    def _search_batch(self) -> None:
        self._window.go_to(Place.BATCH)
        self._window.pages.batch.focus_search()

    def _show_runs(self) -> None:
        self._window.go_to(Place.BATCH)
        self._window.pages.batch.show_runs()

    def _choose_comparison(self) -> None:
        from composer.ui.compare.sides import composed  # noqa: PLC0415 -- see settings

        self._window.go_to(Place.HISTORY)
        self._window.pages.history.choose_for(composed(self._bench.session))

    def _compare_with_last(self) -> None:
        from composer.ui.compare.opening import compare_with_last  # noqa: PLC0415 -- see settings

        compare_with_last(self._window, self._bench)

    @Slot(object)
    def _compare_with_composed(self, other: NamedRequest) -> None:
        from composer.ui.compare.opening import compare_with_composed  # noqa: PLC0415 -- as above

        compare_with_composed(self._window, self._bench, other)

    @Slot(object)
    def _compare_pasted(self, origin: Origin) -> None:
        from composer.ui.compare.sides import pasted  # noqa: PLC0415 -- see settings

        self._compare_with_composed(pasted(origin.request, origin.event))

    @Slot(object, object)
    def _compare(self, left: NamedRequest, right: NamedRequest) -> None:
        from composer.ui.compare.opening import open_comparison  # noqa: PLC0415 -- see settings

        open_comparison(self._window, self._bench, left, right)

    @Slot()
    def _open_rules(self) -> None:
        """Show the rules beside the window; they are there once only."""
        from composer.ui.verdicts.rules_dialog import RulesDialog  # noqa: PLC0415 -- see settings

        opened = self._window.findChild(RulesDialog)
        dialog = opened if opened is not None else RulesDialog(self._bench.open_url, self._window)
        dialog.show()
        dialog.activateWindow()
