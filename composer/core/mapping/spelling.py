"""What the names of columns mean, in the spellings that exports and people use."""

from __future__ import annotations

import re

from composer.core.mapping.mapping import Target

EVENTS = ("event", "event_name", "eventname", "event_type", "eventtype", "activity", "action")
PEOPLE = (
    *("distinct_id", "distinctid", "person_distinct_id", "user_id", "userid", "customer_id"),
    *(
        "customerid",
        "person_id",
        "personid",
        "contact_id",
        "member_id",
        "client_id",
        "subscriber_id",
    ),
    *("account_id", "profile_id", "user_uuid", "person", "customer", "user", "uid", "user_email"),
    *("customer_email", "email", "e_mail", "email_address", "mail", "username", "user_name"),
    *("device_id", "anonymous_id"),
)
"""The better ones first: where there are several, the others are properties."""
TIMES = (
    *("timestamp", "event_time", "event_timestamp", "time", "datetime", "date_time", "ts"),
    *("occurred_at", "happened_at", "event_date", "date", "created_at", "createdat", "created"),
    *("sent_at", "received_at", "logged_at", "when", "day"),
)
IDS = (
    *("uuid", "event_uuid", "insert_id", "insertid", "event_id", "eventid", "message_id"),
    "messageid",
)
EMAILS = frozenset({"email", "e_mail", "email_address", "mail", "user_email", "customer_email"})

WHOLE = {
    "properties": Target.PROPERTIES,
    "event_properties": Target.PROPERTIES,
    "props": Target.PROPERTIES,
    "set": Target.SET_ALL,
    "person_properties": Target.SET_ALL,
    "user_properties": Target.SET_ALL,
    "set_once": Target.SET_ONCE_ALL,
}
"""Columns of JSON objects whose members are properties."""

_PREFIXES = (
    (r"\$?set_once[._]", Target.SET_ONCE),
    (r"(?:properties\.)?\$set_once\.", Target.SET_ONCE),
    (r"(?:properties\.)?\$set\.", Target.SET),
    (r"set[._]", Target.SET),
    (r"(?:person|user)(?:[._]properties)?\.", Target.SET),
    (r"(?:person|user)_properties_", Target.SET),
    (r"(?:properties\.)?\$groups?\.", Target.GROUP),
    (r"groups?\.", Target.GROUP),
    (r"(?:event_)?propert(?:ies|y)[._]", Target.PROPERTY),
)
_WORD_END = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BETWEEN = re.compile(r"[^a-z0-9]+")


def plain(column: str) -> str:
    """The name as its words, whatever their spelling: ``User ID``, ``userId``, ``$user_id``."""
    words = _WORD_END.sub("_", column.strip())
    return _BETWEEN.sub("_", words.casefold()).strip("_")


def prefixed(column: str) -> tuple[Target, str] | None:
    """The target and the name in ``$set.plan`` or ``properties.plan``."""
    for prefix, target in _PREFIXES:
        match = re.match(prefix, column, re.IGNORECASE)
        if match and match.end() < len(column):
            return target, column[match.end() :]
    return None
