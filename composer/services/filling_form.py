"""How far a draft is filled in, as a JSON object and back; it stands beside the draft.

What the draft itself shows is not repeated: only which of it came from which variable. Knows
nothing of files.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from composer.core import times
from composer.core.jsontext import JsonError, Layout, Object, Value, encode, parse
from composer.core.templates import Answer, Filling
from composer.core.variables.patterns import (
    Made,
    Pattern,
    Slot,
    pattern_of_template,
    slots_of,
    template_of,
    with_slots,
)
from composer.services.draft_form import FormError, list_of, text_of
from composer.services.variable_form import read_variable, written_variable


def written_filling(filling: Filling) -> Object:
    """The filling as it stands in a workspace file."""
    made = tuple(values for slot in slots_of(filling.pattern) for values in slot.made)
    members: list[tuple[str, Value]] = [
        ("variables", tuple(map(written_variable, filling.variables))),
        ("answers", tuple(map(_written_answer, filling.given))),
        ("made", made),
        ("body", encode(template_of(filling.pattern), Layout.COMPACT)),
    ]
    return Object((*members, *_written_moment(filling.moment)))


def read_filling(source: Value) -> Filling:
    """The filling in ``source``. Raises ``FormError``."""
    if not isinstance(source, Object):
        raise FormError("what a draft is filled in with is missing")
    try:
        body = parse(text_of(source, "body"))
    except JsonError as error:
        raise FormError("what a draft is filled in with is no JSON") from error
    return Filling(
        variables=tuple(map(read_variable, list_of(source, "variables"))),
        given=tuple(map(_read_answer, list_of(source, "answers"))),
        pattern=_with_made(pattern_of_template(body), list_of(source, "made")),
        moment=_read_moment(source),
    )


def _written_answer(answer: Answer) -> Object:
    members = (("name", answer.name), ("text", answer.text))
    return Object((*members, *_written_moment(answer.moment)))


def _read_answer(source: Value) -> Answer:
    if not isinstance(source, Object):
        raise FormError("an answer is missing")
    return Answer(
        name=text_of(source, "name"), text=text_of(source, "text"), moment=_read_moment(source)
    )


def _written_moment(moment: datetime | None) -> tuple[tuple[str, Value], ...]:
    return () if moment is None else (("moment", moment.isoformat()),)


def _read_moment(source: Object) -> datetime | None:
    return times.read(text_of(source, "moment")) if "moment" in source else None


def _with_made(pattern: Pattern, values: tuple[Value, ...]) -> Pattern:
    """The generated values in their places; what is missing waits to be made anew."""
    rest = list(reversed(values))

    def filled(slot: Slot) -> Slot:
        return replace(slot, made=_made(rest, len(slot.made)))

    return with_slots(pattern, filled)


def _made(rest: list[Value], count: int) -> Made:
    taken = [rest.pop() if rest else () for _ in range(count)]
    return tuple(value[:1] if isinstance(value, tuple) else () for value in taken)
