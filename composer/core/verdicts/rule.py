"""The vocabulary of the rules: what a rule is, what it finds, how a function becomes one.

Adding a rule is one decorated function, its name in ``RULES`` of its module, and two cases in the
tests: one that triggers it, one that does not. The identifiers are those of ingestion-rules.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from composer.core.jsontext import Path
from composer.core.verdicts.mending import Mend
from composer.core.verdicts.request import Circumstances, Event, Request
from composer.core.verdicts.scales import Certainty, Severity, Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A row of the list of rules.

    ``says`` tells a support person what will happen, ``fix`` the next step; ``when`` is the
    condition in a few words, for the list of all rules; ``docs`` is a page of PostHog's
    documentation. ``mends`` says whether its findings carry a mend.
    """

    id: str
    subject: Subject
    severity: Severity
    when: str
    says: str
    fix: str
    certainty: Certainty
    docs: str
    mends: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One place where a rule applies.

    ``path`` leads from the event (for a rule about events) or from the whole body. Where the
    general words of the rule can be more exact, ``says``, ``fix`` and ``severity`` replace them.
    """

    path: Path = ()
    says: str = ""
    fix: str = ""
    severity: Severity | None = None
    mend: Mend | None = None


EventCheck = Callable[[Event, Circumstances], Iterable[Finding]]
RequestCheck = Callable[[Request, Circumstances], Iterable[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRule:
    """A rule that looks at one event; its paths and mends begin at the event."""

    rule: Rule
    check: EventCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRule:
    """A rule that looks at the body as a whole; its paths and mends begin at the body."""

    rule: Rule
    check: RequestCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknowableRule:
    """A rule that no request can decide: ``because`` says why, ``ask`` what would tell."""

    rule: Rule
    because: str
    ask: str


AnyRule = EventRule | RequestRule | UnknowableRule


def event_rule(rule: Rule) -> Callable[[EventCheck], EventRule]:
    """Make a function that looks at one event a rule."""

    def made(check: EventCheck) -> EventRule:
        return EventRule(rule=rule, check=check)

    return made


def request_rule(rule: Rule) -> Callable[[RequestCheck], RequestRule]:
    """Make a function that looks at a whole body a rule."""

    def made(check: RequestCheck) -> RequestRule:
        return RequestRule(rule=rule, check=check)

    return made
