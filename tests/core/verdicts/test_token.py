"""The rules about the project token and the address."""

import dataclasses
from typing import Any

import pytest

from composer.core.destination import Destination, DestinationKind
from composer.core.jsontext import from_python
from composer.core.verdicts.mending import mended
from composer.core.verdicts.request import Circumstances
from composer.core.verdicts.rule import AnyRule
from composer.core.verdicts.rules import token
from composer.core.verdicts.scales import Severity
from tests.core.verdicts.cases import NOW, TOKEN, RuleCase, event, findings, request_from

US = Destination(
    id="us", name="Larkspur", kind=DestinationKind.US, address="https://us.i.posthog.com"
)
WEBSITE = dataclasses.replace(US, address="https://us.posthog.com")
WITH_TOKEN = dataclasses.replace(US, token=TOKEN)
SOUND = event()
BARE = {"event": "invoice paid", "distinct_id": "cust-20417"}
DISCARDED = {"event": "$performance_event"}
CASES = (
    RuleCase(rule="token.missing", triggers=event(api_key=None), quiet=SOUND),
    RuleCase(rule="token.missing", triggers=event(api_key=""), quiet=DISCARDED),
    RuleCase(
        rule="token.missing", triggers=[BARE, BARE], quiet={"api_key": "phc_a", "batch": [BARE]}
    ),
    RuleCase(
        rule="token.missing",
        triggers=event(api_key=None, properties={"token": 5}),
        quiet=event(api_key=None, properties={"token": "phc_a"}),
    ),
    RuleCase(
        rule="token.personal_key",
        triggers=event(api_key="phx_a"),
        quiet={"api_key": "phx_a", "batch": [DISCARDED]},
    ),
    RuleCase(
        rule="token.personal_key",
        triggers={"token": "phx_a", "batch": [BARE]},
        quiet={"token": "phc_a", "batch": [BARE | {"api_key": "phx_a"}]},
    ),
    RuleCase(rule="token.secret_key", triggers=event(api_key="phs_a"), quiet=SOUND),
    RuleCase(rule="token.shape", triggers=event(api_key="phc_" + "a" * 61), quiet=SOUND),
    RuleCase(
        rule="token.shape",
        triggers=event(api_key="phc_ä"),
        quiet=event(api_key="phc_" + "a" * 60),
    ),
    RuleCase(rule="token.shape", triggers=event(api_key="phc_a\0"), quiet=event(api_key="")),
    RuleCase(rule="token.shape", triggers=event(api_key="phc_a "), quiet=event(api_key=5)),
    RuleCase(rule="token.prefix", triggers=event(api_key="my project"), quiet=SOUND),
    RuleCase(
        rule="token.prefix",
        triggers=[BARE, BARE | {"$token": "demo"}],
        quiet=event(api_key="phx_a"),
    ),
    RuleCase(rule="host.app_host", triggers=SOUND, quiet=[], other={"destination": WEBSITE}),
    RuleCase(
        rule="token.mixed",
        triggers=[event(), BARE, event(api_key="phc_other")],
        quiet=[event(), BARE, event(), {"event": "$performance_event", "api_key": "phc_other"}],
    ),
    RuleCase(
        rule="token.batch_per_event",
        triggers={"api_key": "phc_a", "batch": [event()]},
        quiet={"api_key": "phc_a", "batch": [BARE]},
    ),
)


def found(rule: AnyRule, body: Any, destination: Destination | None = None) -> list[Any]:
    request = request_from(body)
    known = Circumstances(now=NOW, shape=request.shape, destination=destination)
    return findings(rule, request, known)


def after(rule: AnyRule, body: Any, destination: Destination | None = None) -> object:
    """The body after the mend of the first finding."""
    mend = found(rule, body, destination)[0].mend
    return mended(from_python(body), mend.edits)


def test_a_missing_token_is_taken_from_the_destination() -> None:
    body = {"event": "a", "distinct_id": "b"}
    assert after(token.missing, body, WITH_TOKEN) == from_python(body | {"api_key": TOKEN})
    assert found(token.missing, body, US)[0].mend is None


def test_an_empty_token_is_replaced_under_the_name_that_it_has() -> None:
    body = event(api_key=None, **{"$token": ""})
    assert after(token.missing, body, WITH_TOKEN) == from_python(body | {"$token": TOKEN})


def test_a_list_of_events_gets_its_token_in_the_first_event_that_counts() -> None:
    body = [DISCARDED, BARE, BARE]
    assert after(token.missing, body, WITH_TOKEN) == from_python(
        [DISCARDED, BARE | {"api_key": TOKEN}, BARE]
    )


@pytest.mark.parametrize(
    "damaged", [f" {TOKEN}", f"{TOKEN}\n", f"\u200b{TOKEN}", f"{TOKEN[:20]}\0{TOKEN[20:]}"]
)
def test_what_came_along_when_a_token_was_copied_is_removed(damaged: str) -> None:
    assert after(token.shape, event(api_key=damaged)) == from_python(event())


def test_a_token_that_cannot_be_cleaned_is_taken_from_the_destination() -> None:
    body = event(api_key="phc_" + "a" * 100)
    assert found(token.shape, body)[0].mend is None
    assert after(token.shape, body, WITH_TOKEN) == from_python(event())


def test_spaces_around_a_token_may_lose_the_event_but_are_no_certain_refusal() -> None:
    assert found(token.shape, event(api_key=" phc_a"))[0].severity is Severity.DROPPED
    assert found(token.shape, event(api_key="phc_ü"))[0].severity is None
    assert found(token.personal_key, event(api_key=" phx_a"))[0].severity is Severity.DROPPED


@pytest.mark.parametrize(
    ("address", "goal"),
    [
        ("https://us.posthog.com", "https://us.i.posthog.com"),
        ("https://app.posthog.com/", "https://us.i.posthog.com"),
        ("https://eu.posthog.com", "https://eu.i.posthog.com"),
    ],
)
def test_the_address_of_the_website_is_told_with_the_right_one(address: str, goal: str) -> None:
    (finding,) = found(token.app_host, event(), dataclasses.replace(US, address=address))
    assert finding.fix.endswith(f"{goal}.")


@pytest.mark.parametrize("address", ["https://us.i.posthog.com", "https://[broken", ""])
def test_other_addresses_are_left_alone(address: str) -> None:
    assert not found(token.app_host, event(), dataclasses.replace(US, address=address))


def test_mixed_tokens_are_told_with_the_numbers_of_the_events() -> None:
    (finding,) = found(token.mixed, [BARE, event(), event(api_key="phc_other")])
    assert finding.path == (2, "api_key")
    assert "event 3" in finding.says
    assert "event 2" in finding.says


def test_the_token_of_the_destination_inside_a_batch_is_harmless() -> None:
    body = {"api_key": TOKEN, "batch": [event()]}
    (harmless,) = found(token.batch_per_event, body, WITH_TOKEN)
    (other,) = found(token.batch_per_event, body, US)
    assert (harmless.severity, other.severity) == (Severity.ADVICE, None)
    assert harmless.mend is not None
    assert mended(from_python(event()), harmless.mend.edits) == from_python(BARE)
