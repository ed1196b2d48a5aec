"""Views of pages, and leaving them. Data only.

Source: event-catalogue.md, sections 11 and 12. What can be read from the page's address is
filled in by ``composer.core.derive``.
"""

from dataclasses import replace

from composer.core.events import common
from composer.core.fields import Action, EventType, Family, Field, Kind, Priority
from composer.core.jsontext import Number

SESSION = replace(
    common.SESSION_ID,
    help="The same for all events of one visit. Without it the view is missing from visits.",
    advanced=False,
)

ADDRESS_FIELDS = (
    replace(
        common.CURRENT_URL,
        help="The whole address with https://. The button fills in host, path and campaign.",
        example="https://shop.example/menu?utm_source=newsletter",
        required=True,
        advanced=False,
        action=Action.URL_PARTS,
    ),
    Field(
        key="$host",
        label="Host",
        help="The address's domain. Web analytics filters by it.",
        example="shop.example",
    ),
    Field(
        key="$pathname",
        label="Path",
        help="What follows the domain, beginning with /. Page lists are grouped by it.",
        example="/menu",
    ),
    Field(
        key="title",
        label="Page title",
        help="The title in the browser's tab.",
        example="Menu - Shop",
    ),
)

REFERRER_FIELDS = (
    Field(
        key="$referrer",
        label="Referrer",
        kind=Kind.URL,
        help="The page the visitor came from, or $direct if there is none.",
        example="https://mail.example/inbox",
    ),
    Field(
        key="$referring_domain",
        label="Referring domain",
        help="The referrer's domain, or $direct. PostHog sorts visits into channels by it.",
        example="mail.example",
        advanced=True,
    ),
)

CAMPAIGN_FIELDS = (
    Field(
        key="utm_source",
        label="Campaign source",
        help="Where the link stood (utm_source).",
        example="newsletter",
        advanced=True,
    ),
    Field(
        key="utm_medium",
        label="Campaign medium",
        help="How the link got there (utm_medium).",
        example="email",
        advanced=True,
    ),
    Field(
        key="utm_campaign",
        label="Campaign name",
        help="Which campaign it was (utm_campaign).",
        example="spring",
        advanced=True,
    ),
    Field(
        key="utm_content",
        label="Campaign content",
        help="Which of several links it was (utm_content).",
        example="top-button",
        advanced=True,
    ),
    Field(
        key="utm_term",
        label="Campaign term",
        help="The word that was searched for (utm_term).",
        example="coffee",
        advanced=True,
    ),
    Field(
        key="gclid",
        label="Google click ID",
        help="Stands in the address of people who come from an advertisement (gclid).",
        example="Cj0KCQiA-sample",
        advanced=True,
    ),
    Field(
        key="fbclid",
        label="Meta click ID",
        help="The same for Facebook and Instagram (fbclid).",
        example="IwAR0-sample",
        advanced=True,
    ),
    Field(
        key="msclkid",
        label="Microsoft click ID",
        help="The same for Bing (msclkid).",
        example="b5c2f0d1-sample",
        advanced=True,
    ),
)

