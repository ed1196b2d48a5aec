"""What PostHog does at an address, by its path; a proxy may have put a path of its own before it.

Source: capture-server.md, 1.1 and 1.2.
"""

from __future__ import annotations

import re
from enum import Enum, auto

from composer.core.urls import target


class Purpose(Enum):
    """What a request to an address is for."""

    EVENTS = auto()
    FLAGS = auto()
    RECORDING = auto()
    """A recording of a session, which is no event"""
    OTHER = auto()


def purpose_of(url: str) -> Purpose:
    """What ``url`` is for, as far as its path tells."""
    path = _path(url)
    return next((purpose for purpose, ends in _ENDS if ends.search(path)), Purpose.OTHER)


def is_v1(url: str) -> bool:
    """Whether it is the address whose requests carry the token in a header."""
    return _V1.search(_path(url)) is not None


def is_mixpanel(url: str) -> bool:
    """Whether it leads to Mixpanel itself, whose paths are the same as some of PostHog's."""
    return _MIXPANEL.match(url) is not None


_MIXPANEL = re.compile(r"https?://[^/]*\bmixpanel\.com(?:[:/?]|$)", re.IGNORECASE)
_V1 = re.compile(r"/i/v1(?:/\w+)*/events$")
_ENDS = (
    (
        Purpose.EVENTS,
        re.compile(r"/(?:i/v0/e|e|batch|capture|track|engage|import|i/v[01](?:/\w+)*/events)$"),
    ),
    (Purpose.FLAGS, re.compile(r"/(?:flags|decide)$")),
    (Purpose.RECORDING, re.compile(r"/s$")),
)


def _path(url: str) -> str:
    """Without a slash at its end; of an address without a scheme, too, as curl takes one."""
    whole = url if "://" in url else f"http://{url}"
    return target(whole).partition("?")[0].removesuffix("/")
