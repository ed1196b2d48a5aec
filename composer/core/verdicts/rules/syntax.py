"""Rules about the body as JSON text (ingestion-rules.md, 2.2, ``json`` and ``body.empty``)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from composer.core.jsontext import Layout, Number, Object, Path, Value, encode
from composer.core.verdicts.mending import Edit, Mend, Put, Rewrite, Take
from composer.core.verdicts.places import FIELDS, PERSONS, TOKENS, has_field_twice
from composer.core.verdicts.repair import repaired
from composer.core.verdicts.request import Circumstances, Event, Request, Shape
from composer.core.verdicts.rule import Finding, Rule, event_rule, request_rule
from composer.core.verdicts.rules import docs
from composer.core.verdicts.scales import Certainty, Severity, Subject


@request_rule(
    Rule(
        id="json.syntax",
        subject=Subject.BODY,
        severity=Severity.ERROR,
        when="The body is not valid JSON",
        says="PostHog cannot read this text, often because it was copied from a document or chat.",
        fix="Let the app repair it, or correct the marked place.",
        certainty=Certainty.CODE,
        docs=docs.CAPTURE,
        mends=True,
    )
)
def syntax(request: Request, _: Circumstances) -> Iterator[Finding]:
    text, fault = request.text, request.fault
    if text is None or not text.strip():
        return
    if fault is not None:
        says = f"PostHog cannot read this text. {fault}"
        yield Finding(says=says, fix=fault.hint, mend=_rewritten(text))
    elif len(text) < _SEARCHED and _ENDLESS.search(text):
        yield from _endless(request.value)


@request_rule(
    Rule(
        id="json.encoding",
        subject=Subject.BODY,
        severity=Severity.ERROR,
        when="The body is not UTF-8",
        says="PostHog cannot read these bytes: they are not UTF-8.",
        fix="Save the file as UTF-8.",
        certainty=Certainty.CODE,
        docs=docs.CAPTURE,
    )
)
def encoding(request: Request, _: Circumstances) -> Iterator[Finding]:
    if request.text is None and request.value is None:
        yield Finding()


@event_rule(
    Rule(
        id="json.depth",
        subject=Subject.BODY,
        severity=Severity.ERROR,
        when="Lists and objects stand more than 127 levels deep in each other",
        says="PostHog reads 127 levels of lists and objects in each other; this goes deeper.",
        fix="Flatten it, or store the inner part as text.",
        certainty=Certainty.CODE,
        docs=docs.CAPTURE,
        mends=True,
    )
)
def depth(event: Event, known: Circumstances) -> Iterator[Finding]:
    deep = _deepest(event.payload, _LEVELS - _AROUND.get(known.shape, 0))
    if deep:
        edits = tuple(Put(path=path, value=encode(value, Layout.COMPACT)) for path, value in deep)
        mend = Mend(label="Store the inner part as text", edits=edits)
        yield Finding(path=deep[0][0], mend=mend)


@request_rule(
    Rule(
        id="json.twice_same_key",
        subject=Subject.BODY,
        severity=Severity.ERROR,
        when="One field is given twice, perhaps under two names",
        says="The same field is given twice, so PostHog refuses the request.",
        fix="Keep one of them.",
        certainty=Certainty.CODE,
        docs=docs.CAPTURE,
        mends=True,
    )
)
def twice_same_key(request: Request, _: Circumstances) -> Iterator[Finding]:
    if request.shape is Shape.BATCH and isinstance(request.value, Object):
        yield from _twice(request.value, (), _BATCH_FIELDS)
    for index, event in enumerate(request.events):
        if has_field_twice(event):
            yield from _twice(event.payload, request.event_path(index), _EVENT_FIELDS)


@request_rule(
    Rule(
        id="body.empty",
        subject=Subject.BODY,
        severity=Severity.ERROR,
        when="The body is empty, or an empty list of events",
        says="There is no event in the request, so PostHog refuses it.",
        fix="Add at least one event.",
        certainty=Certainty.CODE,
        docs=docs.CAPTURE,
    )
)
def empty(request: Request, _: Circumstances) -> Iterator[Finding]:
    text = request.text
    if request.value == () or (text is not None and not text.strip()):
        yield Finding()
    elif request.shape is Shape.BATCH and request.top.get("batch") == ():
        yield Finding(path=("batch",))


RULES = (syntax, encoding, depth, twice_same_key, empty)

_LEVELS = 127
"""What is read (capture-server.md, 2.3)."""

_CONTAINERS = (Object, tuple)
_AROUND = {Shape.BATCH: 2, Shape.ARRAY: 1}
"""How many levels stand around an event."""

_MENDED = 250_000  # characters, about 0.1 s; this runs while a person types
_SEARCHED = 1_000_000  # characters
_ENDLESS = re.compile(r"[0-9][eE]\+?[0-9]{3}|[0-9]{309}")
"""A hint at a number beyond a double, which the service refuses."""

_EVENT_FIELDS = (TOKENS, PERSONS, *((key,) for key in sorted(FIELDS - {*TOKENS, *PERSONS})))
_BATCH_FIELDS = (TOKENS[:2], ("batch",), ("sent_at",), ("historical_migration",))
"""The fields, each with all of its names."""


def _rewritten(text: str) -> Mend | None:
    new = repaired(text) if len(text) < _MENDED else None
    return None if new is None else Mend(label="Repair the text", edits=(Rewrite(text=new),))


def _inner(path: Path, value: Value) -> Iterator[tuple[Path, Value]]:
    """What stands directly in ``value``, with the place of each."""
    if isinstance(value, Object):
        for key, item in value.members:
            yield (*path, key), item
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield (*path, index), item


def _is_nested(value: Value) -> bool:
    return isinstance(value, _CONTAINERS)


def _deepest(payload: Object, levels: int) -> list[tuple[Path, Value]]:
    """What stands at the last level that is read and has more inside, with its places."""
    values: list[Value] = [payload]
    for _ in range(levels):
        values = [item for value in values for item in _nested_in(value)]
        if not values:
            return []
    found: list[tuple[Path, Value]] = [((), payload)]
    for _ in range(levels - 1):
        found = [one for path, value in found for one in _inner(path, value) if _is_nested(one[1])]
    return [(path, value) for path, value in found if _nested_in(value)]


def _nested_in(value: Value) -> list[Value]:
    if isinstance(value, Object):
        return [item for _, item in value.members if isinstance(item, _CONTAINERS)]
    items = value if isinstance(value, tuple) else ()
    return [item for item in items if isinstance(item, _CONTAINERS)]


def _endless(body: Value) -> Iterator[Finding]:
    """Numbers that no double holds."""
    waiting: list[tuple[Path, Value]] = [((), body)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, Number) and abs(float(value.text)) == float("inf"):
            mend = Mend(label="Write it as text", edits=(Put(path=path, value=value.text),))
            says = "PostHog cannot read a number as large as this one."
            yield Finding(path=path, says=says, fix="Write it as text, in quotes.", mend=mend)
        waiting += _inner(path, value)


def _twice(value: Object, prefix: Path, fields: tuple[tuple[str, ...], ...]) -> Iterator[Finding]:
    for names in fields:
        standing = [key for key, _ in value.members if key in names]
        if len(standing) < 2:  # noqa: PLR2004 -- twice
            continue
        kept = next((key for key in names if value.get(key) is not None), standing[0])
        edits: list[Edit] = [Take(path=(*prefix, key)) for key in names if key in standing]
        if standing.count(kept) == 1:
            edits.remove(Take(path=(*prefix, kept)))
        else:
            edits.append(Put(path=(*prefix, kept), value=value.get(kept)))
        other = next((key for key in standing if key != kept), kept)
        says = (
            f"{kept} is given twice, so PostHog refuses the request."
            if other == kept
            else f"{kept} and {other} are the same field, so PostHog refuses the request."
        )
        yield Finding(
            path=(*prefix, other), says=says, mend=Mend(label=f"Keep {kept}", edits=tuple(edits))
        )
