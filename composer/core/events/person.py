"""Events that change a person: identify, set and remove properties, join IDs. Data only.

Source: event-catalogue.md, sections 4 to 9.
"""

from dataclasses import replace

from composer.core.events import common
from composer.core.fields import EventType, Family, Field, Kind, Mark, Place, Priority
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
    marks=(Mark(path=("properties", "$set")),),
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

SET_ONCE_PROPERTIES = EventType(
    id="set_once",
    family=Family.PERSON,
    title="Set properties once",
    event="$set",
    names=("$set", "$set_once"),
    marks=(Mark(path=("properties", "$set_once")),),
    priority=Priority.COMMON,
    summary="Writes facts about one person that are to stay as they first were. Where the person "
    "has a value already, that one is kept.",
    docs="https://posthog.com/docs/product-analytics/person-properties",
    pitfalls=(
        "Nothing tells you that an older value was kept. Look at the person in PostHog.",
        "An event called $set_once does the same, but only $set skips PostHog's noise filter.",
    ),
    fields=(
        Field(
            key="event",
            label="Event name",
            kind=Kind.CHOICE,
            place=Place.TOP,
            help="$set is the name to use. Some SDKs send $set_once, which works too.",
            example="$set",
            choices=("$set", "$set_once"),
            advanced=True,
            max_length=200,
        ),
        replace(
            common.SET_ONCE,
            label="Properties to set once",
            help="At least one. Written only where the person has no value yet.",
            example=Object((("acquired_by", "Marta"), ("first_seen_store", "Lyon"))),
            required=True,
            advanced=False,
        ),
        replace(common.LAST_SEEN, advanced=False),
    ),
)

UNSET_PROPERTIES = EventType(
    id="unset",
    family=Family.PERSON,
    title="Remove properties",
    event="$set",
    marks=(Mark(path=("properties", "$unset")),),
    priority=Priority.COMMON,
    summary="Deletes properties from the profile of one person. Names that the person does not "
    "have are passed over.",
    docs="https://posthog.com/docs/product-analytics/person-properties",
    pitfalls=(
        "It works inside the properties alone. At the top level of the JSON PostHog discards it.",
        "Earlier events keep the values with which they were stored.",
        "The list may stand on an event of any name; $set is the one that claims nothing else.",
    ),
    fields=(
        replace(
            common.UNSET,
            label="Properties to remove",
            help="Their exact names; capital letters count.",
            example=("trial_ends_at", "old_crm_id"),
            required=True,
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

MERGE = EventType(
    id="merge",
    family=Family.PERSON,
    title="Force-merge people",
    event="$merge_dangerously",
    priority=Priority.ADVANCED,
    summary="Makes one person of two even where PostHog refuses to add another ID because both are "
    "identified. Use it to repair a person who exists twice.",
    docs="https://posthog.com/docs/product-analytics/identify",
    pitfalls=(
        "It cannot be undone: splitting the person later does not bring the history back.",
        "Look at both profiles in PostHog first, and at which ID stands in which field.",
        "IDs of nobody, such as guest or null, are refused here too.",
        "A person with very many IDs can be too large: PostHog then puts the event aside.",
    ),
    fields=(
        replace(common.PERSON, help="The ID of the person who stays."),
        Field(
            key="alias",
            label="Person to take in",
            help="The ID of the person who disappears into the other one.",
            example="customer-42-old",
            required=True,
            max_length=200,
        ),
    ),
)

PERSON_EVENTS = (
    IDENTIFY,
    SET_PROPERTIES,
    SET_ONCE_PROPERTIES,
    UNSET_PROPERTIES,
    ALIAS,
    MERGE,
)
