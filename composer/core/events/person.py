"""Events that change a person: identify, set properties, add an ID. Data only.

Source: event-catalogue.md, sections 4, 5 and 8.
"""

from dataclasses import replace

from composer.core.events import common
from composer.core.fields import EventType, Family, Field
from composer.core.jsontext import Number, Object

IDENTIFY = EventType(
    id="identify",
    family=Family.PERSON,
    title="Identify a person",
    event="$identify",
    summary="Sets properties of a person and, if you give an earlier anonymous ID, joins what "
    "was done under that ID to this person.",
    docs="https://posthog.com/docs/product-analytics/identify",
    pitfalls=(
        "Nothing is joined without an earlier ID, and the person is not marked as identified.",
        "An earlier ID of a person who is identified already is not joined, without a word.",
        "Placeholders such as guest or null as an ID keep PostHog from joining.",
    ),
    fields=(
        replace(common.PERSON, help="The ID that stays, such as the number in your database."),
        Field(
            key="$anon_distinct_id",
            label="Earlier anonymous ID",
            help="The ID the person had before signing in. Leave it empty if there is none.",
            example="visitor-7c1e",
            max_length=200,
        ),
        replace(
            common.SET,
            label="Person properties",
            help="Facts about the person. They replace what stands there.",
            example=Object((("email", "noor@shop.example"), ("plan", "pro"))),
            advanced=False,
        ),
        replace(
            common.SET_ONCE,
            label="First-time properties",
            help="Kept for good: written only where the person has no value yet.",
            example=Object((("signup_channel", "trade fair"),)),
            advanced=False,
        ),
    ),
)

SET_PROPERTIES = EventType(
    id="set",
    family=Family.PERSON,
    title="Set person properties",
    event="$set",
    summary="Changes facts about one person without claiming that the person did anything.",
    docs="https://posthog.com/docs/product-analytics/person-properties",
    pitfalls=(
        "If properties stand both here and at the top level of the JSON, the top level wins.",
        "All properties of one person together must stay below 512 KB.",
    ),
    fields=(
        replace(
            common.SET,
            label="Properties to set",
            help="At least one. They replace what stands there.",
            example=Object((("plan", "pro"), ("seats", Number("14")), ("is_vip", True))),
            required=True,
            advanced=False,
        ),
        replace(
            common.SET_ONCE,
            label="Set only if empty",
            help="Written only where the person has no value yet.",
            example=Object((("first_plan", "starter"),)),
            advanced=False,
        ),
        replace(common.LAST_SEEN, advanced=False),
    ),
)

ALIAS = EventType(
    id="alias",
    family=Family.PERSON,
    title="Add another ID",
    event="$create_alias",
    summary="Tells PostHog that two IDs are one person. The person of the other ID becomes part "
    "of the main one; from then on both IDs lead to the same profile.",
    docs="https://posthog.com/docs/api/capture#alias",
    pitfalls=(
        "The direction counts: the other ID is taken in, the main ID and its values stay.",
        "An ID of a person who is identified already is not taken in, without a word.",
        "It cannot be undone.",
    ),
    fields=(
        replace(common.PERSON, help="The main ID. This profile stays."),
        Field(
            key="alias",
            label="Other ID",
            help="This ID is taken in. It must not be the main ID of someone identified.",
            example="crm-55091",
            required=True,
            max_length=200,
        ),
    ),
)

PERSON_EVENTS = (IDENTIFY, SET_PROPERTIES, ALIAS)