BROWSER_FIELDS = (
    Field(
        key="$browser",
        label="Browser",
        kind=Kind.CHOICE,
        help="The browser's name.",
        example="Firefox",
        advanced=True,
        choices=("Chrome", "Firefox", "Safari", "Mobile Safari", "Microsoft Edge", "Opera"),
    ),
    Field(
        key="$browser_version",
        label="Browser version",
        kind=Kind.NUMBER,
        help="The main version, as a number.",
        example=Number("140"),
        advanced=True,
    ),
    Field(
        key="$os",
        label="Operating system",
        kind=Kind.CHOICE,
        help="The system's name.",
        example="Windows",
        advanced=True,
        choices=("Windows", "Mac OS X", "Linux", "iOS", "Android"),
    ),
    Field(
        key="$os_version",
        label="System version",
        help="The operating system's version, as text.",
        example="11",
        advanced=True,
    ),
    Field(
        key="$device_type",
        label="Device type",
        kind=Kind.CHOICE,
        help="The kind of device.",
        example="Desktop",
        advanced=True,
        choices=("Desktop", "Mobile", "Tablet"),
    ),
    Field(
        key="$screen_width",
        label="Screen width",
        kind=Kind.NUMBER,
        help="In pixels.",
        example=Number("1920"),
        advanced=True,
    ),
    Field(
        key="$screen_height",
        label="Screen height",
        kind=Kind.NUMBER,
        help="In pixels.",
        example=Number("1080"),
        advanced=True,
    ),
    Field(
        key="$viewport_width",
        label="Window width",
        kind=Kind.NUMBER,
        help="The page's own area, in pixels.",
        example=Number("1440"),
        advanced=True,
    ),
    Field(
        key="$viewport_height",
        label="Window height",
        kind=Kind.NUMBER,
        help="The page's own area, in pixels.",
        example=Number("900"),
        advanced=True,
    ),
    Field(
        key="$raw_user_agent",
        label="User agent",
        help="How the browser names itself to servers. PostHog tells bots by it.",
        example="Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        advanced=True,
    ),
    Field(
        key="$pageview_id",
        label="Page view ID",
        kind=Kind.UUID,
        help="Ties together what happens while the page is open.",
        example="019a964c-b1c0-7d11-9738-f7d93d9c1724",
        advanced=True,
        action=Action.NEW_UUID,
    ),
)

PAGE_VIEW = EventType(
    id="pageview",
    family=Family.ACTIVITY,
    title="Page view",
    event="$pageview",
    summary="A person looked at a page of your site. PostHog uses it for web analytics, paths and "
    "visits, and copies page, browser and campaign to the person.",
    docs="https://posthog.com/docs/api/capture#pageview",
    pitfalls=(
        "It changes the person's browser and page. To try something out, send an anonymous event.",
        "A session ID is a version 7 UUID from the start of the visit, at most 24 hours before.",
        "A window ID without a session ID is of no use.",
    ),
    fields=(*ADDRESS_FIELDS, *REFERRER_FIELDS, SESSION, *CAMPAIGN_FIELDS, *BROWSER_FIELDS),
)

PAGE_LEAVE = EventType(
    id="pageleave",
    family=Family.ACTIVITY,
    title="Page leave",
    event="$pageleave",
    priority=Priority.COMMON,
    summary="A person left a page of your site. PostHog works out from it how long visits last and "
    "how far people scroll.",
    docs="https://posthog.com/docs/data/events",
    pitfalls=(
        "Give it the session ID of its page view, and a later time.",
        "Scroll depth and content seen go from 0 to 1: 0.8 is four fifths, 80 is not.",
    ),
    fields=(
        replace(
            ADDRESS_FIELDS[0],
            help="The page that is left. The button fills in host and path.",
            example="https://shop.example/menu",
        ),
        *ADDRESS_FIELDS[1:3],
        replace(SESSION, help="The same as on the page view."),
        Field(
            key="$prev_pageview_pathname",
            label="Path that was left",
            help="The path of the page that is left, beginning with /.",
            example="/menu",
        ),
        Field(
            key="$prev_pageview_duration",
            label="Seconds on the page",
            kind=Kind.NUMBER,
            help="How long the page was open, in seconds.",
            example=Number("42.7"),
        ),
        Field(
            key="$prev_pageview_last_scroll_percentage",
            label="Scrolled at the end",
            kind=Kind.NUMBER,
            help="How far down the page was when it was left, from 0 to 1.",
            example=Number("0.5"),
            advanced=True,
        ),
        Field(
            key="$prev_pageview_max_scroll_percentage",
            label="Scrolled at most",
            kind=Kind.NUMBER,
            help="The furthest point the person scrolled to, from 0 to 1.",
            example=Number("0.8"),
            advanced=True,
        ),
        Field(
            key="$prev_pageview_last_content_percentage",
            label="Content seen at the end",
            kind=Kind.NUMBER,
            help="How much of the content was above the window's lower edge, from 0 to 1.",
            example=Number("0.6"),
            advanced=True,
        ),
        Field(
            key="$prev_pageview_max_content_percentage",
            label="Content seen at most",
            kind=Kind.NUMBER,
            help="The largest part of the content that was seen, from 0 to 1.",
            example=Number("0.9"),
            advanced=True,
        ),
    ),
)
