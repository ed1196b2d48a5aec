"""Events that change a group: a company, workspace or project. Data only.

Source: event-catalogue.md, section 10.
"""

from dataclasses import replace

from composer.core.events import common
from composer.core.fields import EventType, Family, Field, Kind
from composer.core.jsontext import Number, Object

GROUP_IDENTIFY = EventType(
    id="groupidentify",
    family=Family.GROUP,
    title="Set group properties",
    event="$groupidentify",
    summary="Creates a company, workspace or project in PostHog, or changes its properties.",
    docs="https://posthog.com/docs/api/capture#group-identify",
    pitfalls=(
        "Without kind and ID PostHog answers 200 and creates nothing.",
        "A project has five kinds of groups. A sixth is ignored.",
        "Person properties on this event are removed.",
    ),
    fields=(
        replace(
            common.PERSON,
            help="PostHog asks for one. It does not own the group; use a fixed one.",
            example="group-setup",
        ),
        Field(
            key="$group_type",
            label="Group type",
            help="Singular and in small letters, such as company.",
            example="company",
            required=True,
            max_length=400,
        ),
        Field(
            key="$group_key",
            label="Group key",
            help="Your ID for this group. Beyond 400 characters PostHog drops the event.",
            example="acme-881",
            required=True,
            max_length=400,
        ),
        Field(
            key="$group_set",
            label="Group properties",
            kind=Kind.PROPERTIES,
            help="Facts about the group. PostHog shows it under its name.",
            example=Object(
                (("name", "Acme Bakeries"), ("industry", "food"), ("employees", Number("240")))
            ),
        ),
    ),
)

GROUP_EVENTS = (GROUP_IDENTIFY,)
