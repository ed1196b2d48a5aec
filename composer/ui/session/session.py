"""The drafts in the window and what follows from them: the single truth that every pane shows.

Widgets ask for changes here and listen; none of them holds a value of its own. The session
outlives the widgets, knows no file and no network, and sends nothing itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from composer.core.convert import Conversion
from composer.core.destination import personal_key_words
from composer.core.draft import Draft
from composer.core.events import by_id
from composer.core.jsontext import Path, Value
from composer.core.records import Workspace
from composer.services.ports import Clock
from composer.ui.preferences import Preferences
from composer.ui.session.stamps import is_untouched
from composer.ui.session.tab import Stand
from composer.ui.session.tabs import Tabs

if TYPE_CHECKING:
    from composer.core.templates.filling import Filling, Unfilled
    from composer.core.templates.template import Template


class Session(Tabs):
    """Edits of the draft in front, and what is opened beside it."""

    refused = Signal(str)
    """Something was not taken over; a sentence says why and what to do"""

    def __init__(
        self, clock: Clock, preferences: Preferences, workspace: Workspace | None = None
    ) -> None:
        super().__init__(clock, preferences, workspace)
        preferences.changed.connect(self._follow_preferences)

    # Values

    def set_value(self, path: Path, value: Value) -> None:
        """Set one value from the form."""
        self.settle()
        self._edit_by_form(self.draft.with_value(path, value), merge=str(path))

    def set_values(self, values: Sequence[tuple[Path, Value]]) -> None:
        """Set several values as one step."""
        self.settle()
        draft = self.draft
        for path, value in values:
            draft = draft.with_value(path, value)
        self._edit_by_form(draft)

    def remove(self, path: Path) -> None:
        """Remove one member from the form."""
        self.settle()
        self._edit_by_form(self.draft.without(path), merge=str(path))

    def mend(self, draft: Draft) -> None:
        """Take over what a mend made of the draft, as a step of its own."""
        self._edit(self._stamper.stamped(draft) if self.is_accepted and not draft.fault else draft)

    def set_token(self, token: str) -> None:
        """Put the token into the draft and keep it for this destination; no personal key."""
        words = personal_key_words(token)
        if words:
            self.refused.emit(f"{words} It was not taken over.")
            return
        self.settle()
        self._edit(self.draft.with_token(token), merge="token")
        self._preferences.change_destination(replace(self.destination, token=token))

    # Text

    def set_text(self, text: str) -> None:
        """Take over the JSON editor's text, good or not."""
        draft = self.draft.with_text(text)
        renewed = draft if draft.fault or not self.is_accepted else self._stamper.stamped(draft)
        self._edit(renewed, merge="text")
        if self._tab.unread:
            self._show(self._tab, self._tab.stand)

    def settle(self) -> None:
        """Take over large text that is still being read, before anything builds on the draft."""
        if self._tab.unread:
            self.set_text(self._tab.unread)

    def lay_out(self) -> None:
        """Write the JSON anew in the chosen layout."""
        self.settle()
        self._edit(self.draft.laid_out())

    def discard_text(self) -> None:
        """Give up text that does not parse and go back to the last good event."""
        self._edit(replace(self.draft, source=None, fault=None))

    # Other events

    def choose_type(self, type_id: str) -> None:
        """Go to another form: to its parked draft, or there with what both have in common.

        Another event has an ID of its own: the draft that is left may have been tried with its.
        """
        self.settle()
        if type_id == self.draft.type_id:
            return
        parked = self._tab.parked.get(type_id)
        if parked:
            self.open(self._stamper.fresh(parked.with_token(self.token), self._tab))
        else:
            left = self._stamper.stamped(self.draft)
            self.open(self._stamper.stamped(left.as_type(by_id(type_id))))

    def open(self, draft: Draft) -> None:
        """Bring a draft into the tab in front, as one step to undo; the one before is parked."""
        self._bring(draft, opens=draft)

    def open_beside(self, draft: Draft) -> None:
        """Bring a draft in as it is, into a tab of its own unless the one in front is untouched."""
        self._bring_beside(draft)

    def open_new(self, draft: Draft) -> None:
        """Bring a draft in as a new event: its own ID and time, this destination's token."""
        self.open_beside(self._stamper.all_made(draft.with_token(self.destination.token)))

    def open_converted(self, found: Conversion) -> None:
        """Make today's event of an old shape, as one step to undo."""
        self._bring(self._stamper.fresh(found.draft, self._tab), opens=self.opened)

    def start_new(self) -> None:
        """Keep everything but the event ID and time, so that the next send counts anew.

        What a template generated is generated anew.
        """
        self.settle()
        stand = self._tab.stand
        by_template = frozenset[str]()
        if stand.filling is not None:
            draft, filling = stand.filling.renewed(stand.draft, self._stamper)
            stand, by_template = replace(stand, draft=draft, filling=filling), filling.members
        made = self._stamper.all_made(stand.draft, but=by_template)
        self._go(self._tab, replace(stand, draft=made))

    def freshen(self) -> None:
        """Renew generated stamps that have grown stale while nobody was looking."""
        if not self.is_accepted:
            fresh = self._stamper.fresh(self.draft, self._tab)
            if fresh != self.draft:
                self._show(self._tab, replace(self._tab.stand, draft=fresh))

    # Variables

    @property
    def unfilled(self) -> tuple[Unfilled, ...]:
        """What still stands as ``{{name}}`` and is to be filled in before a send, in order."""
        if self._tab.unread or "{{" not in self.text:
            return ()
        from composer.core.templates.filling import unfilled_in  # noqa: PLC0415 -- quicker start

        if self.filling is None:
            return unfilled_in(self.draft.payload, self.text)
        return self.filling.adopted(self.draft).unfilled(self.draft)

    def is_asked_for(self, name: str) -> bool:
        """Whether there is a prompt for a variable, so that its answer is typed there."""
        asked = self.filling.variables if self.filling is not None else ()
        return any(variable.name == name for variable in asked)

    def open_template(self, template: Template, step: int = 0) -> None:
        """Bring an event of a template in: stamps that a person chose stay, others are made now."""
        from composer.core.templates.filling import begin  # noqa: PLC0415 -- for a quicker start

        draft, filling = begin(template, step, self._stamper)
        ready = self._stamper.as_new(draft.with_token(self.destination.token))
        self._bring_beside(ready, filling if filling.is_needed else None)

    def answer(self, name: str, text: str) -> None:
        """Fill a variable in, with what a person typed."""
        self.settle()
        stand = self._tab.stand
        if stand.filling is None:
            return
        draft, filling = stand.filling.answered(stand.draft, name, text, now=self._clock.now())
        if draft != stand.draft:
            draft = self._stamper.fresh(draft, self._tab)
        self._go(self._tab, replace(stand, draft=draft, filling=filling), merge=f"{{{{{name}}}}}")

    def take_up(self) -> None:
        """Ask for references that were typed by hand, as for those of a template."""
        from composer.core.templates.filling import adopt  # noqa: PLC0415 -- for a quicker start

        self.settle()
        stand = self._tab.stand
        found = adopt(stand.draft) if stand.filling is None else stand.filling.adopted(stand.draft)
        draft, filling = found.renewed(stand.draft, self._stamper)
        self._go(self._tab, replace(stand, draft=draft, filling=filling))

    def leave_literal(self) -> None:
        """Let every reference without an answer go as it stands."""
        from composer.core.templates.filling import adopt  # noqa: PLC0415 -- for a quicker start

        stand = self._tab.stand
        found = adopt(stand.draft) if stand.filling is None else stand.filling.adopted(stand.draft)
        self._go(self._tab, replace(stand, filling=found.literal(stand.draft)))

    # Inside

    def _bring(self, draft: Draft, *, opens: Draft, filling: Filling | None = None) -> None:
        self.settle()
        tab = self._tab
        if draft.type_id != tab.draft.type_id:
            tab.parked[tab.draft.type_id] = tab.draft
            tab.parked.pop(draft.type_id, None)
        self._go(tab, replace(tab.stand, draft=draft, opened=opens, filling=filling))

    def _bring_beside(self, draft: Draft, filling: Filling | None = None) -> None:
        if is_untouched(self._tab):
            self._bring(draft, opens=draft, filling=filling)
        else:
            self._add(Stand(draft=draft, opened=draft, filling=filling))

    @Slot()
    def _follow_preferences(self) -> None:
        if self._tab.followed == self._now_around:
            return
        self.settle()
        shown = self._tab.stand
        self._catch_up(self._tab)
        if self._tab.stand is shown:
            self._show(self._tab, shown)  # the same draft goes elsewhere
