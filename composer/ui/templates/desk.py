"""What Compose has to do with templates: opening one, saving a draft as one, editing a step.

Remembers which tab came from which template. Holds no widget; the page and the window both call it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from itertools import count

from PySide6.QtCore import QObject, Signal, Slot

from composer.core.draft import Draft
from composer.core.templates import Step, Template, Variable, as_template
from composer.ui.messages import UNDO, Messages
from composer.ui.session import Session, Tab
from composer.ui.templates.shelf import Shelf
from composer.ui.widgets import Severity

_UNSAVED = datetime(1970, 1, 1, tzinfo=UTC)
"""Of a template that is not kept yet; the store says when it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Where the draft of a tab comes from; ``is_edit``: the step itself, to be put back."""

    template: str
    step: int = 0
    is_edit: bool = False


class TemplateDesk(QObject):
    """The commands between Compose and the templates."""

    compose_wanted = Signal()
    """A draft has been opened, and is to be seen"""
    templates_wanted = Signal(str)
    """The id of the template that is to be seen in the Templates place"""
    run_wanted = Signal(object)
    """``Template`` with several events"""
    name_wanted = Signal()
    """The event in Compose is to be kept under a name that is still to be asked for"""
    link_changed = Signal()
    """The tab in front has to do with another template, or with none"""

    def __init__(self, session: Session, shelf: Shelf, messages: Messages) -> None:
        super().__init__()
        self._session = session
        self._shelf = shelf
        self._messages = messages
        self._links: dict[int, Link] = {}
        session.switched.connect(self.link_changed)
        shelf.failed.connect(self._say_error)
        shelf.changed.connect(self.link_changed)

    def begin(self) -> None:
        """Have the templates read, for they will be needed."""
        self._shelf.look()

    # What the tab in front has to do with templates

    @property
    def source(self) -> Template | None:
        """The person's own template that the draft in front came from, to be saved over."""
        link = self._links.get(self._session.tab.id)
        template = self._shelf.get(link.template) if link is not None else None
        return None if template is None or template.is_starter else template

    @property
    def edited(self) -> tuple[Template, int] | None:
        """The template whose step is edited in the tab in front, and which step."""
        link, template = self._links.get(self._session.tab.id), self.source
        if link is None or template is None or not link.is_edit:
            return None
        return (template, link.step) if link.step < len(template.steps) else None

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders that a template can be put into."""
        return self._shelf.folders

    # Opening

    @Slot(object)
    def open(self, template: Template) -> None:
        """Open a template as a new event; one with several events is run, or opened in tabs."""
        self.begin()
        if template.is_sequence:
            self.run_wanted.emit(template)
            return
        self._session.open_template(template)
        self._link(Link(template=template.id))
        self.compose_wanted.emit()

    def open_drafts(self, drafts: Sequence[Draft]) -> None:
        """Open the events of a run in tabs of their own, ready to be sent; the first in front."""
        opened: list[Tab] = []
        for draft in drafts:
            self._session.open_beside(draft.with_token(self._session.destination.token))
            opened.append(self._session.tab)
        if opened:
            self._session.switch_to(opened[0].id)
            self.compose_wanted.emit()

    def edit_step(self, template: Template, step: int) -> None:
        """Open an event of a template as it is kept, to be put back."""
        draft = template.steps[step].draft
        self._session.open_beside(draft.with_token(self._session.destination.token))
        self._link(Link(template=template.id, step=step, is_edit=True))
        self.compose_wanted.emit()

    # Saving

    @Slot(str, str)
    def save_as(self, name: str, folder: str = "") -> None:
        """Keep the draft in front under a name.

        A name that is taken is no reason to lose either: both are kept, and one click on the
        message replaces the older one after all.
        """
        draft, variables = _of_session(self._session)
        self._save_new(name, folder, (Step(draft=draft),), variables)

    def save_steps(self, name: str, drafts: Sequence[Draft]) -> None:
        """Keep several drafts as one template, in order."""
        steps = tuple(Step(draft=as_template(draft, literal=False)) for draft in drafts)
        self._save_new(name, "", steps, ())

    def save_over(self) -> None:
        """Put the draft in front in the place of that in the template it came from."""
        source, link = self.source, self._links.get(self._session.tab.id)
        if source is None or link is None:
            return
        step = min(link.step, len(source.steps) - 1)
        draft, variables = _of_session(self._session)
        self.change(_with_draft(source, step, draft, variables), source, f"Saved “{source.name}”.")

    def put_back(self) -> None:
        """Put the step that is edited in the tab in front back, and close the tab."""
        edited = self.edited
        if edited is None or self._session.draft.fault is not None:
            return
        template, step = edited
        draft, variables = _of_session(self._session)
        changed = _with_draft(template, step, draft, variables)
        self._unlink()
        self._session.close_tab()
        self.change(changed, template, f"Put back into “{template.name}”.")
        self.templates_wanted.emit(template.id)

    def leave_step(self) -> None:
        """Leave the step as it was; the draft stays open as an event like any other."""
        self._unlink()

    def add_step(self, template: Template) -> None:
        """Put the draft in front behind the last event of a template."""
        draft, variables = _of_session(self._session)
        known = {variable.name for variable in template.variables}
        fresh = tuple(variable for variable in variables if variable.name not in known)
        changed = replace(
            template,
            steps=(*template.steps, Step(draft=draft)),
            variables=(*template.variables, *fresh),
        )
        self.change(changed, template, f"Added to “{template.name}”.")

    def change(self, changed: Template, before: Template, words: str) -> None:
        """Keep a template as it is now; the message offers to undo it."""
        self._shelf.save(changed, partial(self._tell_changed, changed, before, words))

    # Inside

    def _save_new(
        self, name: str, folder: str, steps: tuple[Step, ...], variables: tuple[Variable, ...]
    ) -> None:
        new = Template(
            id="", name=name, folder=folder, steps=steps, variables=variables, saved_at=_UNSAVED
        )
        tab = self._session.tab.id
        self._shelf.when_read(partial(self._save_under_free_name, new, tab))

    def _save_under_free_name(self, new: Template, tab: int) -> None:
        taken = self._taken(new.name, new.folder)
        free = self._free_name(new.name, new.folder) if taken else new.name
        self._shelf.save(replace(new, name=free), partial(self._tell_saved, taken, tab))

    def _tell_saved(self, old: Template | None, tab: int, new: Template) -> None:
        if not new.is_sequence:
            self._links[tab] = Link(template=new.id)
            self.link_changed.emit()
        show = partial(self.templates_wanted.emit, new.id)
        if old is None:
            self._messages.say(
                f"Saved as template “{new.name}”.", Severity.OK, action="Show it", run=show
            )
            return
        self._messages.say(
            f"There is a template “{old.name}” already, so this one is “{new.name}”.",
            Severity.INFO,
            action="Replace the old one",
            run=partial(self._replace, old, new),
        )

    def _replace(self, old: Template, new: Template) -> None:
        kept = replace(old, steps=new.steps, variables=new.variables or old.variables)

        def say(_: None) -> None:
            self._messages.say(f"Replaced “{old.name}”.", Severity.OK)
            self.templates_wanted.emit(old.id)

        def remove_new(_: Template) -> None:
            self._shelf.delete([new], say)

        self._shelf.save(kept, remove_new)

    def _tell_changed(
        self, changed: Template, before: Template, words: str, kept: Template
    ) -> None:
        if changed.id and kept.name != changed.name:
            self._messages.say(
                f"“{changed.name}” was changed elsewhere meanwhile. Both are kept; yours is now "
                f"“{kept.name}”.",
                Severity.WARNING,
                action="Show it",
                run=partial(self.templates_wanted.emit, kept.id),
            )
            return
        undo: Callable[[], None] = partial(self._shelf.save, replace(before, id=kept.id))
        self._messages.say(words, Severity.OK, action=UNDO, run=undo)

    def _taken(self, name: str, folder: str) -> Template | None:
        wanted = (name.casefold(), folder)
        own = (template for template in self._shelf.templates if not template.is_starter)
        return next((one for one in own if (one.name.casefold(), one.folder) == wanted), None)

    def _free_name(self, name: str, folder: str) -> str:
        names = (f"{name} {number}" for number in count(2))
        return next(free for free in names if self._taken(free, folder) is None)

    def _link(self, link: Link) -> None:
        self._links[self._session.tab.id] = link
        self.link_changed.emit()

    def _unlink(self) -> None:
        self._links.pop(self._session.tab.id, None)
        self.link_changed.emit()

    @Slot(str)
    def _say_error(self, words: str) -> None:
        self._messages.say(words, Severity.ERROR)


def step_words(template: Template, step: int) -> str:
    """``event 2 of 3 of “First sign-up”``."""
    if not template.is_sequence:
        return f"the event of “{template.name}”"
    return f"event {step + 1} of {len(template.steps)} of “{template.name}”"


def _of_session(session: Session) -> tuple[Draft, tuple[Variable, ...]]:
    """The draft in front in the syntax of templates, and what it asks for."""
    session.settle()
    filling = session.filling
    if filling is None:
        return as_template(session.draft, literal=False), ()
    return filling.as_template(session.draft), filling.variables


def _with_draft(
    template: Template, step: int, draft: Draft, variables: tuple[Variable, ...]
) -> Template:
    steps = list(template.steps)
    steps[step] = replace(steps[step], draft=draft)
    known = {variable.name for variable in template.variables}
    fresh = tuple(variable for variable in variables if variable.name not in known)
    return replace(template, steps=tuple(steps), variables=(*template.variables, *fresh))
