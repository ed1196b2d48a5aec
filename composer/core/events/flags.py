"""Feature flags: who got which value, and who opted in. Data only.

Source: event-catalogue.md, sections 21 and 22.
"""

from dataclasses import replace

from composer.core.events import common
from composer.core.fields import EventType, Family, Field, Follow, Kind, Priority
from composer.core.jsontext import Number, Object
from composer.core.rows import RowKind

FLAG = Field(
    key="$feature_flag",
    label="Flag key",
    help="The flag's key, as it stands in PostHog.",
    example="new-basket",
    required=True,
)

FLAG_CALLED = EventType(
    id="flag_called",
    family=Family.FLAG,
    title="Feature flag checked",
    event="$feature_flag_called",
    priority=Priority.COMMON,
    summary="A person was given a value of a feature flag. PostHog counts it as use of the flag "
    "and, in an experiment, as taking part.",
    docs="https://posthog.com/docs/feature-flags",
    pitfalls=(
        "The name begins with $. One example in PostHog's own documentation leaves it out.",
        "PostHog may drop repeats of the same person, flag and value within some time.",
        "For flags that are on or off PostHog may take away properties of your own.",
        "Where the person does not exist yet, PostHog may store the event without one.",
    ),
    fields=(
        FLAG,
        Field(
            key="$feature_flag_response",
            label="Value",
            kind=Kind.VALUE,
            help="The key of the variant as text; for a flag that is on or off, yes or no.",
            example="variant-b",
            required=True,
            kinds=(RowKind.TEXT, RowKind.YES_NO),
        ),
        replace(
            common.FLAGS,
            help="Flag key and value once more, to filter events by it. Written for you.",
            advanced=False,
        ),
        Field(
            key="$feature_flag_payload",
            label="Payload",
            help="What came with the value, as JSON in a text.",
            example='{"colour": "green"}',
            advanced=True,
        ),
        Field(
            key="$feature_flag_id",
            label="Flag ID",
            kind=Kind.NUMBER,
            help="The number of the flag, from the answer of /flags.",
            example=Number("318"),
            advanced=True,
        ),
        Field(
            key="$feature_flag_version",
            label="Flag version",
            kind=Kind.NUMBER,
            help="How often the flag had been changed, from the answer of /flags.",
            example=Number("4"),
            advanced=True,
        ),
        Field(
            key="$feature_flag_reason",
            label="Reason",
            help="Why it was this value, from the answer of /flags.",
            example="Matched condition set 1",
            advanced=True,
        ),
        Field(
            key="$feature_flag_request_id",
            label="Flag request ID",
            help="The ID of the answer of /flags.",
            example="019a964c-b1c0-71e2-ab0d-549b6f03675a",
            advanced=True,
        ),
        Field(
            key="locally_evaluated",
            label="Evaluated locally",
            kind=Kind.YES_NO,
            help="Yes if your server worked the value out by itself.",
            example=False,
            advanced=True,
        ),
        replace(common.GROUPS, help="For a flag that is rolled out by group: kind, then ID."),
    ),
    follows=(
        Follow(
            parent=("properties",),
            prefix="$feature/",
            name=("properties", "$feature_flag"),
            value=("properties", "$feature_flag_response"),
        ),
    ),
)

FEATURE_ENROLLMENT = EventType(
    id="feature_enrollment",
    family=Family.FLAG,
    title="Early-access opt-in",
    event="$feature_enrollment_update",
    priority=Priority.ADVANCED,
    summary="A person joined or left an early-access feature. Flags of the feature read it from "
    "the person, where this event writes it.",
    docs="https://posthog.com/docs/feature-flags/early-access-feature-management",
    pitfalls=(
        "The person property does the work. Without it the event changes nothing.",
        "The names of the properties are remembered from the browser SDK, not documented.",
    ),
    fields=(
        replace(FLAG, help="The key of the feature's flag.", example="beta-menu"),
        Field(
            key="$feature_enrollment",
            label="Opted in",
            kind=Kind.YES_NO,
            help="Yes: the person takes part. No: not any more.",
            example=True,
            required=True,
        ),
        replace(
            common.SET,
            label="Person property",
            help="$feature_enrollment/ with the flag key. Written for you from the two above.",
            example=Object((("$feature_enrollment/beta-menu", True),)),
            required=True,
            advanced=False,
        ),
    ),
    follows=(
        Follow(
            parent=("properties", "$set"),
            prefix="$feature_enrollment/",
            name=("properties", "$feature_flag"),
            value=("properties", "$feature_enrollment"),
            is_needed=True,
        ),
    ),
)

FLAG_EVENTS = (FLAG_CALLED, FEATURE_ENROLLMENT)
