"""A request in, a report out: all rules over one body, with the capture service's own answer.

The service's answer has the last word on what is refused: a rule that says so is heard only if it
refuses, and a refusal that no rule explains is told by the rule that its words stand for
(``refusals``). So there is a verdict of ``Severity.ERROR`` exactly when the sandbox would refuse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import chain

from composer.core.verdicts.outlook import forecast
from composer.core.verdicts.refusals import explained
from composer.core.verdicts.request import Circumstances, Event, Request
from composer.core.verdicts.rule import EventRule, Finding, RequestRule, Rule
from composer.core.verdicts.rules import ALL
from composer.core.verdicts.scales import Severity, Subject
from composer.core.verdicts.verdict import Report, Verdict

Refusal = Callable[[Request, Circumstances], str]
"""What the capture service would say to a request that it refuses; empty if it takes it."""


class Judge:
    """Judges requests one after the other, each event only once while it stays the same.

    Events are compared by identity: values never change in place, so an event that was edited is
    another object. ``refusal`` is the capture service's judge. For one thread at a time.
    """

    def __init__(self, refusal: Refusal) -> None:
        self._refusal = refusal
        self._known: Circumstances | None = None
        self._kept: dict[int, _Kept] = {}

    def judge(self, request: Request, known: Circumstances) -> Report:
        """The verdicts and what comes of them. It does not raise, whatever the body holds."""
        request = self._judged(request, known)
        words = self._refusal(request, known)
        found = _Found()
        for rule in _request_rules(known, is_refused=words != ""):
            for finding in rule.check(request, known):
                found.add(Verdict(rule=rule.rule, finding=finding))
        self._add_events(request, found)
        return found.report(request, words)

    def _judged(self, request: Request, known: Circumstances) -> Request:
        """The request with the events of the last time, where they are the same."""
        if self._known is None or not _is_same(self._known, known):
            self._known, self._kept = known, {}
        before, self._kept = self._kept, {}
        events: list[Event] = []
        for event in request.events:
            place = id(event.payload)
            one = before.get(place) or self._kept.get(place)
            if one is None:
                one = _Kept(event=event, findings=tuple(_findings(event, known)))
            self._kept[place] = one
            events.append(one.event)
        return replace(request, events=tuple(events))

    def _add_events(self, request: Request, found: _Found) -> None:
        places = request.places
        for index, event in enumerate(request.events):
            one = self._kept[id(event.payload)]
            if not one.findings:
                continue
            if one.index != index or one.place != places[index]:
                one.put(index, request)
            for verdict in one.verdicts:
                found.add(verdict)


@dataclass(slots=True, kw_only=True)
class _Kept:
    """The findings of one event, and their verdicts at the place where it stood last.

    The event is held so that the identity of its payload stays its own.
    """

    event: Event
    findings: tuple[tuple[Rule, Finding], ...]
    index: int = -1
    place: int = -1
    verdicts: tuple[Verdict, ...] = ()

    def put(self, index: int, request: Request) -> None:
        prefix = request.event_path(index)
        self.index, self.place = index, request.places[index]
        self.verdicts = tuple(
            Verdict(rule=rule, finding=finding, prefix=prefix, event=index)
            for rule, finding in self.findings
        )


class _Found:
    """The verdicts of one request, by severity."""

    def __init__(self) -> None:
        self._by_severity: dict[Severity, list[Verdict]] = {severity: [] for severity in Severity}

    def add(self, verdict: Verdict) -> None:
        self._by_severity[verdict.finding.severity or verdict.rule.severity].append(verdict)

    def report(self, request: Request, words: str) -> Report:
        """``words`` are the service's; empty if it takes the request."""
        errors = self._by_severity[Severity.ERROR]
        if not words:
            errors.clear()
        elif not errors:
            errors.append(explained(words, request))
        dropped = {verdict.event for verdict in self._by_severity[Severity.DROPPED]}
        counts = {severity: len(found) for severity, found in self._by_severity.items() if found}
        return Report(
            request=request,
            verdicts=tuple(chain.from_iterable(self._by_severity.values())),
            forecast=forecast(counts, dropped, len(request.events)),
        )


_EVENT_RULES = tuple(rule for rule in ALL if isinstance(rule, EventRule))
_REQUEST_RULES = tuple(rule for rule in ALL if isinstance(rule, RequestRule))
_MILDER = frozenset({"token.personal_key", "token.shape"})
"""Rules about refusals that tell of other things too."""
_RULES_OF_ACCEPTED = tuple(
    one
    for one in _REQUEST_RULES
    if one.rule.severity is not Severity.ERROR or one.rule.id in _MILDER
)
"""In a large batch that is taken, the search for what is refused would take most of the time."""

_V1 = "/i/v1/"
_ENVELOPE = frozenset({Subject.TOKEN, Subject.BODY})


def _is_of_v1(rule: Rule) -> bool:
    """Whether it holds at the v1 addresses, which read other fields (capture-server.md, 7)."""
    return rule.subject not in _ENVELOPE and rule.severity is not Severity.ERROR


_EVENT_RULES_OF_V1 = tuple(one for one in _EVENT_RULES if _is_of_v1(one.rule))
_REQUEST_RULES_OF_V1 = tuple(one for one in _REQUEST_RULES if _is_of_v1(one.rule))
_FRESH = timedelta(minutes=10)
"""How long findings are kept; the rules about time look at hours and days."""


def _is_same(before: Circumstances, after: Circumstances) -> bool:
    """Whether what was found before still holds."""
    if abs(after.now - before.now) > _FRESH:
        return False
    return before == replace(after, now=before.now, randomness=before.randomness)


def _request_rules(known: Circumstances, *, is_refused: bool) -> tuple[RequestRule, ...]:
    if known.path.startswith(_V1):
        return _REQUEST_RULES_OF_V1
    return _REQUEST_RULES if is_refused else _RULES_OF_ACCEPTED


def _findings(event: Event, known: Circumstances) -> Iterator[tuple[Rule, Finding]]:
    rules = _EVENT_RULES_OF_V1 if known.path.startswith(_V1) else _EVENT_RULES
    for rule in rules:
        for finding in rule.check(event, known):
            yield rule.rule, finding
