"""Rules about what joining two IDs to one person does (ingestion-rules.md, 2.8).

The two IDs themselves have ``merge_ids``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from composer.core.verdicts.request import Circumstances, Event, Request
from composer.core.verdicts.rule import Finding, Rule, UnknowableRule, event_rule, request_rule
from composer.core.verdicts.rules import docs
from composer.core.verdicts.rules.merge_ids import ALIAS, ANONYMOUS, FORCED, SECOND, pair
from composer.core.verdicts.rules.people import at
from composer.core.verdicts.scales import Certainty, Severity, Subject


@request_rule(
    Rule(
        id="merge.already_identified",
        subject=Subject.MERGE,
        severity=Severity.WARNING,
        when="The ID to be folded in belongs to an identified person, as far as this app's history "
        "and the request itself tell",
        says="As far as this app knows, the ID to be folded in is a known person already: PostHog "
        "keeps the two apart.",
        fix="Swap the two IDs if the other one is new. Otherwise only a forced merge joins them.",
        certainty=Certainty.CODE,
        docs=docs.IDENTIFY,
    )
)
def already_identified(request: Request, known: Circumstances) -> Iterator[Finding]:
    merges = [
        (index, event.name, both)
        for index, event in enumerate(request.events)
        if event.name in SECOND and (both := pair(event))
    ]
    if not merges:
        return
    joined = dict(known.memory.joined)
    identified = set(joined.values())
    for index, name, (kept, folded) in merges:
        target, source = _end(joined, kept), _end(joined, folded)
        if target == source:
            continue
        if source in identified and name != FORCED:
            yield Finding(path=(*request.event_path(index), *at(SECOND[name])))
        else:
            joined[source] = target
            identified.add(target)


@event_rule(
    Rule(
        id="merge.direction",
        subject=Subject.MERGE,
        severity=Severity.ADVICE,
        when="An ID is added with $create_alias",
        says="The person in distinct_id stays; the ID in alias is folded into it.",
        fix="If you mean it the other way round, swap the two.",
        certainty=Certainty.DISPUTED,
        docs=docs.IDENTIFY,
    )
)
def direction(event: Event, _: Circumstances) -> Iterator[Finding]:
    if event.name == "$create_alias" and pair(event):
        yield Finding(path=at(ALIAS))


@event_rule(
    Rule(
        id="merge.identify_alone",
        subject=Subject.MERGE,
        severity=Severity.ADVICE,
        when="$identify has no $anon_distinct_id",
        says="This sets properties only: nobody is joined or marked as identified.",
        fix="Add the earlier ID, or use a $set event.",
        certainty=Certainty.CODE,
        docs=docs.IDENTIFY,
    )
)
def identify_alone(event: Event, _: Circumstances) -> Iterator[Finding]:
    if event.name == "$identify" and ANONYMOUS not in event.properties:
        yield Finding(path=at(ANONYMOUS))


race = UnknowableRule(
    rule=Rule(
        id="merge.race",
        subject=Subject.MERGE,
        severity=Severity.WARNING,
        when="The same people are joined many times at once",
        says="PostHog gives up after several tries, and the people stay apart.",
        fix="Wait a little and send the event again.",
        certainty=Certainty.CODE,
        docs=docs.WARNINGS,
    ),
    because="What other senders do at the same moment cannot be seen from here.",
    ask="The project's list of ingestion warnings (merge_race_condition).",
)

too_many_ids = UnknowableRule(
    rule=Rule(
        id="merge.too_many_ids",
        subject=Subject.MERGE,
        severity=Severity.DROPPED,
        when="The person to be folded in has very many IDs",
        says="PostHog sets the event aside, because there are too many IDs to move.",
        fix="Ask PostHog's support to join the two.",
        certainty=Certainty.CODE,
        docs=docs.WARNINGS,
    ),
    because="How many IDs a person has is known to PostHog alone.",
    ask="The person's page in PostHog, which lists the IDs.",
)


@event_rule(
    Rule(
        id="merge.forced",
        subject=Subject.MERGE,
        severity=Severity.ADVICE,
        when="Two people are joined with $merge_dangerously",
        says="A forced merge cannot be undone.",
        fix="Compare both IDs once more before you send.",
        certainty=Certainty.DOCUMENTED,
        docs=docs.IDENTIFY,
    )
)
def forced(event: Event, _: Circumstances) -> Iterator[Finding]:
    if event.name == FORCED and pair(event):
        yield Finding(path=at(ALIAS))


@event_rule(
    Rule(
        id="merge.properties",
        subject=Subject.MERGE,
        severity=Severity.ALTERED,
        when="Two IDs are joined; it is advice unless this app's history knows both as people",
        says="Where both people have a value, that of the person who stays wins. The earlier day "
        "of creation is kept.",
        fix="Set the values you want afterwards.",
        certainty=Certainty.CODE,
        docs=docs.IDENTIFY,
    )
)
def properties(event: Event, known: Circumstances) -> Iterator[Finding]:
    both = pair(event)
    if both is None:
        return
    people, joined = known.memory.people, known.memory.joined
    if _end(joined, both[0]) == _end(joined, both[1]):
        return  # one person already
    known_both = all(one in people.get(one.lower(), ()) for one in both)
    severity = None if known_both else Severity.ADVICE
    yield Finding(path=at(SECOND[event.name]), severity=severity)


RULES = (
    already_identified,
    direction,
    identify_alone,
    race,
    too_many_ids,
    forced,
    properties,
)


def _end(joined: Mapping[str, str], one: str) -> str:
    """The ID that ``one`` was folded into in the end; itself if it was not."""
    seen = {one}
    while (further := joined.get(one)) is not None and further not in seen:
        seen.add(further)
        one = further
    return one
