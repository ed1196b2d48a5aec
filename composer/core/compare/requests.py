"""Two requests as a whole: address, headers, and bodies as JSON or, where they are none, as lines.

Large bodies take seconds, so it may be run in a thread; what it returns is bounded.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from composer.core.compare.address import compare_addresses, compare_headers
from composer.core.compare.bodies import BodyDifference, compare_bodies
from composer.core.compare.lines import compare_lines
from composer.core.compare.listing import Listed, Shown, shown_part
from composer.core.compare.request import (
    Comparison,
    NamedRequest,
    Part,
    RequestDifference,
)
from composer.core.compare.values import Difference, DifferenceKind
from composer.core.jsontext import (
    JsonError,
    Layout,
    Number,
    Object,
    Path,
    Value,
    encode,
    offsets_of,
    parse_bytes,
)


def compare_requests(left: NamedRequest, right: NamedRequest) -> Comparison:
    """What differs between two requests; never raises, whatever the bodies are."""
    listed = Listed()
    listed.take(compare_addresses(left, right))
    listed.take(compare_headers(left, right))
    values = _value(left.body), _value(right.body)
    notes = list(_notes(left, right))
    if values[0] is not None and values[1] is not None:
        shown = _compare_json(listed, (values[0].value, values[1].value))
    else:
        fallen = [one.name for one, value in zip((left, right), values, strict=True) if not value]
        notes.append(f"{_joined(fallen)}: not JSON, so the bodies are compared line by line.")
        shown = compare_lines(listed, (_text(left.body), _text(right.body)))
    notes += (
        f"{one.name}: only the beginning of this long body is shown."
        for one, body in zip((left, right), shown, strict=True)
        if body.is_cut
    )
    return Comparison(
        differences=tuple(sorted(listed.found, key=_place)),
        lasting=listed.lasting,
        fleeting=listed.fleeting,
        texts=(shown[0].text, shown[1].text),
        is_json=None not in values,
        notes=tuple(notes),
    )


_ORDER = tuple(Part)


def _place(one: RequestDifference) -> int:
    return _ORDER.index(one.part)


@dataclass(frozen=True, slots=True)
class _Parsed:
    """A value in a box: ``null`` is a value, too."""

    value: Value


def _value(body: bytes) -> _Parsed | None:
    try:
        return _Parsed(parse_bytes(body))
    except JsonError:
        return None


def _text(body: bytes) -> str:
    """A body that is no JSON; bytes that are no UTF-8 as escapes, so that they are compared."""
    return body.decode("utf-8", "backslashreplace")


def _notes(left: NamedRequest, right: NamedRequest) -> Iterator[str]:
    """What only one of the two has."""
    for one, other in ((left, right), (right, left)):
        pairs = (("address", one.url, other.url), ("headers", one.headers, other.headers))
        missing = [name for name, own, its in pairs if its and not own]
        if missing:
            yield f"{one.name}: {' and '.join(missing)} not known, so not compared."


def _joined(names: Sequence[str]) -> str:
    return " and ".join(dict.fromkeys(names))


def _compare_json(listed: Listed, values: tuple[Value, Value]) -> tuple[Shown, Shown]:
    every = compare_bodies(*values)
    found = [one for one in every if listed.count(is_fleeting=one.is_fleeting)]
    shown = shown_part(encode(values[0])), shown_part(encode(values[1]))
    sides = [
        _lines_of(body.text, [one.at[side] for one in found]) for side, body in enumerate(shown)
    ]
    listed.found += [
        replace(_told(one), lines=(sides[0].get(one.at[0], 0), sides[1].get(one.at[1], 0)))
        for one in found
    ]
    return shown


def _lines_of(text: str, paths: Sequence[Path]) -> dict[Path, int]:
    """The lines, from 1, of what stands in laid-out JSON; nothing of what was cut off."""
    if "\n" not in text:
        return dict.fromkeys(paths, 1)
    ends = list(accumulate(len(line) + 1 for line in text.split("\n")))
    places = offsets_of(text, frozenset(paths))
    return {path: bisect_right(ends, offset) + 1 for path, offset in places.items()}


def _told(one: BodyDifference) -> RequestDifference:
    found = one.difference
    left, right = _texts(found)
    return RequestDifference(
        part=Part.BODY,
        what=one.what,
        event=one.event,
        kind=found.kind,
        left=left,
        right=right,
        detail=_types(found) if found.kind is DifferenceKind.RETYPED else one.detail,
        is_fleeting=one.is_fleeting,
    )


def _texts(found: Difference) -> tuple[str, str]:
    match found.kind:
        case DifferenceKind.ADDED:
            return "", _json(found.after)
        case DifferenceKind.REMOVED:
            return _json(found.before), ""
        case DifferenceKind.REPEATED:
            return _all(found.before), _all(found.after)
        case _:
            return _json(found.before), _json(found.after)


def _json(value: Value) -> str:
    return encode(value, Layout.COMPACT)


def _all(values: Value) -> str:
    """Each value of a repeated key, in order."""
    return ", then ".join(map(_json, values)) if isinstance(values, tuple) else ""


def _types(found: Difference) -> str:
    return f"{_type(found.before)} against {_type(found.after)}"


def _type(value: Value) -> str:
    """As the form calls it."""
    match value:
        case None:
            return "null"
        case bool():
            return "yes/no"
        case str():
            return "text"
        case Number():
            return "number"
        case Object():
            return "object"
        case tuple():
            return "list"
