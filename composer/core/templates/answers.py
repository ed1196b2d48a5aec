"""From what a person types for a variable to the value that stands in the event."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from composer.core import times
from composer.core.dates import read_date
from composer.core.jsontext import JsonError, Number, Value, parse
from composer.core.templates.template import Variable, VariableKind
from composer.core.variables.moments import moved, relative_offset
from composer.core.variables.rendering import Answers, Gap


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was typed for the variable ``name``, and what ``now`` means in it."""

    name: str
    text: str
    moment: datetime | None = None


def problem_of(variable: Variable, text: str) -> str:
    """Why ``text`` is no answer, with the next step; empty if it can be used, or is empty."""
    found = _value_of(variable.kind, text, _ANY_TIME)
    return found.words if isinstance(found, _Fault) else ""


def answers_of(variables: Iterable[Variable], given: Iterable[Answer]) -> Answers:
    """What each variable stands for. Without a usable answer it is not in it."""
    typed = {answer.name: answer for answer in given}
    found: dict[str, Value | Gap] = {}
    for variable in variables:
        answer = typed.get(variable.name)
        if answer is None or not answer.text:
            if not variable.required:
                found[variable.name] = Gap.LEFT_OUT
            continue
        value = _value_of(variable.kind, answer.text, answer.moment)
        if not isinstance(value, _Fault):
            found[variable.name] = value
    return found


@dataclass(frozen=True, slots=True)
class _Fault:
    words: str


_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)
_YES, _NO = frozenset({"yes", "true", "y", "on"}), frozenset({"no", "false", "n", "off"})


def _value_of(kind: VariableKind, text: str, moment: datetime | None) -> Value | _Fault:
    bare = text.strip()
    if not text:
        return ""
    match kind:
        case VariableKind.TEXT:
            return text
        case VariableKind.NUMBER:
            return _number(bare)
        case VariableKind.YES_NO:
            return _yes_no(bare)
        case VariableKind.DATE:
            return _date(bare, moment)
        case VariableKind.VALUE:
            return _json(text)


def _number(text: str) -> Value | _Fault:
    try:
        return Number(text)
    except ValueError:
        return _Fault("This is not a number. Write it as 12, -0.5 or 9.99.")


def _yes_no(text: str) -> Value | _Fault:
    word = text.casefold()
    if word in _YES | _NO:
        return word in _YES
    return _Fault("Write yes or no.")


def _date(text: str, moment: datetime | None) -> Value | _Fault:
    offset = relative_offset(text)
    there = None if offset is None or moment is None else moved(moment, offset)
    if there is not None:
        return times.wire_text(there)
    if times.read(text) is None or read_date(text, _ANY_TIME) is None:
        return _Fault("Write a date such as 2026-03-14T09:30:00Z, or now, or now -2d.")
    return text


def _json(text: str) -> Value | _Fault:
    try:
        return parse(text)
    except JsonError as error:
        return _Fault(f"{error.message} {error.hint}".strip())
