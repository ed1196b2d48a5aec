"""Shapes of old SDKs, kept as they were: much stands at the top that PostHog no longer reads there.

Source: event-catalogue.md, sections 32 to 37. What each becomes today: ``composer.core.convert``.
Data only.
"""

from dataclasses import replace

from composer.core.events import common
from composer.core.fields import EventType, Family, Field, Kind, Mark, Place, Priority
from composer.core.jsontext import Object, Value
from composer.core.rows import RowKind

IGNORED = "PostHog ignores this field today."

_DOCS = "https://posthog.com/docs/api/capture"


def _old(key: str, label: str, words: str, example: Value, *, kind: Kind = Kind.TEXT) -> Field:
    """A member at the top that PostHog passes over."""
    return Field(
        key=key,
        label=label,
        kind=kind,
        place=Place.TOP,
        help=words,
        example=example,
        ignored=IGNORED,
    )


def _type(name: str) -> Field:
    return _old("type", "Type", "Said once what kind of message this is.", name)


MESSAGE_ID = _old("messageId", "Message ID", "Said once which message this is.", "m-0091")

CONTEXT = replace(
    _old(
        "context",
        "Context",
        "Said once where the message came from.",
        Object((("library", "old-sdk"),)),
        kind=Kind.VALUE,
    ),
    kinds=(RowKind.OBJECT, RowKind.TEXT),
)

CATEGORY = _old("category", "Category", "A heading for pages or screens.", "Shop")

_SAYS_LITTLE = (Mark(path=("context",)), Mark(path=("messageId",)))
_NO_TOP_PERSON = Mark(path=("properties", "distinct_id"), unless=("distinct_id",))


def _is(name: str) -> Mark:
    return Mark(path=("type",), value=name)


LEGACY_ALIAS = EventType(
    id="legacy_alias",
    family=Family.LEGACY,
    title="Old: alias",
    event="$create_alias",
    marks=(_is("alias"), *_SAYS_LITTLE, _NO_TOP_PERSON),
    priority=Priority.ADVANCED,
    summary="How old SDKs added another ID to a person. It still works, because PostHog also looks "
    "for the main ID inside the properties.",
    docs=f"{_DOCS}#alias",
    pitfalls=("The other ID becomes part of the main one, not the other way round.",),
    person=("properties", "distinct_id"),
    fields=(
        replace(
            common.PERSON,
            label="Main ID",
            place=Place.PROPERTIES,
            help="This profile stays. Today it stands at the top of the JSON.",
        ),
        Field(
            key="alias",
            label="Other ID",
            help="This ID is taken in. It must not be the main ID of someone identified.",
            example="old-5512-web",
            required=True,
            max_length=200,
        ),
        _type("alias"),
        CONTEXT,
        replace(MESSAGE_ID, help="Not part of this old shape, but found beside it.", advanced=True),
        replace(
            common.PERSON,
            label="Main ID at the top",
            help="If it is there, it counts in place of the one in the properties.",
            required=False,
            advanced=True,
        ),
    ),
)

LEGACY_CAPTURE = EventType(
    id="legacy_capture",
    family=Family.LEGACY,
    title="Old: capture",
    marks=(_is("capture"), *_SAYS_LITTLE),
    priority=Priority.ADVANCED,
    summary="How old SDKs sent an ordinary event. PostHog stores it as one, without what it no "
    "longer reads.",
    docs=f"{_DOCS}#single-event",
    pitfalls=(
        "Old hosts such as app.posthog.com do not take events. Send to the region's own host.",
        "The message ID does not keep a repeated send from counting twice. The event ID does.",
    ),
    fields=(_type("capture"), MESSAGE_ID, CONTEXT),
)

LEGACY_IDENTIFY = EventType(
    id="legacy_identify",
    family=Family.LEGACY,
    title="Old: identify",
    event="$identify",
    marks=(
        _is("identify"),
        *_SAYS_LITTLE,
        Mark(path=("$set",), unless=("properties", "$anon_distinct_id")),
    ),
    priority=Priority.ADVANCED,
    summary="How old SDKs set properties of a person. PostHog still takes them from the top of the "
    "JSON. It joins nothing: there is no earlier ID.",
    docs=f"{_DOCS}#identify",
    pitfalls=("Without person properties it does no more than create the person.",),
    fields=(
        replace(
            common.SET,
            label="Person properties",
            place=Place.TOP,
            help="Written to the person. Today they stand inside the properties.",
            example=Object((("email", "noor@larkspur.example"),)),
            required=True,
            advanced=False,
        ),
        _type("identify"),
        MESSAGE_ID,
        CONTEXT,
        replace(
            common.SET_ONCE,
            label="Person properties to set once",
            place=Place.TOP,
            help="Written only where the person has no value. Today they stand in the properties.",
        ),
    ),
)

LEGACY_GROUP = EventType(
    id="legacy_group",
    family=Family.LEGACY,
    title="Old: group",
    event="$group",
    marks=(_is("group"), *_SAYS_LITTLE),
    priority=Priority.ADVANCED,
    summary="How old SDKs wrote about a group. Today it creates none: all that is left is an event "
    "called $group.",
    docs=f"{_DOCS}#group-identify",
    pitfalls=(
        "PostHog answers 200 all the same. Convert it, and the group is created.",
        "Today PostHog also wants to know the kind of group, which this shape does not have.",
    ),
    fields=(
        _old("groupId", "Group ID", "Your ID for the group.", "acme-881"),
        _old(
            "traits",
            "Traits",
            "Facts about the group.",
            Object((("name", "Acme Bakeries"),)),
            kind=Kind.PROPERTIES,
        ),
        _type("group"),
        MESSAGE_ID,
        CONTEXT,
    ),
)

LEGACY_PAGE = EventType(
    id="legacy_page",
    family=Family.LEGACY,
    title="Old: page",
    event="$page",
    marks=(_is("page"), *_SAYS_LITTLE),
    priority=Priority.ADVANCED,
    summary="How old SDKs told of a page that was looked at. PostHog stores an event called $page, "
    "which web analytics does not count.",
    docs=f"{_DOCS}#pageview",
    pitfalls=("To be counted as a page view it also needs the page's address.",),
    fields=(
        _old("name", "Page name", "What the page is called.", "Menu"),
        CATEGORY,
        _type("page"),
        MESSAGE_ID,
        CONTEXT,
    ),
)

LEGACY_SCREEN = EventType(
    id="legacy_screen",
    family=Family.LEGACY,
    title="Old: screen",
    event="$screen",
    marks=(
        _is("screen"),
        *_SAYS_LITTLE,
        Mark(path=("name",)),
        Mark(path=("category",)),
    ),
    priority=Priority.ADVANCED,
    summary="How old SDKs told of a screen of an app. PostHog stores it without the screen's name, "
    "which it now reads from the properties.",
    docs=f"{_DOCS}#screen-view",
    pitfalls=("It looks right among the events, and is of no use in reports by screen.",),
    fields=(
        _old("name", "Screen", "What the screen is called.", "Basket"),
        CATEGORY,
        _type("screen"),
        MESSAGE_ID,
        CONTEXT,
    ),
)

LEGACY_EVENTS = (
    LEGACY_ALIAS,
    LEGACY_CAPTURE,
    LEGACY_IDENTIFY,
    LEGACY_GROUP,
    LEGACY_PAGE,
    LEGACY_SCREEN,
)
