r"""What a template is: events in order, with variables that a person fills in.

Text in the payloads of a template is in the syntax of ``composer.core.variables``: ``{{name}}``
stands for an answer, ``\{{`` for two literal braces. Knows no file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from composer.core.draft import Draft
from composer.core.jsontext import Object
from composer.core.variables.patterns import Pattern, pattern_of_template, slots_of

NOTHING = Object()


class VariableKind(StrEnum):
    """What is asked for, hence how it is edited and how it stands in the event."""

    TEXT = "text"
    NUMBER = "number"
    YES_NO = "yes/no"
    DATE = "date"
    """ISO 8601 text, or ``now`` with offsets such as ``now -2d``."""
    VALUE = "value"
    """Any JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """Something that is asked for when a template is filled in."""

    name: str
    label: str = ""
    """What the person is asked; empty: the name."""
    help: str = ""
    kind: VariableKind = VariableKind.TEXT
    default: str = ""
    """As a person types it."""
    choices: tuple[str, ...] = ()
    """Offered; another answer is allowed."""
    required: bool = True
    """Whether an event without an answer is not to be sent."""
    extra: Object = NOTHING
    """Members of the file that this version does not know."""

    @property
    def title(self) -> str:
        """The label, or the name where there is none."""
        return self.label or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One event of a template. ``after`` counts seconds after the step before (first: ignored)."""

    draft: Draft
    after: float = 1.0
    extra: Object = NOTHING
    """Members of the file that this version does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """Events kept under a name. The project token is not part of them."""

    id: str
    name: str
    steps: tuple[Step, ...]
    """At least one."""
    saved_at: datetime
    folder: str = ""
    """Such as ``Support/Refunds``; empty: at the top."""
    description: str = ""
    tags: tuple[str, ...] = ()
    variables: tuple[Variable, ...] = ()
    is_starter: bool = False
    """Whether it came with the app, so that it can be copied but not changed."""
    extra: Object = NOTHING
    """Members of the file that this version does not know."""

    @property
    def draft(self) -> Draft:
        """The first event."""
        return self.steps[0].draft

    @property
    def is_sequence(self) -> bool:
        """Whether there are several events."""
        return len(self.steps) > 1

    @property
    def prompts(self) -> tuple[Variable, ...]:
        """Every variable that is asked for: the declared ones, then those found in the events.

        What is not declared is required text.
        """
        known = {variable.name for variable in self.variables}
        patterns = (pattern_of_template(step.draft.payload) for step in self.steps)
        found = (name for name in names_in(patterns) if name not in known)
        return (*self.variables, *(Variable(name=name) for name in found))


def names_in(patterns: Iterable[Pattern]) -> tuple[str, ...]:
    """The names of the variables in payloads, each once, in order; generated ones have none."""
    found = (
        reference.name
        for pattern in patterns
        for slot in slots_of(pattern)
        for reference in slot.references
        if not reference.is_generated
    )
    return tuple(dict.fromkeys(found))
