"""A draft that is being filled in from a template.

The draft is what will be sent and what a person edits; a ``Filling`` remembers which of its text
came from which variable. It is never told of an edit: whenever it is asked, it first looks at what
the draft has become. What still shows what was put there is filled in again; what a person
changed by hand is the person's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from composer.core.draft import Draft
from composer.core.jsontext import Object, Path, Value
from composer.core.templates.answers import Answer, answers_of
from composer.core.templates.template import Template, Variable, names_in
from composer.core.variables import Maker
from composer.core.variables.making import made_anew
from composer.core.variables.patterns import (
    Members,
    Pattern,
    escaped_value,
    has_braces,
    pattern_of_live,
    pattern_of_template,
    slots_of,
    template_of,
    with_slots,
)
from composer.core.variables.reconciling import reconciled, settled, typed
from composer.core.variables.references import OPENING
from composer.core.variables.rendering import Answers, rendered, standing, without_standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfilled:
    """A variable that still stands as ``{{name}}`` at ``path`` of the payload.

    Of a generated value that could not be made ``name`` is the whole reference, such as ``int x``.
    """

    name: str
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What a draft is filled in with; the draft itself is handed in."""

    variables: tuple[Variable, ...]
    """What is asked for, in order."""
    given: tuple[Answer, ...] = ()
    pattern: Pattern
    """The payload as it was when the filling last looked at it."""
    moment: datetime | None = None
    """What ``now`` means in an answer; ``None`` before anything was made."""

    @property
    def answers(self) -> Mapping[str, str]:
        """By name, as typed; those without an answer are absent."""
        return {answer.name: answer.text for answer in self.given}

    @property
    def is_needed(self) -> bool:
        """Whether the draft cannot do without: it asks, generates, or has braces that are text."""
        return has_braces(self.pattern)

    @property
    def members(self) -> frozenset[str]:
        """The members of the payload's top level that it put something into."""
        top = self.pattern.members if isinstance(self.pattern, Members) else ()
        return frozenset(key for key, value in top if any(slots_of(value)))

    @property
    def values(self) -> Answers:
        """What the variables stand for; those without a usable answer are absent."""
        return answers_of(self.variables, self.given)

    def answered(
        self, draft: Draft, name: str, text: str, *, now: datetime | None = None
    ) -> tuple[Draft, Filling]:
        """Put in another answer; an empty one takes it back.

        ``now`` is what the word means in this answer, if not the time at which the draft was begun.
        """
        return _answered(self, draft, Answer(name=name, text=text, moment=now or self.moment))

    def renewed(self, draft: Draft, maker: Maker) -> tuple[Draft, Filling]:
        """The generated values made anew, for the next event; ``now`` is the present moment."""
        now = maker.now()
        given = tuple(replace(answer, moment=now) for answer in self.given)
        filling = replace(self.adopted(draft), given=given, moment=now)
        pattern = made_anew(settled(filling.pattern), filling.values, maker)
        return _put_in(replace(filling, pattern=pattern), draft)

    def unfilled(self, draft: Draft) -> tuple[Unfilled, ...]:
        """What still stands as a reference, in the order of the payload.

        That is: required variables without a usable answer, and references typed by hand.
        """
        found = standing(self._pattern_of(draft), self.values)
        return tuple(Unfilled(name=name, path=path) for name, path in found)

    def adopted(self, draft: Draft) -> Filling:
        """Brought up to date: references typed by hand since are variables as well."""
        pattern = self._pattern_of(draft)
        known = {variable.name for variable in self.variables}
        found = (name for name in names_in((pattern,)) if name not in known)
        more = tuple(Variable(name=name) for name in found)
        return replace(self, pattern=pattern, variables=(*self.variables, *more))

    def literal(self, draft: Draft) -> Filling:
        """What still stands as a reference is plain text from now on: "send as it stands"."""
        values = self.values
        pattern = with_slots(self._pattern_of(draft), lambda slot: without_standing(slot, values))
        used = frozenset(names_in((pattern,)))
        left = tuple(variable for variable in self.variables if variable.name in used)
        return replace(self, pattern=pattern, variables=left)

    def as_template(self, draft: Draft) -> Draft:
        """The draft with its references again, to be saved over the template it came from."""
        filling = self
        for answer in self.given:  # so that what followed from it goes back to its reference too
            draft, filling = filling.answered(draft, answer.name, "")
        return _with_text_of(draft, template_of(filling.adopted(draft).pattern))

    def _pattern_of(self, draft: Draft) -> Pattern:
        return reconciled(self.pattern, self.values, draft.payload)


def begin(
    template: Template, step: int, maker: Maker, answers: Mapping[str, str] | None = None
) -> tuple[Draft, Filling]:
    """A draft of one step: generated values made, defaults and answers put in.

    What is unanswered stands as ``{{name}}``.
    """
    return begun(template, step, maker, answers or {}, maker.now())


def begun(
    template: Template, step: int, maker: Maker, answers: Mapping[str, str], now: datetime
) -> tuple[Draft, Filling]:
    """``begin``; in answers the word ``now`` means ``now``."""
    draft = template.steps[step].draft
    pattern = pattern_of_template(draft.payload)
    used = names_in((pattern,))
    declared = tuple(variable for variable in template.variables if variable.name in used)
    known = {variable.name for variable in declared}
    variables = (*declared, *(Variable(name=name) for name in used if name not in known))
    texts = ((v.name, answers.get(v.name, v.default)) for v in variables)
    given = tuple(Answer(name=name, text=text, moment=now) for name, text in texts if text)
    made = made_anew(pattern, answers_of(variables, given), maker)
    filling = Filling(variables=variables, pattern=made, moment=now)
    shown = _with_text_of(draft, rendered(made, filling.values))
    for answer in given:  # one by one, so that what follows from each is written too
        shown, filling = _answered(filling, shown, answer)
    return shown, filling


def adopt(draft: Draft) -> Filling:
    """References typed by hand become variables; generated ones wait for ``renewed``."""
    return Filling(variables=(), pattern=typed(draft.payload)).adopted(draft)


def unfilled_in(payload: Value, text: str | None = None) -> tuple[Unfilled, ...]:
    """The references that stand in any payload; ``text``, its JSON, makes a quick no of it."""
    if text is not None and OPENING not in text and "\\u007" not in text:
        return ()
    found = standing(pattern_of_live(payload), {})
    return tuple(Unfilled(name=name, path=path) for name, path in found)


def as_template(draft: Draft, *, literal: bool) -> Draft:
    """A draft without a filling as a template's: references stay, or (``literal``) are text."""
    payload = draft.payload
    value = escaped_value(payload) if literal else template_of(pattern_of_live(payload))
    return _with_text_of(draft, value)


def _with_text_of(draft: Draft, value: Value) -> Draft:
    payload = value if isinstance(value, Object) else draft.payload
    return replace(draft, payload=payload, source=None, fault=None)


def _answered(filling: Filling, draft: Draft, answer: Answer) -> tuple[Draft, Filling]:
    others = tuple(known for known in filling.given if known.name != answer.name)
    given = (*others, answer) if answer.text else others
    return _put_in(replace(filling.adopted(draft), given=given), draft)


def _put_in(filling: Filling, draft: Draft) -> tuple[Draft, Filling]:
    """The draft with all answers, and the filling that made it so."""
    pattern = settled(filling.pattern)
    payload = rendered(pattern, filling.values)
    if isinstance(payload, Object) and payload != draft.payload:
        draft = draft.with_payload(payload)
    return draft, replace(filling, pattern=pattern)
