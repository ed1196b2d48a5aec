"""Several events in one request: a batch, and an import of old events. Data only.

Source: event-catalogue.md, sections 30 and 31. Such a body is no event: it has no name, person or
time of its own, and its members stand at the top.
"""

from dataclasses import replace

from composer.core.fields import (
    Action,
    Column,
    EventType,
    Family,
    Field,
    Kind,
    Mark,
    Place,
    Priority,
)
from composer.core.jsontext import Object

EVENTS = Field(
    key="batch",
    label="Events",
    kind=Kind.EVENTS,
    place=Place.TOP,
    help="Each one is an event of its own, without a project token: that of the batch counts.",
    example=(
        Object((("event", "invoice paid"), ("distinct_id", "customer-42"))),
        Object((("event", "seat added"), ("distinct_id", "customer-57"))),
    ),
    required=True,
    columns=(
        Column(key="event", required=True),
        Column(key="distinct_id", required=True),
        Column(key="timestamp"),
    ),
)

HISTORICAL = Field(
    key="historical_migration",
    label="Import of old events",
    kind=Kind.YES_NO,
    place=Place.TOP,
    help="Yes takes a slower lane that sets off no alarms. For events older than 48 hours.",
    example=False,
)

SENT_AT = Field(
    key="sent_at",
    label="Sent at",
    kind=Kind.TIME,
    place=Place.TOP,
    help="Moves every time by the difference to PostHog's clock. Leave it out for chosen times.",
    example="2026-03-14T09:30:00Z",
    advanced=True,
    action=Action.NOW,
)

BATCH = EventType(
    id="batch",
    family=Family.MANY,
    title="Batch",
    summary="Several events in one request. PostHog checks all of them first: one that is wrong "
    "makes it refuse the whole request.",
    docs="https://posthog.com/docs/api/capture#batch-events",
    pitfalls=(
        "The token stands beside the events. If not, PostHog complains about an event's name.",
        "Keep a request near 5 MB and one event under 900 KiB.",
        "After a 413 some may be stored already: send the others again with the same event IDs.",
    ),
    fields=(HISTORICAL, EVENTS, SENT_AT),
    is_batch=True,
)

HISTORICAL_IMPORT = EventType(
    id="historical",
    family=Family.MANY,
    title="Historical import",
    marks=(Mark(path=("historical_migration",), value=True),),
    priority=Priority.COMMON,
    summary="Old events in one request. PostHog takes them by a slower lane that is made for "
    "imports and sets off no alarms.",
    docs="https://posthog.com/docs/migrate",
    pitfalls=(
        "Leave “Sent at” out: it would move every time.",
        "It can take much longer than usual until the events appear.",
        "Old events write over what stands on a person today. Use $set_once, or no $set.",
    ),
    fields=(
        replace(HISTORICAL, required=True, example=True, default=True),
        replace(
            EVENTS,
            help="Each one with the time at which it happened, or the import's time counts.",
            example=(
                Object(
                    (
                        ("event", "order placed"),
                        ("distinct_id", "customer-42"),
                        ("timestamp", "2024-03-04T08:15:00Z"),
                    )
                ),
            ),
            columns=tuple(replace(column, required=True) for column in EVENTS.columns),
        ),
        SENT_AT,
    ),
    is_batch=True,
)

BATCHES = (BATCH, HISTORICAL_IMPORT)
