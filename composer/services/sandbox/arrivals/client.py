"""Who sent a request: the SDK or program and its version, as far as it tells.

Read in this order: the header ``PostHog-Sdk-Info`` (capture-server.md, 7.1), what the first event
says of the library that made it (event-catalogue.md, ``$lib``; Mixpanel's libraries say ``mp_lib``,
some older ones ``library`` beside the event), ``ver`` in the query, which posthog-js sends, and
``User-Agent``. It believes what it reads, and judges nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from composer.core.jsontext import Object, Value


class Sent(Protocol):
    """An event of the request, kept or thrown away; ``None`` where it is not in memory."""

    @property
    def sent(self) -> Object | None: ...


def client_of(headers: Mapping[str, str], path: str, events: Sequence[Sent]) -> str:
    """Name and version, such as ``posthog-python 7.1.0`` or ``Chrome 141``; empty if unknown.

    ``headers`` have lower-case names; ``path`` includes the query.
    """
    found = (
        _from_sdk_info(headers.get("posthog-sdk-info", ""))
        or (_from_event(events[0].sent) if events else "")
        or _from_query(path)
        or _from_user_agent(headers.get("user-agent", ""))
    )
    return " ".join(found.split())[:_LONGEST]


_LONGEST = 80  # characters shown in a list
_WEB = "web"  # how posthog-js calls itself
_VERSION = re.compile(r"[?&]ver=([\w.+-]+)", re.ASCII)
_PRODUCT = re.compile(r"([^\s/;()]+)(?:/([^\s;,()]+))?")
_BROWSER = "Mozilla"  # every browser says so first, for historical reasons
_BROWSERS = (
    ("Edge", re.compile(r"\bEdgA?(?:iOS)?/(\d+)")),
    ("Opera", re.compile(r"\bOPR/(\d+)")),
    ("Firefox", re.compile(r"\b(?:Firefox|FxiOS)/(\d+)")),
    ("Chrome", re.compile(r"(?:Chrome|\bCriOS)/(\d+)")),
    ("Safari", re.compile(r"\bVersion/(\d+)[\d.]*(?: Mobile/\w+)? Safari/")),
)


def _from_sdk_info(text: str) -> str:
    """Name and version are split at the last slash."""
    name, _, version = text.rpartition("/")
    return f"{name} {version}" if name and version else ""


def _from_event(event: Object | None) -> str:
    if event is None:
        return ""
    properties = event.get("properties")
    inside = properties if isinstance(properties, Object) else Object()
    version = _word(inside.get("$lib_version"))
    if mixpanel := _word(inside.get("mp_lib")):
        return f"mixpanel-{mixpanel} {version}"
    if library := _word(inside.get("$lib")):
        return f"{'posthog-js' if library == _WEB else library} {version}"
    if library := _word(event.get("library")):
        return f"{library} {_word(event.get('library_version'))}"
    return ""


def _word(value: Value) -> str:
    return value if isinstance(value, str) else ""


def _from_query(path: str) -> str:
    match = _VERSION.search(path)
    return f"posthog-js {match[1]}" if match else ""


def _from_user_agent(text: str) -> str:
    """A browser by its own name, any other program by the first product it names."""
    match = _PRODUCT.match(text.strip())
    if not match:
        return ""
    if match[1] == _BROWSER:
        for name, pattern in _BROWSERS:
            if found := pattern.search(text):
                return f"{name} {found[1]}"
    return f"{match[1]} {match[2] or ''}"
