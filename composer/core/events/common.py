"""Fields that every event has: name, person, time, event ID and the options behind "more options".

Source: event-catalogue.md, sections 0.1 and 0.2. Data only; which form shows which of them is
decided in ``composer.core.events``. The project token is no field: it stands beside the
destination.
"""

from composer.core.fields import Action, Field, Kind, Place
from composer.core.jsontext import Object

EVENT_NAME = Field(
    key="event",
    label="Event name",
    place=Place.TOP,
    help="What happened. Write it the same way each time: capital letters make another event.",
    example="invoice paid",
    required=True,
    max_length=200,
)

PERSON = Field(
    key="distinct_id",
    label="Person's ID",
    place=Place.TOP,
    help="The ID your product knows this person by, such as a customer number.",
    example="customer-42",
    required=True,
    max_length=200,
)

TIME = Field(
    key="timestamp",
    label="When",
    kind=Kind.TIME,
    place=Place.TOP,
    help="Date, time and time zone. Without it PostHog takes the time of arrival.",
    example="2026-03-14T09:30:00+01:00",
    action=Action.NOW,
)

EVENT_ID = Field(
    key="uuid",
    label="Event ID",
    kind=Kind.UUID,
    place=Place.TOP,
    help="Finds the event again and keeps a resend from counting twice.",
    example="019a964c-b1c0-769e-b2a7-4de452e6b438",
    advanced=True,
    action=Action.NEW_UUID,
)

GEOIP_DISABLE = Field(
    key="$geoip_disable",
    label="Do not add a location",
    kind=Kind.YES_NO,
    help="Otherwise PostHog puts the place you send from on the customer.",
    example=True,
    default=True,
    advanced=True,
)

IP = Field(
    key="$ip",
    label="Customer's IP address",
    help="Only if you know the customer's own address. Otherwise PostHog takes yours.",
    example="203.0.113.7",
    advanced=True,
)

PERSON_PROFILE = Field(
    key="$process_person_profile",
    label="Create or update a person",
    kind=Kind.YES_NO,
    help="No makes the event anonymous: no person is created or changed.",
    example=True,
    advanced=True,
)

GROUPS = Field(
    key="$groups",
    label="Groups",
    kind=Kind.MAP,
    help="The company, workspace or project this event belongs to: kind of group, then its ID.",
    example=Object((("company", "acme-881"),)),
    advanced=True,
)

SET = Field(
    key="$set",
    label="Also update the person",
    kind=Kind.PROPERTIES,
    help="Written to the person, over what stands there.",
    example=Object((("plan", "pro"),)),
    advanced=True,
)

SET_ONCE = Field(
    key="$set_once",
    label="Also set if still empty",
    kind=Kind.PROPERTIES,
    help="Written to the person only where there is no value yet.",
    example=Object((("first_invoice_at", "2026-03-14"),)),
    advanced=True,
)

UNSET = Field(
    key="$unset",
    label="Remove from the person",
    kind=Kind.TEXTS,
    help="Names of properties that the person is to lose.",
    example=("trial_ends_at",),
    advanced=True,
)

SESSION_ID = Field(
    key="$session_id",
    label="Session ID",
    kind=Kind.UUID,
    help="The same for all events of one visit. It has to be a version 7 UUID.",
    example="019a964c-b1c0-7898-b9eb-dacc0cb1e29c",
    advanced=True,
    action=Action.NEW_SESSION,
)

WINDOW_ID = Field(
    key="$window_id",
    label="Window ID",
    kind=Kind.UUID,
    help="One browser tab of the visit. It needs a session ID beside it.",
    example="019a964c-b1c0-7c5c-a6a3-a4506513270e",
    advanced=True,
    action=Action.NEW_UUID,
)

CURRENT_URL = Field(
    key="$current_url",
    label="Page URL",
    kind=Kind.URL,
    help="Where it happened. PostHog copies it to the person too.",
    example="https://shop.example/checkout",
    advanced=True,
)

LAST_SEEN = Field(
    key="$update_person_last_seen_at",
    label="Counts as activity",
    kind=Kind.YES_NO,
    help="No leaves the person's last-seen time alone, which suits back-office changes.",
    example=False,
    advanced=True,
)

IGNORE_SENT_AT = Field(
    key="$ignore_sent_at",
    label="Keep the time exactly",
    kind=Kind.YES_NO,
    help="Yes turns off PostHog's correction for clocks that are wrong.",
    example=True,
    advanced=True,
)

IS_SERVER = Field(
    key="$is_server",
    label="Sent by a server",
    kind=Kind.YES_NO,
    help="Yes keeps the operating system from being copied to the person.",
    example=True,
    advanced=True,
)

LIBRARY = Field(
    key="$lib",
    label="Sent by",
    help="The program that sends. It helps to find these events later.",
    example="event-composer",
    advanced=True,
)

LIBRARY_VERSION = Field(
    key="$lib_version",
    label="Version of the sender",
    help="The version of the program named in Sent by.",
    example="1.0.0",
    advanced=True,
)

INSERT_ID = Field(
    key="$insert_id",
    label="Insert ID (old)",
    help="Kept for old data. PostHog does not use it to find duplicates; the event ID does that.",
    example="import-2024-000117",
    advanced=True,
)

FLAGS = Field(
    key="$feature/",
    label="Flag values",
    kind=Kind.FLAGS,
    help="Key of a feature flag and the value this person got, to filter events by it.",
    example=Object((("new-basket", "variant-b"),)),
    advanced=True,
)

OPTIONS = (
    GEOIP_DISABLE,
    IP,
    PERSON_PROFILE,
    GROUPS,
    SET,
    SET_ONCE,
    UNSET,
    SESSION_ID,
    WINDOW_ID,
    LAST_SEEN,
    IGNORE_SENT_AT,
    IS_SERVER,
    FLAGS,
    LIBRARY,
    LIBRARY_VERSION,
    INSERT_ID,
)
"""The block "more options", in the order of the form."""
