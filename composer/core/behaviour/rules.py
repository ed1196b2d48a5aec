"""What a rule and a flag may say, and a rule in words for people.

The one place for these limits: the window, the command line, files and HTTP all ask here. It knows
no way of writing a rule down: ``text`` and ``record`` do.
"""

from __future__ import annotations

from composer.core.behaviour.values import FaultKind, Flag, Rule, ScriptedFault
from composer.core.errors import ComposerError
from composer.core.jsontext import JsonError, parse

FIRST_STATUS, LAST_STATUS = 400, 599
LONGEST_DELAY_S = 3600.0
LONGEST_RETRY_AFTER_S = 86_400
LARGEST_NTH = 1_000_000_000


class RuleError(ComposerError):
    """A rule or a flag says what it may not; the text tells what is allowed."""


def check_rule(rule: Rule) -> Rule:
    """The same rule. Raises ``RuleError`` if it cannot be carried out."""
    _check_fault(rule.fault)
    if rule.path and not (rule.path.startswith("/") and "?" not in rule.path):
        raise RuleError("A path begins with a slash and has no query, such as path=/batch.")
    if not 0 <= rule.nth <= LARGEST_NTH:
        raise RuleError("Count requests from 1, such as nth=3.")
    if not 0 < rule.share <= 1:
        raise RuleError("A share is above 0 and at most 1: share=0.2 is each fifth request.")
    return rule


def check_flag(flag: Flag) -> Flag:
    """The same flag. Raises ``RuleError`` if ``/flags`` cannot answer with it."""
    if not flag.key.strip():
        raise RuleError("A flag needs a key, such as new-checkout or new-checkout=variant.")
    if flag.payload:
        try:
            parse(flag.payload)
        except JsonError as error:
            raise RuleError(f"The payload of {flag.key} is not JSON: {error}") from None
    return flag


def describe(rule: Rule) -> str:
    """A rule in words, such as ``Status 503; requests to /batch, 20 % of them``."""
    return "; ".join(part for part in (_what(rule.fault), _when(rule)) if part)


def _check_fault(fault: ScriptedFault) -> None:
    is_status = fault.kind is FaultKind.STATUS
    if is_status != bool(fault.status) or (
        is_status and not FIRST_STATUS <= fault.status <= LAST_STATUS
    ):
        raise RuleError(f"A status is a number from {FIRST_STATUS} to {LAST_STATUS}, such as 503.")
    if fault.retry_after_s is not None:
        if not is_status:
            raise RuleError("Only a status has a Retry-After, such as 429 retry-after=5.")
        if not 0 <= fault.retry_after_s <= LONGEST_RETRY_AFTER_S:
            raise RuleError(
                f"Retry-After is in whole seconds, up to {LONGEST_RETRY_AFTER_S}: retry-after=5."
            )
    _check_location(fault)
    if not 0 <= fault.delay_s <= LONGEST_DELAY_S or (
        fault.kind is FaultKind.SLOW and not fault.delay_s
    ):
        raise RuleError(
            f"A delay is in seconds, above 0 and up to {LONGEST_DELAY_S:g}, such as slow=2.5."
        )


def _check_location(fault: ScriptedFault) -> None:
    wanted = fault.kind is FaultKind.REDIRECT
    # It becomes a header: a line break in it would be another header.
    is_sound = all("!" <= character <= "~" for character in fault.location)
    if wanted != bool(fault.location) or not is_sound:
        raise RuleError(
            "A redirect needs the address that it leads to, without spaces and accents, "
            "such as redirect=https://example.com/e."
        )


def _what(fault: ScriptedFault) -> str:
    words = _BARE_WORDS.get(fault.kind, "")
    match fault.kind:
        case FaultKind.SLOW:
            return f"Answered {_seconds(fault.delay_s)} later"
        case FaultKind.STATUS:
            words = f"Status {fault.status}"
        case FaultKind.REDIRECT:
            words = f"Redirect to {fault.location}"
        case _:
            pass
    if fault.retry_after_s is not None:
        words += f", Retry-After {fault.retry_after_s}"
    if fault.delay_s:
        words += f", after {_seconds(fault.delay_s)}"
    if fault.stores:
        words += ", events kept"
    return words


_BARE_WORDS = {
    FaultKind.RESET: "Connection reset",
    FaultKind.HALF: "Half an answer",
    FaultKind.SILENCE: "No answer",
    FaultKind.PAGE: "A web page",
}


def _when(rule: Rule) -> str:
    parts: list[str] = []
    if rule.path:
        parts.append(f"requests to {rule.path}")
    if rule.distinct_id:
        parts.append(f"distinct_id {rule.distinct_id}")
    if rule.nth:
        parts.append(f"only number {rule.nth}")
    elif rule.share < 1:
        parts.append(f"{100 * rule.share:g} % of them" if parts else f"{100 * rule.share:g} %")
    return ", ".join(parts)


def _seconds(seconds: float) -> str:
    return "1 second" if seconds == 1 else f"{seconds:g} seconds"
