"""How fast a page was. Data only.

Source: event-catalogue.md, section 16.
"""

from dataclasses import replace

from composer.core.events.pages import ADDRESS_FIELDS, SESSION
from composer.core.fields import EventType, Family, Field, Kind, Priority
from composer.core.jsontext import Number, Object


def _measured(short: str, label: str, words: str, example: str) -> Field:
    return Field(
        key=f"$web_vitals_{short}_value",
        label=label,
        kind=Kind.NUMBER,
        help=words,
        example=Number(example),
    )


def _raw(short: str, example: str) -> Field:
    return Field(
        key=f"$web_vitals_{short}_event",
        label=f"{short} in detail",
        kind=Kind.PROPERTIES,
        help="The raw measurement that the browser SDK adds.",
        example=Object((("name", short), ("value", Number(example)), ("rating", "good"))),
        advanced=True,
    )


WEB_VITALS = EventType(
    id="web_vitals",
    family=Family.ACTIVITY,
    title="Web vitals",
    event="$web_vitals",
    priority=Priority.ADVANCED,
    summary="How fast a page came up, how soon it answered and how steady it stayed. PostHog shows "
    "it under web vitals.",
    docs="https://posthog.com/docs/web-analytics/web-vitals",
    pitfalls=(
        "Give at least one of the four values.",
        "Write numbers, not text: PostHog leaves out what it cannot read as a number.",
        "Times are in milliseconds: 1840 is 1.84 seconds.",
    ),
    fields=(
        _measured("LCP", "Largest paint", "LCP: until the largest part was drawn, in ms.", "1840"),
        _measured("FCP", "First paint", "FCP: until the first part was drawn, in ms.", "910"),
        _measured(
            "INP", "Next paint", "INP: from a click or key to the next picture, in ms.", "120"
        ),
        _measured(
            "CLS", "Layout shift", "CLS: how much the page jumped. No unit; 0 is best.", "0.03"
        ),
        replace(ADDRESS_FIELDS[0], required=False, example="https://shop.example/menu"),
        SESSION,
        *(replace(known, advanced=True) for known in ADDRESS_FIELDS[1:3]),
        _raw("LCP", "1840"),
        _raw("FCP", "910"),
        _raw("INP", "120"),
        _raw("CLS", "0.03"),
    ),
)
