"""Rules about surveys as a whole (ingestion-rules.md, 2.11); those about answers: ``answer``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from composer.core.ids import uuid7
from composer.core.jsontext import Number, Object, Path, Value
from composer.core.verdicts.mending import Mend, Put
from composer.core.verdicts.request import Circumstances, Event, Request
from composer.core.verdicts.rule import Finding, Rule, event_rule, request_rule
from composer.core.verdicts.rules import docs
from composer.core.verdicts.rules.answer import SENT, answers, misnamed
from composer.core.verdicts.rules.parts import is_blank, milliseconds, prop
from composer.core.verdicts.rules.people import is_anonymous
from composer.core.verdicts.scales import Certainty, Severity, Subject


@event_rule(
    Rule(
        id="survey.no_id",
        subject=Subject.FEATURE,
        severity=Severity.WARNING,
        when="A survey event has no $survey_id",
        says="The event belongs to no survey and is shown nowhere.",
        fix="Enter the survey's ID: it stands in the address of the survey's page.",
        certainty=Certainty.DOCUMENTED,
        docs=docs.SURVEYS,
    )
)
def no_id(event: Event, _: Circumstances) -> Iterator[Finding]:
    if event.name in _SURVEY_EVENTS and is_blank(event.properties.get("$survey_id")):
        yield Finding(path=prop("$survey_id"))


@event_rule(
    Rule(
        id="survey.no_answer",
        subject=Subject.FEATURE,
        severity=Severity.WARNING,
        when="survey sent has no $survey_response",
        says="There is no answer in it.",
        fix="Enter at least one answer.",
        certainty=Certainty.DOCUMENTED,
        docs=docs.SURVEYS,
    )
)
def no_answer(event: Event, _: Circumstances) -> Iterator[Finding]:
    if event.name != SENT or any(misnamed(key) for key in event.properties):
        return  # the rule about the key tells where an answer is
    if all(is_blank(value) or value == () for value in answers(event).values()):
        yield Finding(path=prop("$survey_response"))


@request_rule(
    Rule(
        id="survey.parts",
        subject=Subject.FEATURE,
        severity=Severity.WARNING,
        when="Parts of one answer to a survey have no common $survey_submission_id",
        says="Each part counts as a response of its own.",
        fix="Give them one submission ID, and set $survey_completed on the last.",
        certainty=Certainty.DOCUMENTED,
        docs=docs.SURVEYS,
        mends=True,
    )
)
def parts(request: Request, known: Circumstances) -> Iterator[Finding]:
    for places in _by_person(request).values():
        events = [request.events[place] for place in places]
        names = [name for event in events for name in answers(event)]
        if len(events) == 1 or len(set(names)) < len(names):
            continue  # the same question twice: these are two responses
        given = [event.properties.get(_SUBMISSION) for event in events]
        if is_blank(given[0]) or any(one != given[0] for one in given):
            says = f"These {len(events)} parts count as {len(events)} responses."
            path = request.event_path(places[1]) + prop(_SUBMISSION)
            yield Finding(path=path, says=says, mend=_joined(request, places, given, known))


@event_rule(
    Rule(
        id="survey.shown_side_effect",
        subject=Subject.FEATURE,
        severity=Severity.ALTERED,
        when="The event is survey shown",
        says="PostHog also writes the event's time to the person, as $survey_last_seen_date.",
        fix="Nothing has to be done. To write another date, put it into $set.",
        certainty=Certainty.CODE,
        docs=docs.SURVEYS,
    )
)
def shown_side_effect(event: Event, _: Circumstances) -> Iterator[Finding]:
    if event.name != "survey shown" or is_anonymous(event):
        return
    written = (event.properties.get("$set"), event.members.get("$set"))
    if not any(isinstance(one, Object) and "$survey_last_seen_date" in one for one in written):
        yield Finding(path=("event",))


RULES = (
    no_id,
    no_answer,
    parts,
    shown_side_effect,
)

_SURVEY_EVENTS = frozenset({"survey shown", SENT, "survey dismissed", "survey abandoned"})
_SUBMISSION = "$survey_submission_id"


def _by_person(request: Request) -> dict[tuple[Value, ...], list[int]]:
    """Places of the events with answers, by person, survey and its iteration."""
    found: dict[tuple[Value, ...], list[int]] = {}
    for place, event in enumerate(request.events):
        if event.name == SENT and answers(event):
            said = event.properties
            key = (event.person, said.get("$survey_id"), said.get("$survey_iteration"))
            if all(part is None or isinstance(part, str | Number) for part in key):
                found.setdefault(key, []).append(place)
    return found


def _joined(
    request: Request, places: Sequence[int], given: Sequence[Value], known: Circumstances
) -> Mend:
    """One submission ID for all: the first that is there, else a new one."""
    fresh = uuid7(milliseconds(known.now), known.randomness)
    common = next((one for one in given if not is_blank(one)), fresh)
    paths: list[Path] = [request.event_path(place) for place in places]
    edits = [Put(path=path + prop(_SUBMISSION), value=common) for path in paths]
    edits.append(Put(path=paths[-1] + prop("$survey_completed"), value=True))
    return Mend(label="Make them one response", edits=tuple(edits))
