"""What one row of the list says: a verdict, or what was typed into the form and is no value yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from composer.core.fields import EventType
from composer.core.jsontext import JsonError, Path
from composer.core.verdicts.scales import Severity, Subject
from composer.ui.form.problem import Problem
from composer.ui.verdicts.naming import place_name
from composer.ui.verdicts.words import LOOKS, WORDS
from composer.ui.widgets import Severity as Look

if TYPE_CHECKING:  # the rules are loaded when the window stands
    from composer.core.verdicts.mending import Mend
    from composer.core.verdicts.rule import Rule
    from composer.core.verdicts.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A row in words. ``place`` is empty where the body as a whole is meant."""

    word: str
    look: Look
    says: str
    fix: str
    place: str = ""
    path: Path = ()
    mend: Mend | None = None
    rule: Rule | None = None
    is_note: bool = False
    event: int | None = None

    @property
    def spoken(self) -> str:
        """The row for a screen reader."""
        where = f" {self.place}." if self.place else ""
        return f"{self.word}:{where} {self.says} {self.fix}".strip()


def item_of(verdict: Verdict, event_type: EventType, *, mends: bool = True) -> Item:
    """A verdict as a row, with its mend unless that is done elsewhere."""
    severity = verdict.severity
    return Item(
        word=WORDS[severity],
        look=LOOKS[severity],
        says=verdict.says,
        fix=verdict.fix,
        place=place_name(verdict.path, event_type),
        path=verdict.path,
        mend=verdict.mend if mends else None,
        rule=verdict.rule,
        is_note=severity is Severity.ADVICE,
        event=verdict.event,
    )


def item_of_syntax(verdict: Verdict, fault: JsonError) -> Item:
    """JSON that does not parse. The preview beside it spells the fault out; the line is enough."""
    rule = verdict.rule
    return Item(
        word=WORDS[verdict.severity],
        look=LOOKS[verdict.severity],
        says=rule.says,
        fix=rule.fix if verdict.mend else "Correct the marked place.",
        place=f"Line {fault.line}",
        mend=verdict.mend,
        rule=rule,
    )


def item_of_fault(path: Path, message: str, event_type: EventType) -> Item:
    """What was typed into a field and is not in the draft, so that something else is sent."""
    return Item(
        word="Not sent",
        look=Look.ERROR,
        says="What is typed there is not sent.",
        fix=message,
        place=place_name(path, event_type),
        path=path,
    )


_NOTED_BESIDE = frozenset({Subject.NAME, Subject.PERSON_ID, Subject.TIME, Subject.EVENT_ID})
"""Notes on these stand beside the field; of other notes a form would be full."""


def problems_of(verdicts: Iterable[Verdict]) -> tuple[Problem, ...]:
    """What stands beside the fields, in the same order."""
    return tuple(
        Problem(
            path=verdict.path,
            message=f"{verdict.says} {verdict.fix}".strip(),
            severity=LOOKS[verdict.severity],
        )
        for verdict in verdicts
        if verdict.path and _is_beside(verdict)
    )


def _is_beside(verdict: Verdict) -> bool:
    return verdict.severity is not Severity.ADVICE or verdict.rule.subject in _NOTED_BESIDE
