"""Rules about characters that nobody typed on purpose (ingestion-rules.md, 2.12).

They look at all texts of an event, keys included, but not at the token, which has rules of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice

from composer.core.jsontext import Object, get_at
from composer.core.verdicts.mending import Mend, Rename
from composer.core.verdicts.plain import plain
from composer.core.verdicts.request import Circumstances, Event
from composer.core.verdicts.rule import Finding, Rule, event_rule
from composer.core.verdicts.rules import docs
from composer.core.verdicts.rules.parts import put
from composer.core.verdicts.scales import Certainty, Severity, Subject
from composer.core.verdicts.texts import BLANKS, HALF, HIDDEN, JOINERS, Mark, Spot, spots


@event_rule(
    Rule(
        id="text.broken_unicode",
        subject=Subject.BULK,
        severity=Severity.ERROR,
        when="A text has half a character, such as half an emoji",
        says="PostHog refuses a request with half a character in it.",
        fix="Remove it, or paste the whole character again.",
        certainty=Certainty.CODE,
        docs=docs.CAPTURE,
        mends=True,
    )
)
def broken_unicode(event: Event, _: Circumstances) -> Iterator[Finding]:
    for spot in _spots(event, Mark.HALF, _has_half):
        mend = _replaced(event, spot, HALF.sub("", spot.text), "Remove the half character")
        yield Finding(path=spot.path, mend=mend)


@event_rule(
    Rule(
        id="text.null_byte",
        subject=Subject.BULK,
        severity=Severity.ALTERED,
        when="A text has the character number zero",
        says="There is an unprintable character: PostHog stores another in its place.",
        fix="Remove it, or type the text again.",
        certainty=Certainty.CODE,
        docs=docs.EVENTS,
        mends=True,
    )
)
def null_byte(event: Event, _: Circumstances) -> Iterator[Finding]:
    for spot in _spots(event, Mark.NULL, _has_null):
        if spot.is_key or spot.path != event.person_path:  # of which id.null_byte tells
            mend = _replaced(event, spot, spot.text.replace("\0", ""), "Remove the character")
            yield Finding(path=spot.path, mend=mend)


@event_rule(
    Rule(
        id="text.invisible",
        subject=Subject.BULK,
        severity=Severity.ADVICE,
        when="An ID, name, key or address has a character that cannot be seen",
        says="There is an invisible character, which makes it another ID, name or address.",
        fix="Remove it. It usually comes from copying.",
        certainty=Certainty.CODE,
        docs=docs.EVENTS,
        mends=True,
    )
)
def invisible(event: Event, _: Circumstances) -> Iterator[Finding]:
    for spot in _spots(event, Mark.INVISIBLE, _has_invisible):
        says = f"There is an invisible character: for PostHog this is another {_what(spot)}."
        mend = _replaced(event, spot, _visible(spot.text), "Remove what cannot be seen")
        yield Finding(path=spot.path, says=says, mend=mend)


@event_rule(
    Rule(
        id="text.markup",
        subject=Subject.BULK,
        severity=Severity.ADVICE,
        when="A value has the markup of a link, of HTML or of code",
        says="This looks like text that was copied with its markup.",
        fix="Enter the plain text or address.",
        certainty=Certainty.CODE,
        docs=docs.EVENTS,
        mends=True,
    )
)
def markup(event: Event, _: Circumstances) -> Iterator[Finding]:
    for spot in _spots(event, Mark.MARKUP, _has_markup):
        clean = _plain(spot)
        shown = clean if len(clean) <= _SHOWN else f"{clean[:_SHOWN]}…"
        yield Finding(path=spot.path, mend=_replaced(event, spot, clean, f"Make it {shown}"))


RULES = (
    broken_unicode,
    null_byte,
    invisible,
    markup,
)

_MOST = 20  # findings of one rule in one event; mending these brings more to light
_SHOWN = 40
_TOKENS = frozenset({"api_key", "token", "$token"})
_EXACT = frozenset({"event", "uuid", "alias", "$group_key", "$group_type", "$feature_flag"})
_ADDRESSES = ("url", "href", "link", "referrer", "$host", "$pathname")
_FORMATTED = ("$ai_", "$exception", "$elements", "$survey_response", "$feature_flag_payload")
"""Properties whose texts may well have markup of their own."""
_HIDDEN = re.compile(f"[{HIDDEN}]")
_BLANK = re.compile(f"[{BLANKS}]")
_JOINED = re.compile(f"[{JOINERS}]+")


def _spots(event: Event, mark: Mark, wanted: Callable[[Spot], bool]) -> Iterator[Spot]:
    """The first texts that are wanted; none are looked for without reason."""
    if mark not in event.marks:
        return iter(())
    found = filter(wanted, spots(event.payload, mark))
    # half a character in a token is a matter of the JSON, all else one of the token's own rules
    told = (spot for spot in found if mark is Mark.HALF or spot.path[0] not in _TOKENS)
    return islice(told, _MOST)


def _has_half(spot: Spot) -> bool:
    return HALF.search(spot.text) is not None


def _has_null(spot: Spot) -> bool:
    return "\0" in spot.text


def _has_invisible(spot: Spot) -> bool:
    return _is_exact(spot) and _visible(spot.text) != spot.text


def _has_markup(spot: Spot) -> bool:
    return not spot.is_key and not _is_formatted(spot) and _plain(spot) != spot.text


def _plain(spot: Spot) -> str:
    return plain(spot.text, as_address=_is_address(spot))


def _replaced(event: Event, spot: Spot, clean: str, label: str) -> Mend | None:
    """``None`` where the edit would hit another value, or leave a name or an ID empty."""
    if spot.is_shadowed or not (clean or (len(spot.path) > 1 and not spot.is_key)):
        return None
    if not spot.is_key:
        return put(label, spot.path, clean)
    parent = get_at(event.payload, spot.path[:-1])
    if isinstance(parent, Object) and clean in parent:
        return None
    return Mend(label=label, edits=(Rename(path=spot.path, key=clean),))


def _is_exact(spot: Spot) -> bool:
    """Whether each character counts: a key, a name, an ID or an address."""
    name = spot.path[-1]
    if spot.is_key or _is_address(spot):
        return True
    in_groups = "$groups" in spot.path[-2:-1]
    return isinstance(name, str) and (name in _EXACT or name.endswith("_id") or in_groups)


def _is_address(spot: Spot) -> bool:
    if spot.text.startswith(("http://", "https://")) and " " not in spot.text:
        return True
    return isinstance(spot.path[-1], str) and spot.path[-1].lower().endswith(_ADDRESSES)


def _is_formatted(spot: Spot) -> bool:
    return any(isinstance(key, str) and key.startswith(_FORMATTED) for key in spot.path[1:2])


def _what(spot: Spot) -> str:
    if spot.is_key:
        return "property"
    if _is_address(spot):
        return "address"
    return "name" if spot.path == ("event",) else "ID"


def _visible(text: str) -> str:
    """Without what takes no room; what looks like a space becomes one, or goes from the ends."""
    text = _HIDDEN.sub("", text)
    spaced = _BLANK.sub(" ", text)
    spaced = spaced.lstrip() if text[:1] in BLANKS else spaced
    spaced = spaced.rstrip() if text[-1:] in BLANKS else spaced
    return _JOINED.sub(_joiner, spaced)


def _joiner(match: re.Match[str]) -> str:
    """Joiners stay between two characters of other scripts, or in an emoji: nowhere else."""
    text, start, end = match.string, match.start(), match.end()
    is_rightful = not text[start - 1 : start].isascii() and not text[end : end + 1].isascii()
    return match[0] if is_rightful else ""
