"""Rules about the project token and the address (ingestion-rules.md, 2.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from composer.core.destination import CLOUD_ADDRESSES, WEBSITE_HOSTS, token_problem
from composer.core.jsontext import Path, Value
from composer.core.verdicts.mending import Mend, Put, Take
from composer.core.verdicts.places import (
    DISCARDED,
    TOKENS,
    served_token,
    token_of,
    token_of_destination,
)
from composer.core.verdicts.request import Circumstances, Event, Request, Shape
from composer.core.verdicts.rule import Finding, Rule, UnknowableRule, event_rule, request_rule
from composer.core.verdicts.rules import docs
from composer.core.verdicts.scales import Certainty, Severity, Subject


@request_rule(
    Rule(
        id="token.missing",
        subject=Subject.TOKEN,
        severity=Severity.ERROR,
        when="There is no project token",
        says="There is no project token, so PostHog refuses the request.",
        fix="Enter the token from the project's settings; it begins with phc_.",
        certainty=Certainty.CODE,
        docs=docs.CAPTURE,
        mends=True,
    )
)
def missing(request: Request, known: Circumstances) -> Iterator[Finding]:
    found = served_token(request)
    if found is not None:
        path, token = found
        if token == "":
            yield Finding(path=path, mend=token_of_destination(known, path))
    elif request.shape is not Shape.BATCH and (path := _gap(request)):
        yield Finding(path=path, mend=token_of_destination(known, path))


@request_rule(
    Rule(
        id="token.personal_key",
        subject=Subject.TOKEN,
        severity=Severity.ERROR,
        when="The token is a personal key (phx_)",
        says="This is a personal key: it opens a whole account, and PostHog refuses it here.",
        fix="Use the project token (phc_). If others have seen the key, replace it in PostHog.",
        certainty=Certainty.CODE,
        docs=docs.API,
        mends=True,
    )
)
def personal_key(request: Request, known: Circumstances) -> Iterator[Finding]:
    path, token = _token(request)
    if token.strip().startswith(_PERSONAL):
        # With a space before it, it passes for a token that no project has.
        severity = None if token.startswith(_PERSONAL) else Severity.DROPPED
        yield Finding(path=path, severity=severity, mend=token_of_destination(known, path))


@request_rule(
    Rule(
        id="token.secret_key",
        subject=Subject.TOKEN,
        severity=Severity.ADVICE,
        when="The token is a secret key (phs_)",
        says="This is a secret key. Sending works, but whoever sees the event sees the key.",
        fix="Use the project token (phc_).",
        certainty=Certainty.REMEMBERED,
        docs=docs.API,
        mends=True,
    )
)
def secret_key(request: Request, known: Circumstances) -> Iterator[Finding]:
    path, token = _token(request)
    if token.strip().startswith("phs_"):
        yield Finding(path=path, mend=token_of_destination(known, path))


@request_rule(
    Rule(
        id="token.shape",
        subject=Subject.TOKEN,
        severity=Severity.ERROR,
        when="The token is longer than 64 characters, or has characters that no token has",
        says="The token has characters that no token has, so PostHog refuses it.",
        fix="Copy it again from the project's settings.",
        certainty=Certainty.CODE,
        docs=docs.API,
        mends=True,
    )
)
def shape(request: Request, known: Circumstances) -> Iterator[Finding]:
    path, token = _token(request)
    length = len(token.encode("utf-8", "surrogatepass"))
    if length > _LONGEST:
        says = f"PostHog refuses a token of more than {_LONGEST} characters; this has {length}."
        yield Finding(path=path, says=says, mend=_cleaned(token, path, known))
    elif not token.isascii() or "\0" in token:
        yield Finding(path=path, mend=_cleaned(token, path, known))
    elif token != token.strip():
        says = "PostHog may take the spaces around the token for a part of it and lose the event."
        fix = "Remove them."
        mend = _cleaned(token, path, known)
        yield Finding(path=path, says=says, fix=fix, severity=Severity.DROPPED, mend=mend)


@request_rule(
    Rule(
        id="token.prefix",
        subject=Subject.TOKEN,
        severity=Severity.ADVICE,
        when="The token does not begin with phc_",
        says="Project tokens normally begin with phc_. With a wrong one the event is lost.",
        fix="Compare it with the project's settings.",
        certainty=Certainty.DOCUMENTED,
        docs=docs.API,
        mends=True,
    )
)
def prefix(request: Request, known: Circumstances) -> Iterator[Finding]:
    path, token = _token(request)
    if token.strip() and not token.strip().startswith(("phc_", "phs_", _PERSONAL)):
        yield Finding(path=path, mend=token_of_destination(known, path))


unknown = UnknowableRule(
    rule=Rule(
        id="token.unknown",
        subject=Subject.TOKEN,
        severity=Severity.DROPPED,
        when="No project has this token",
        says="PostHog answers 200 all the same, and the event is lost without a warning.",
        fix="Compare the token with the project's settings.",
        certainty=Certainty.CODE,
        docs=docs.API,
    ),
    because="PostHog looks the token up only after it has answered.",
    ask="A request to /flags with this token (401 means that no project here has it), or the "
    "project's settings.",
)

wrong_region = UnknowableRule(
    rule=Rule(
        id="token.wrong_region",
        subject=Subject.TOKEN,
        severity=Severity.DROPPED,
        when="The token belongs to the other region",
        says="PostHog answers 200 all the same, and the event is lost without a warning.",
        fix="Choose the other region as the destination.",
        certainty=Certainty.CODE,
        docs=docs.API,
    ),
    because="A token does not say whether its project is in the US or in the EU.",
    ask="A request to /flags in each region: the one that answers 200 has the project.",
)


@request_rule(
    Rule(
        id="host.app_host",
        subject=Subject.TOKEN,
        severity=Severity.ADVICE,
        when="The destination is the website's address",
        says="This is the address of the website, not the one that takes events.",
        fix="Change the address of the destination.",
        certainty=Certainty.DOCUMENTED,
        docs=docs.API,
    )
)
def app_host(request: Request, known: Circumstances) -> Iterator[Finding]:
    if known.destination is None or not request.events:
        return
    region = WEBSITE_HOSTS.get(_host(known.destination.address))
    if region is not None:
        yield Finding(fix=f"Change the address of the destination to {CLOUD_ADDRESSES[region]}.")


@request_rule(
    Rule(
        id="token.mixed",
        subject=Subject.TOKEN,
        severity=Severity.ERROR,
        when="The events of a list have different tokens",
        says="The events belong to different projects, so PostHog refuses them all.",
        fix="Send one request for each project.",
        certainty=Certainty.CODE,
        docs=docs.CAPTURE,
    )
)
def mixed(request: Request, _: Circumstances) -> Iterator[Finding]:
    if request.shape is not Shape.ARRAY:
        return
    first: tuple[str, Value] | None = None
    for index, event in enumerate(request.events):
        found = token_of(event) if event.name != DISCARDED else None
        if found is None:
            continue
        place = f"event {request.places[index] + 1}"
        if first and found[1] != first[1]:
            says = f"The token of {place} is not that of {first[0]}, so PostHog refuses all events."
            yield Finding(path=request.event_path(index) + found[0], says=says)
            return
        first = first or (place, found[1])


@event_rule(
    Rule(
        id="token.batch_per_event",
        subject=Subject.TOKEN,
        severity=Severity.ALTERED,
        when="An event inside a batch has a token of its own",
        says="Only the token beside the batch counts: PostHog ignores this one.",
        fix="Remove it. Events of another project need a batch of their own.",
        certainty=Certainty.CODE,
        docs=docs.CAPTURE,
        mends=True,
    )
)
def batch_per_event(event: Event, known: Circumstances) -> Iterator[Finding]:
    if known.shape is not Shape.BATCH:
        return
    for key in TOKENS:
        if key in event.members:
            usual = known.destination is not None and event.members[key] == known.destination.token
            severity = Severity.ADVICE if usual else None  # the same project: nothing goes astray
            mend = Mend(label="Remove the token", edits=(Take(path=(key,)),))
            yield Finding(path=(key,), severity=severity, mend=mend)


RULES = (
    missing,
    personal_key,
    secret_key,
    shape,
    prefix,
    unknown,
    wrong_region,
    app_host,
    mixed,
    batch_per_event,
)

_PERSONAL = "phx_"
_LONGEST = 64  # bytes
_FOREIGN = re.compile(r"[^!-~]")  # all but the visible characters of ASCII


def _token(request: Request) -> tuple[Path, str]:
    """The token that the service takes, with its place; empty if there is none."""
    found = served_token(request)
    return (found[0], found[1]) if found and isinstance(found[1], str) else ((), "")


def _gap(request: Request) -> Path:
    """Where a token would have to stand: in the first event that counts, if there is one."""
    for index, event in enumerate(request.events):
        if event.name != DISCARDED:
            key = next((key for key in TOKENS if key in event.members), TOKENS[0])
            return (*request.event_path(index), key)
    return ()


def _cleaned(token: str, path: Path, known: Circumstances) -> Mend | None:
    """The token without what came along when it was copied; else the destination's."""
    clean = _FOREIGN.sub("", token)
    if clean == token or token_problem(clean):
        return token_of_destination(known, path)
    return Mend(label="Remove what is no part of it", edits=(Put(path=path, value=clean),))


def _host(address: str) -> str:
    try:
        return urlsplit(address.strip()).hostname or ""
    except ValueError:
        return ""
