"""The switches of the sandbox as values. All off is PostHog on a good day.

Source of statuses and texts: capture-server.md, 3.1 to 3.3 and 7.3. What each switch does is the
sandbox's business; this module knows only what can be asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Edition(StrEnum):
    """Which version of the capture service is imitated."""

    CURRENT = "current"
    OF_2024 = "2024"


class FaultKind(StrEnum):
    """What happens instead of, or before, an honest answer."""

    SLOW = "slow"
    """The honest answer, after ``ScriptedFault.delay_s``."""
    STATUS = "status"
    """A status, with PostHog's text where it has one."""
    RESET = "reset"
    """The connection is reset."""
    HALF = "half"
    """The connection ends in the middle of the honest answer."""
    SILENCE = "silence"
    """No answer, until the client goes away."""
    PAGE = "page"
    """200 with a web page, as a host that is no PostHog gives."""
    REDIRECT = "redirect"
    """307 to ``ScriptedFault.location``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedFault:
    """What a rule does to a request. Times are in seconds; ``delay_s`` comes before any kind.

    ``status`` belongs to ``STATUS`` (400 to 599), ``location`` to ``REDIRECT``; ``retry_after_s``
    adds a ``Retry-After`` header. With ``stores`` the events are kept although the sender is not
    told so: the case in which a retry counts twice, unless it carries the same ``uuid``.
    """

    kind: FaultKind
    status: int = 0
    delay_s: float = 0.0
    retry_after_s: int | None = None
    location: str = ""
    stores: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """When a fault happens. An empty condition holds for every request.

    ``path`` is compared without a slash at its end; ``distinct_id`` holds if any event of the
    request has that ID. Among the requests that fit, ``nth`` picks a single one (from 1; 0 for
    all), else ``share`` an even part (0.2: each fifth), above 0 and at most 1. ``rules`` has the
    limits of each.
    """

    fault: ScriptedFault
    path: str = ""
    distinct_id: str = ""
    nth: int = 0
    share: float = 1.0
    enabled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A feature flag that ``/flags`` answers with.

    ``variant`` makes it a flag of several variants; ``payload`` is JSON text, or empty. With
    ``only_for`` it is on for these distinct IDs alone; ``enabled`` false is off for everybody.
    """

    key: str
    enabled: bool = True
    variant: str = ""
    payload: str = ""
    only_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """All that can be asked of the sandbox.

    ``known_tokens`` refuses every other token with 401, as newer deployments do, and is what
    ``/flags`` and ``config.js`` know; ``None`` knows every well-formed token. Of ``rules`` the
    first that applies to a request decides. ``serves_v1`` false answers the v1 endpoint with 404,
    the default of self-hosted installations. ``serves_tls`` opens a second port, with HTTPS.
    """

    edition: Edition = Edition.CURRENT
    known_tokens: frozenset[str] | None = None
    quota_reached: bool = False
    serves_v1: bool = True
    serves_tls: bool = False
    flags: tuple[Flag, ...] = ()
    rules: tuple[Rule, ...] = ()

    @classmethod
    def always(cls, fault: ScriptedFault) -> Behaviour:
        """Every request meets the same fault."""
        return cls(rules=(Rule(fault=fault),))

    @property
    def misbehaves(self) -> bool:
        """Whether a sound request may get another answer than PostHog's on a good day."""
        return self.quota_reached or any(rule.enabled for rule in self.rules)
