"""Every outcome is explained: what happened, and the next step."""

import pytest

from composer.core.destination import Destination, DestinationKind
from composer.core.explain import Explanation, Verdict, explain
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

SERVER = Destination(
    id="x", name="X", kind=DestinationKind.SELF_HOSTED, address="https://posthog.example.com"
)
SANDBOX = Destination(
    id="s", name="Sandbox", kind=DestinationKind.SANDBOX, address="http://127.0.0.1:1"
)
OUTCOMES: list[Outcome] = [
    *(Rejected(response=Response(status=400), refusal=refusal) for refusal in Refusal),
    *(Unreachable(fault=fault) for fault in Fault),
    Cancelled(),
    Interrupted(),
]


def refused(refusal: Refusal, body: str = "", **headers: str) -> Explanation:
    pairs = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    response = Response(status=400, reason="Bad Request", body=body.encode(), headers=pairs)
    return explain(Rejected(response=response, refusal=refusal), SERVER)


def is_sentence(text: str) -> bool:
    return text[0].isupper() and text.endswith(".") and "!" not in text


@pytest.mark.parametrize("outcome", OUTCOMES, ids=repr)
def test_whatever_went_wrong_has_a_sentence_and_a_next_step(outcome: Outcome) -> None:
    told = explain(outcome, SERVER)
    assert told.verdict in {Verdict.ERROR, Verdict.WARNING}
    assert told.badge
    assert is_sentence(told.title[0].upper() + told.title[1:])
    assert is_sentence(told.advice)


def test_different_troubles_have_different_words() -> None:
    titles = [explain(outcome, SERVER).title for outcome in OUTCOMES]
    same = {Refusal.BAD_EVENT, Refusal.CLIENT_ERROR}
    assert len(set(titles)) == len(titles) - len(same) + 1


def test_a_yes_of_the_sandbox_is_final_and_one_of_posthog_is_not() -> None:
    yes = Accepted(response=Response(status=200, reason="OK"))
    assert explain(yes, SANDBOX).verdict is Verdict.OK
    assert explain(yes, SANDBOX).advice == ""
    assert explain(yes, SERVER).badge == "200 OK"
    assert "Activity" in explain(yes, SERVER).advice


def test_a_redirect_names_its_target() -> None:
    assert "to https://b.example;" in refused(Refusal.REDIRECT, location="https://b.example").title


@pytest.mark.parametrize("refusal", [Refusal.BAD_EVENT, Refusal.CLIENT_ERROR, Refusal.BAD_TOKEN])
def test_the_servers_own_words_are_quoted(refusal: Refusal) -> None:
    assert "API key is not valid" in refused(refusal, "API key is not valid\nmore").title
    assert "more" not in refused(refusal, "API key is not valid\nmore").title


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ("event submitted without a distinct_id", "person's ID"),
        ("event submitted with an empty distinct_id", "person's ID"),
        ("event submitted with an empty event name", "event name"),
        ("non-engage request missing event name attribute", "event name"),
        ("event submitted without an api_key", "project token"),
        ("data did not match any variant of untagged enum RawRequest", "wrong type"),
        ("recursion limit exceeded at line 1 column 128", "127 levels"),
        ("request holds no event", "at least one event"),
        ("event submitted with invalid cookieless mode", "$cookieless_mode"),
        ("something new", "Mend the event"),
    ],
)
def test_each_known_text_has_its_own_advice(said: str, advice: str) -> None:
    assert advice in refused(Refusal.BAD_EVENT, f"failed to parse request: {said}").advice


def test_how_long_to_wait_is_told_if_the_server_says_so() -> None:
    assert "Wait 30 seconds" in refused(Refusal.TOO_MANY, retry_after="30").advice
    assert "Wait a minute" in refused(Refusal.TOO_MANY, retry_after="tomorrow").advice


def test_without_an_address_a_bad_address_still_makes_a_sentence() -> None:
    nowhere = Destination(id="n", name="N", kind=DestinationKind.SELF_HOSTED, address="")
    told = explain(Unreachable(fault=Fault.BAD_ADDRESS), nowhere)
    assert told.title == "The address cannot be used."
