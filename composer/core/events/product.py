"""Events of a product: custom, anonymous, linked to a group. Data only.

Source: event-catalogue.md, sections 1 to 3. Their names are the person's to choose, so the
common ``EVENT_NAME`` leads their forms.
"""

from dataclasses import replace

from composer.core.events import common
from composer.core.fields import EventType, Family, Field, Kind, Mark
from composer.core.jsontext import Object

CUSTOM = EventType(
    id="custom",
    family=Family.PRODUCT,
    title="Custom event",
    summary="A person did something in your product. PostHog stores the event and, if the person "
    "is new, creates a profile.",
    docs="https://posthog.com/docs/api/capture#single-event",
    pitfalls=(
        "Names that begin with $ belong to PostHog: a name of your own is taken for one of them.",
        "Facts about the person go into “Also update the person”, not into the properties.",
        "Without “Do not add a location” the customer gets the place you send from.",
    ),
    fields=(common.CURRENT_URL,),
)

ANONYMOUS = EventType(
    id="anonymous",
    family=Family.PRODUCT,
    title="Anonymous event",
    marks=(Mark(path=("properties", "$process_person_profile"), value=False),),
    summary="Something happened, and no person profile shall be made or changed. If the ID "
    "already belongs to a person, PostHog links the event to that person all the same.",
    docs="https://posthog.com/docs/data/anonymous-vs-identified-events",
    pitfalls=(
        "Person properties on such an event are removed without a word.",
        "Groups stay readable on the event, but do not link it to the group.",
        "An ID that was ever identified cannot become anonymous again. Choose a new one.",
    ),
    fields=(
        Field(
            key="$process_person_profile",
            label="Create or update a person",
            kind=Kind.YES_NO,
            help="No keeps the event anonymous. Yes makes an ordinary event of it.",
            example=False,
            default=False,
            required=True,
        ),
        common.CURRENT_URL,
    ),
)

GROUP_EVENT = EventType(
    id="group_event",
    family=Family.PRODUCT,
    title="Event of a group",
    marks=(Mark(path=("properties", "$groups"), shape=Object),),
    summary="Something happened, and it belongs to a company, workspace or project. The group "
    "gets a profile of its own only through “Set group properties”.",
    docs="https://posthog.com/docs/api/capture#groups",
    pitfalls=(
        "A misspelled kind of group uses up one of the five that a project has.",
        "An event can belong to one group of each kind, not to two.",
        "Where no person was involved, use one fixed ID such as group-events.",
    ),
    fields=(
        replace(
            common.GROUPS,
            help="Kind of group on the left (company), your ID for it on the right (acme-881).",
            example=Object((("company", "acme-881"), ("workspace", "ws-lyon"))),
            required=True,
            advanced=False,
        ),
        common.CURRENT_URL,
    ),
)

PRODUCT_EVENTS = (CUSTOM, ANONYMOUS, GROUP_EVENT)
