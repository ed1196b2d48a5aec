"""Clicks and changes on the elements of a page. Data only.

Source: event-catalogue.md, sections 14 and 15.
"""

from dataclasses import replace

from composer.core.events import common
from composer.core.events.pages import SESSION
from composer.core.fields import EventType, Family, Field, Kind, Part, Priority, Shape
from composer.core.jsontext import Number, Object

EVENT_KIND = Field(
    key="$event_type",
    label="What was done",
    kind=Kind.CHOICE,
    help="Click, submit or change. Actions in PostHog are matched by it.",
    example="click",
    choices=("click", "submit", "change"),
)

PAGE = replace(
    common.CURRENT_URL,
    help="The address of the page that the element is on.",
    example="https://shop.example/menu",
    advanced=False,
)


def _part(
    key: str, label: str, example: str, kind: Kind = Kind.TEXT, *, wide: bool = False
) -> Part:
    shown = Number(example) if kind is Kind.NUMBER else example
    return Part(
        path=(key,), field=Field(key=key, label=label, kind=kind, example=shown), is_wide=wide
    )


ELEMENT = Shape(
    noun="element",
    title=(("tag_name",), ("$el_text",)),
    opens=2,
    parts=(
        Part(
            path=("tag_name",),
            field=Field(key="tag_name", label="Tag", example="button", default="", required=True),
        ),
        _part("$el_text", "Text", "Order"),
        _part("attr__id", "ID", "order"),
        _part("attr__class", "Classes", "btn btn-main", Kind.WORDS),
        _part("attr__href", "Link", "/basket", wide=True),
        _part("nth_child", "Child no.", "1", Kind.NUMBER),
        _part("nth_of_type", "Of its tag", "1", Kind.NUMBER),
    ),
)

ELEMENTS = Field(
    key="$elements",
    label="Elements",
    kind=Kind.ITEMS,
    help="The element itself first, then the one around it, and so on outwards.",
    example=(
        Object(
            (
                ("tag_name", "button"),
                ("$el_text", "Order"),
                ("nth_child", Number("1")),
                ("nth_of_type", Number("1")),
            )
        ),
    ),
    shape=ELEMENT,
)

CHAIN = Field(
    key="$elements_chain",
    label="Elements as one text",
    help="Ready-made, as PostHog stores it. It counts before the list of elements.",
    example='button.btn:attr__class="btn"nth-child="1"nth-of-type="1"text="Order"',
    advanced=True,
)

AUTOCAPTURE = EventType(
    id="autocapture",
    family=Family.ACTIVITY,
    title="Element interaction",
    event="$autocapture",
    priority=Priority.ADVANCED,
    summary="A person clicked, submitted or changed something on a page, as PostHog's browser SDK "
    "records it by itself. Use it to try out the definition of an action.",
    docs="https://posthog.com/docs/product-analytics/autocapture",
    pitfalls=(
        "PostHog moves the elements to a place of their own, away from the properties.",
        "PostHog cuts the text of an element at 400 characters and its link at 2,048.",
        "Without elements, as a list or as one text, no action will match.",
    ),
    fields=(
        replace(EVENT_KIND, required=True),
        ELEMENTS,
        Field(
            key="$el_text",
            label="Text of the element",
            help="The words that people see on it.",
            example="Order",
            max_length=400,
        ),
        PAGE,
        SESSION,
        CHAIN,
        Field(
            key="$external_click_url",
            label="Link to another site",
            kind=Kind.URL,
            help="Where the link leads, if that is on another host.",
            example="https://maps.example/lyon",
            advanced=True,
        ),
    ),
)

RAGE_CLICK = EventType(
    id="rageclick",
    family=Family.ACTIVITY,
    title="Rage click",
    event="$rageclick",
    priority=Priority.ADVANCED,
    summary="A person clicked on one spot again and again. PostHog lists it beside recordings and "
    "in the toolbar.",
    docs="https://posthog.com/docs/product-analytics/autocapture",
    pitfalls=("PostHog's browser SDK makes these events. Send one by hand only to try it out.",),
    fields=(PAGE, ELEMENTS, EVENT_KIND, SESSION, CHAIN),
)
