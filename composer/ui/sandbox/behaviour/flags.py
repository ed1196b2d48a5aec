"""The section of feature flags: what ``/flags`` answers with."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import partial
from itertools import count

from PySide6.QtCore import Slot

from composer.core.behaviour import Behaviour, Flag
from composer.ui.icons import IconName
from composer.ui.sandbox.behaviour.flag_form import FlagForm
from composer.ui.sandbox.behaviour.flag_model import FlagModel
from composer.ui.sandbox.behaviour.rows import Rows
from composer.ui.sandbox.behaviour.section import Section
from composer.ui.sandbox.behaviour.switches import Switches
from composer.ui.widgets import LinkButton

_PURPOSE = (
    "What /flags answers, and what the SDKs make of it. "
    "PostHog's rules for groups and properties of people are not imitated."
)


class FlagsSection(Section):
    """Shows the flags of the behaviour and changes them."""

    def __init__(self, switches: Switches) -> None:
        super().__init__("Feature flags", _PURPOSE)
        self._switches = switches
        self._model = FlagModel(self)
        self._form = FlagForm()
        self._rows = Rows(
            "Feature flags",
            "Flag",
            self._model,
            self._form,
            none="No flags: /flags answers with an empty list.",
            ordered=False,
        )
        self._add = LinkButton("Add flag", icon=IconName.PLUS)
        self.head.addWidget(self._add)
        self.column.addWidget(self._rows)
        self._add.clicked.connect(self._on_add)
        self._form.changed.connect(self._on_form_changed)
        self._rows.chosen.connect(self._on_chosen)
        self._rows.toggled.connect(self._on_toggled)
        self._rows.duplicated.connect(self._on_duplicated)
        self._rows.removed.connect(self._on_removed)
        self.show_behaviour(switches.behaviour)

    def show_behaviour(self, behaviour: Behaviour) -> None:
        """Take over the flags as they are now; what is half-typed stays."""
        self._model.show_flags(behaviour.flags)
        self._rows.refresh()
        self._show_chosen(anew=False)

    @property
    def _flags(self) -> tuple[Flag, ...]:
        return self._switches.behaviour.flags

    def _show_chosen(self, *, anew: bool) -> None:
        row = self._rows.row
        flag = self._model.at(row)
        if flag is not None:
            others = frozenset(f.key for place, f in enumerate(self._flags) if place != row)
            self._rows.show_on(flag.enabled)
            self._form.show_flag(flag, others, anew=anew)

    def _insert(self, flag: Flag, row: int) -> None:
        flags = self._flags
        named = replace(flag, key=_free_key(flag.key, {f.key for f in flags}))
        self._switches.change(flags=(*flags[:row], named, *flags[row:]))
        self._rows.refresh(min(row, len(flags)))

    def _replace(self, row: int, flag: Flag) -> None:
        flags = self._flags
        self._switches.change(flags=(*flags[:row], flag, *flags[row + 1 :]))

    @Slot()
    def _on_add(self) -> None:
        self._insert(Flag(key="new-flag"), len(self._flags))
        self._form.begin()

    @Slot(int)
    def _on_chosen(self, row: int) -> None:
        del row
        self._show_chosen(anew=True)

    @Slot(object)
    def _on_form_changed(self, flag: Flag) -> None:
        self._replace(self._rows.row, flag)

    @Slot(int)
    def _on_toggled(self, row: int) -> None:
        flag = self._flags[row]
        self._replace(row, replace(flag, enabled=not flag.enabled))

    @Slot(int)
    def _on_duplicated(self, row: int) -> None:
        self._insert(self._flags[row], row + 1)
        self._form.begin()

    @Slot(int)
    def _on_removed(self, row: int) -> None:
        flags = self._flags
        self._switches.change(flags=(*flags[:row], *flags[row + 1 :]))
        self._rows.refresh(row)
        self._switches.offer_undo(
            f"Removed the flag “{flags[row].key}”.", partial(self._insert, flags[row], row)
        )


def _free_key(key: str, taken: Collection[str]) -> str:
    """``key``, or with the first number that makes it a new one."""
    if key not in taken:
        return key
    return next(free for number in count(2) if (free := f"{key}-{number}") not in taken)
