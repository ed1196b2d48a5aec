"""An outcome in a support person's words: what happened, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from composer.core.destination import Destination, DestinationKind
from composer.core.outcome import (
    Accepted,
    Cancelled,
    Fault,
    Interrupted,
    Outcome,
    Refusal,
    Rejected,
    Response,
    Unreachable,
)


class Verdict(StrEnum):
    """How good the news is; the values are those of the window's ``Severity``."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """``badge`` is two or three words, ``title`` a sentence, ``advice`` the next step."""

    verdict: Verdict
    badge: str
    title: str
    advice: str = ""


def explain(outcome: Outcome, destination: Destination) -> Explanation:
    """What to tell the person about ``outcome``."""
    match outcome:
        case Accepted(response=response):
            return _accepted(response, destination)
        case Rejected(response=response, refusal=refusal):
            title, advice = _rejected(response, refusal, destination)
            badge = response.status_text
            return Explanation(verdict=Verdict.ERROR, badge=badge, title=title, advice=advice)
        case Unreachable(fault=fault):
            title, advice = _unreachable(fault, destination)
            return Explanation(verdict=Verdict.ERROR, badge="No answer", title=title, advice=advice)
        case Cancelled():
            return Explanation(
                verdict=Verdict.WARNING,
                badge="Cancelled",
                title="You stopped it before an answer came.",
                advice="It may have arrived all the same. Sending it again is safe: it carries "
                "the same event ID, so PostHog counts it once.",
            )
        case Interrupted():
            return Explanation(
                verdict=Verdict.WARNING,
                badge="Cut off",
                title="The app was closed before an answer came.",
                advice="It may have arrived all the same. Resend it: it carries the same event "
                "ID, so PostHog counts it once.",
            )
        case _:
            assert_never(outcome)


def _accepted(response: Response, destination: Destination) -> Explanation:
    badge = response.status_text
    if destination.kind is DestinationKind.SANDBOX:
        title, advice = "Accepted and stored by the sandbox.", ""
    else:
        title = f"{destination.name} accepted the request."
        advice = (
            "PostHog checks the token and the event only afterwards. "
            "Look for it under Activity in PostHog in a minute or two."
        )
    return Explanation(verdict=Verdict.OK, badge=badge, title=title, advice=advice)


def _rejected(response: Response, refusal: Refusal, place: Destination) -> tuple[str, str]:
    said = _first_line(response)
    match refusal:
        case Refusal.REDIRECT:
            target = response.header("location")
            where = f" to {target}" if target else ""
            return (
                f"The server sends the request elsewhere{where}; nothing was stored.",
                "Use that address as the destination, with https:// if it says so.",
            )
        case Refusal.WEB_PAGE:
            return (
                "A web page answered, not PostHog's event service; nothing was stored.",
                f"Check the address {place.address}: the cloud's is us.i. or eu.i.posthog.com.",
            )
        case Refusal.NOT_FOUND:
            return (
                "There is no event service at this path; nothing was stored.",
                "Check the address, or choose another path: older servers know /capture/ or /e/.",
            )
        case Refusal.BAD_EVENT | Refusal.CLIENT_ERROR:
            reason = f": {said}" if said else " and gave no reason."
            return f"The server refused the request{reason}", _advice_for(said)
        case Refusal.BAD_TOKEN:
            return (
                f"The server refused the token: {said}"
                if said
                else "The server refused the token.",
                "Copy the project token again: PostHog, Settings, Project. It begins with phc_.",
            )
        case Refusal.TOO_LARGE:
            return (
                "The request is too large; nothing was stored.",
                "Send fewer events at once, or shorten long property values.",
            )
        case Refusal.TOO_MANY:
            wait = response.header("retry-after")
            when = f"Wait {wait} seconds" if wait.isdigit() else "Wait a minute"
            return "The server takes no more requests just now.", f"{when} and send again."
        case Refusal.SERVER_ERROR:
            return (
                "The server has a problem of its own.",
                "Send again in a minute: it carries the same event ID, so it counts once.",
            )
        case Refusal.UNEXPECTED:
            return "The server answered with a status that means neither yes nor no.", (
                "Check the address: this may not be PostHog."
            )
        case _:
            assert_never(refusal)


def _unreachable(fault: Fault, place: Destination) -> tuple[str, str]:
    address = place.address
    match fault:
        case Fault.BAD_ADDRESS:
            return f"{address or 'The address'} cannot be used.", (
                "Write it like https://posthog.example.com."
            )
        case Fault.NAME_NOT_FOUND:
            return f"No server of this name was found: {address}.", (
                "Check the spelling and your network or VPN."
            )
        case Fault.REFUSED:
            return f"Nothing is listening at {address}.", (
                "Check the port, and whether the server is running."
            )
        case Fault.NO_ROUTE:
            return f"{address} cannot be reached from this network.", (
                "Check your network connection or VPN."
            )
        case Fault.TLS:
            return f"The secure connection to {address} could not be set up.", (
                "The certificate may be expired, self-made or for another name. "
                "For a server without https, start the address with http://."
            )
        case Fault.CONNECT_TIMEOUT:
            return f"{address} did not pick up in time.", (
                "Check the address, your VPN and firewall, then send again."
            )
        case Fault.ANSWER_TIMEOUT | Fault.RESET:
            return _BROKEN_OFF[fault], (
                "It may have arrived. Sending again is safe: the event ID stays the same."
            )
        case Fault.NOT_HTTP:
            return f"What answers at {address} does not speak HTTP.", (
                "Check the port, and whether it has to be https:// instead of http://."
            )
        case Fault.ROUTE:
            return f"The certificates or the proxy set for {place.name} cannot be used.", (
                "Nothing was sent. Change them in the settings of this project, then send again."
            )
        case _:
            assert_never(fault)


def _first_line(response: Response) -> str:
    return response.text.strip().split("\n", 1)[0][:_SHOWN]


def _advice_for(said: str) -> str:
    """The next step for the texts of capture-server.md, section 3.1."""
    return next((advice for part, advice in _ADVICE if part in said), "Mend the event and resend.")


_BROKEN_OFF = {
    Fault.ANSWER_TIMEOUT: "The server took the connection but did not answer in time.",
    Fault.RESET: "The connection was closed before an answer came.",
}
_SHOWN = 200
_ADVICE = (
    ("without a distinct_id", "Fill in the person's ID."),
    ("empty distinct_id", "Fill in the person's ID."),
    ("empty event name", "Fill in the event name."),
    ("missing event name", "Fill in the event name as text; in a batch, in each event."),
    ("without an api_key", "Fill in the project token."),
    ("did not match any variant", "A value has the wrong type: check properties, timestamp, uuid."),
    ("recursion limit", "It is nested deeper than 127 levels: flatten the innermost objects."),
    ("holds no event", "Put at least one event into the batch."),
    ("cookieless", "Make $cookieless_mode true or false, or remove it."),
)
