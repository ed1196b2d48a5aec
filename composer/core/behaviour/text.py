"""A rule and a flag as one line, for the command line and the window, both ways.

::

    503                                  every request gets this status
    429 retry-after=5 share=0.2          each fifth
    reset path=/batch nth=3              the third request to /batch
    slow=2.5 distinct_id=customer-42     requests with an event of this person
    500 stores                           fails, although the events are kept
    half, silence, page, redirect=https://example.com/e

Values with spaces stand in quotes as in a shell. ``off`` keeps a rule without using it.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable
from typing import TypeVar

from composer.core.behaviour.rules import RuleError, check_flag, check_rule
from composer.core.behaviour.values import FaultKind, Flag, Rule, ScriptedFault

_N = TypeVar("_N", int, float)


def parse_rule(text: str) -> Rule:
    """Read a rule. Raises ``RuleError``, whose words name what is allowed."""
    try:
        words = shlex.split(text)
    except ValueError:
        raise RuleError("A quotation mark is not closed: add the second one.") from None
    if not words:
        raise RuleError(_BEGINNINGS)
    kind, status, delay_s, location = _beginning(words[0])
    options = _options(words[1:])
    if kind is FaultKind.SLOW and "delay" in options:
        raise RuleError("slow has its delay already: write slow=2.5 without delay=.")
    retry_after = options.get("retry-after")
    fault = ScriptedFault(
        kind=kind,
        status=status,
        location=location,
        delay_s=_number(float, "delay", options.get("delay", str(delay_s))),
        retry_after_s=None if retry_after is None else _number(int, "retry-after", retry_after),
        stores="stores" in options,
    )
    return check_rule(
        Rule(
            fault=fault,
            path=options.get("path", ""),
            distinct_id=options.get("distinct_id", ""),
            nth=_number(int, "nth", options.get("nth", "0")),
            share=_number(float, "share", options.get("share", "1")),
            enabled="off" not in options,
        )
    )


def render_rule(rule: Rule) -> str:
    """The line that ``parse_rule`` reads as ``rule``."""
    fault = rule.fault
    words = [_rendered_beginning(fault)]
    if fault.delay_s and fault.kind is not FaultKind.SLOW:
        words.append(f"delay={_spelled(fault.delay_s)}")
    if fault.retry_after_s is not None:
        words.append(f"retry-after={fault.retry_after_s}")
    if rule.path:
        words.append(f"path={rule.path}")
    if rule.distinct_id:
        words.append(f"distinct_id={rule.distinct_id}")
    if rule.nth:
        words.append(f"nth={rule.nth}")
    if rule.share != 1:
        words.append(f"share={_spelled(rule.share)}")
    if fault.stores:
        words.append("stores")
    if not rule.enabled:
        words.append("off")
    return shlex.join(words)


def parse_flag(text: str) -> Flag:
    """``key``, ``key=variant`` or ``key=off``. Raises ``RuleError``."""
    key, separator, variant = text.partition("=")
    if separator and not variant:
        raise RuleError(f"Write {key} alone, {key}=variant, or {key}=off.")
    is_off = variant == _OFF
    return check_flag(Flag(key=key, enabled=not is_off, variant="" if is_off else variant))


def render_flag(flag: Flag) -> str:
    """What ``parse_flag`` reads; it has no place for the payload and the people of a flag."""
    value = flag.variant if flag.enabled else _OFF
    return f"{flag.key}={value}" if value else flag.key


_OFF = "off"
_BEGINNINGS = (
    "A rule begins with what happens: a status from 400 to 599, slow=SECONDS, reset, half, "
    "silence, page or redirect=ADDRESS."
)
_VALUED = ("path", "distinct_id", "nth", "share", "retry-after", "delay")
_BARE = ("stores", _OFF)
_ALONE = (FaultKind.RESET, FaultKind.HALF, FaultKind.SILENCE, FaultKind.PAGE)


def _beginning(word: str) -> tuple[FaultKind, int, float, str]:
    """Kind, status, delay and location that the first word stands for."""
    name, _, value = word.partition("=")
    if word.isdecimal():
        return FaultKind.STATUS, _number(int, "status", word), 0.0, ""
    if name == FaultKind.SLOW:
        return FaultKind.SLOW, 0, _number(float, "slow", value), ""
    if name == FaultKind.REDIRECT:
        return FaultKind.REDIRECT, 0, 0.0, value
    if word in _ALONE:
        return FaultKind(word), 0, 0.0, ""
    raise RuleError(f"“{word}” is nothing that can happen. {_BEGINNINGS}")


def _options(words: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for word in words:
        name, separator, value = word.partition("=")
        if name not in (_VALUED if separator else _BARE) or (separator and not value):
            allowed = ", ".join((*(f"{each}=…" for each in _VALUED), *_BARE))
            raise RuleError(f"“{word}” is no part of a rule. These are: {allowed}.")
        if name in found:
            raise RuleError(f"{name} stands there twice: leave one of them out.")
        found[name] = value
    return found


def _number(kind: Callable[[str], _N], name: str, text: str) -> _N:
    try:
        return kind(text)
    except ValueError:
        example = "a whole number, such as 3" if kind is int else "a number, such as 0.5"
        raise RuleError(f"{name} needs {example}; “{text}” is none.") from None


def _rendered_beginning(fault: ScriptedFault) -> str:
    match fault.kind:
        case FaultKind.STATUS:
            return str(fault.status)
        case FaultKind.SLOW:
            return f"slow={_spelled(fault.delay_s)}"
        case FaultKind.REDIRECT:
            return f"redirect={fault.location}"
        case _:
            return fault.kind.value


def _spelled(number: float) -> str:
    """As short as it can be, and exact."""
    return repr(float(number)).removesuffix(".0")
