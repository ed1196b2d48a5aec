"""Makes the event of a row in the obvious way, to bear witness against the compiled one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias
from zoneinfo import ZoneInfo

from composer.core.jsontext import (
    JsonError,
    Layout,
    Number,
    Object,
    Value,
    encode,
    from_python,
    get_at,
    parse,
    set_at,
)
from composer.core.mapping import (
    CellKind,
    ColumnRule,
    Constant,
    Converter,
    Mapping,
    Target,
    WhenEmpty,
)
from composer.core.mapping.moments import reader
from composer.core.tabular import Row, path_of
from composer.core.templates import Template, begin
from composer.core.variables import Maker
from composer.core.variables.rendering import Gap

PATHS = {
    Target.PROPERTY: ("properties",),
    Target.SET: ("properties", "$set"),
    Target.SET_ONCE: ("properties", "$set_once"),
    Target.GROUP: ("properties", "$groups"),
}
WHOLES = {
    Target.PROPERTIES: ("properties",),
    Target.SET_ALL: ("properties", "$set"),
    Target.SET_ONCE_ALL: ("properties", "$set_once"),
}
NOTHING = Gap.LEFT_OUT
Given: TypeAlias = "list[tuple[ColumnRule | Constant, Value]]"


class MisfitError(Exception):
    """The row makes no event."""


class EvenMaker:
    """Implements ``Maker``: time stands still, and chance always says the same."""

    def __init__(self, maker: Maker) -> None:
        self.now = maker.now

    def uuid7(self, moment: object) -> str:
        return f"of {moment}"

    def below(self, n: int) -> int:
        return n - 1 if n < 1000 else 5


def compiled(
    mapping: Mapping, columns: Sequence[str], template: Template | None, maker: Maker
) -> Converter:
    return Converter(mapping, columns, template, zone=ZoneInfo, maker=maker)


def event_of(
    mapping: Mapping, columns: Sequence[str], template: Template | None, row: Row, maker: Maker
) -> Object:
    """The event without its ``uuid``. Raises ``MisfitError``."""
    values: list[tuple[ColumnRule | Constant, Value | Gap]] = [
        (rule, cell(rule, columns, row)) for rule in mapping.rules
    ]
    values += [(constant, constant_value(constant)) for constant in mapping.constants]
    given: Given = [(one, value) for one, value in values if not isinstance(value, Gap)]
    event = base(template, given, maker)
    first: dict[tuple[str, ...], Value] = {}
    for target in (Target.EVENT, Target.PERSON, Target.TIME):
        found = [value for one, value in given if one.target is target]
        key = {Target.EVENT: "event", Target.PERSON: "distinct_id"}.get(target, "timestamp")
        if found:
            first[(key,)] = found[0] if isinstance(found[0], str) else encode(found[0])
    for path, value in first.items():
        event = set_at(event, path, value, before=("properties",))
    for path, value in parts(given, mapping):
        event = set_at(event, path, value)
    if not event.get("event") or not str(event.get("distinct_id") or "").strip():
        raise MisfitError
    if len(str(event.get("distinct_id"))) > 200:
        raise MisfitError
    return event


def parts(given: Given, mapping: Mapping) -> list[tuple[tuple[str, ...], Value]]:
    """What is put in, in order: whole objects, outer and constant ones first, then the others."""
    wholes = [(one, value) for one, value in given if one.target in WHOLES]
    wholes.sort(key=lambda one: (len(WHOLES[one[0].target]), isinstance(one[0], ColumnRule)))
    found: list[tuple[tuple[str, ...], Value]] = []
    for one, value in wholes:
        if not isinstance(value, Object):
            raise MisfitError
        own = [path_of(rule.column) for rule in mapping.rules]
        outer = path_of(one.column) if isinstance(one, ColumnRule) else ("?",)
        for key, item in value:
            if (*outer, key) not in own:
                found.append(((*WHOLES[one.target], key), item))
    for target, path in PATHS.items():
        once: dict[str, Value] = {}
        order = [one for one in (*mapping.rules, *mapping.constants) if one.target is target]
        for one in order:
            value = next((v for o, v in given if o is one), NOTHING)
            if not isinstance(value, Gap) and one.name not in once:
                once[one.name] = value
        names = dict.fromkeys(one.name for one in order)
        found += [((*path, name), once[name]) for name in names if name in once]
    return found


def base(template: Template | None, given: Given, maker: Maker) -> Object:
    if template is None:
        value = from_python({"event": "", "distinct_id": "", "properties": {}})
        assert isinstance(value, Object)
        return value
    answers = {
        one.name: value if isinstance(value, str) else encode(value, Layout.COMPACT)
        for one, value in given
        if one.target is Target.VARIABLE
    }
    draft, filling = begin(template, 0, maker, answers)
    if filling.unfilled(draft):
        raise MisfitError
    return draft.payload


def constant_value(constant: Constant) -> Value | Gap:
    assert "{{" not in constant.text
    return converted(constant.kind, constant.text, "", typed=False) if constant.text else NOTHING


def cell(rule: ColumnRule, columns: Sequence[str], row: Row) -> Value | Gap:
    if rule.target is Target.IGNORE:
        return NOTHING
    if isinstance(row[1], Object):
        found, typed = get_at(row[1], path_of(rule.column)), True
    else:
        found, typed = row[1][columns.index(rule.column)], False
    if found is None or (isinstance(found, str) and not found.strip()):
        return empty(rule)
    kind = rule.kind
    if rule.target in {Target.EVENT, Target.PERSON, Target.GROUP}:
        kind = CellKind.TEXT
    if rule.target is Target.TIME:
        moment = reader(rule.time_format, ZoneInfo("UTC"))(str(found).strip())
        if moment is None:
            raise MisfitError
        return moment.text
    if rule.target in WHOLES:
        kind = CellKind.VALUE
    if rule.target is Target.VARIABLE:
        return found
    return converted(kind, found, rule.time_format, typed=typed)


def empty(rule: ColumnRule) -> Value | Gap:
    if rule.when_empty is WhenEmpty.PROBLEM:
        raise MisfitError
    is_text = rule.target in {Target.EVENT, Target.PERSON, Target.GROUP, Target.TIME}
    if is_text or rule.target in WHOLES or rule.when_empty is WhenEmpty.LEAVE_OUT:
        return NOTHING
    return None if rule.when_empty is WhenEmpty.NULL else ""


def converted(kind: CellKind, found: Value, time_format: str, *, typed: bool) -> Value:
    text = found if isinstance(found, str) else encode(found, Layout.COMPACT)
    if kind is CellKind.AUTO:
        return found if typed or not isinstance(found, str) else guessed(found)
    if kind is CellKind.LIST:
        items = [item.strip() for item in text.split(",")]
        value = found if isinstance(found, tuple) else tuple(item for item in items if item)
        return checked(value, fits=not isinstance(found, Object))
    if kind is CellKind.DATE:
        moment = reader(time_format, ZoneInfo("UTC"))(text.strip())
        return checked(moment and (moment.day or moment.text), fits=moment is not None)
    if kind is CellKind.YES_NO:
        word = text.strip().casefold()
        is_word = word in {*"yn10tf", "yes", "no", "true", "false", "on", "off"}
        return checked(word in {"y", "1", "t", "yes", "true", "on"}, fits=is_word)
    if kind is CellKind.NUMBER_COMMA and isinstance(found, str):
        whole, comma, fraction = found.strip().partition(",")
        groups = whole.removeprefix("-").split(".")
        if "." in fraction or any(len(group) != 3 for group in groups[1:]) or len(groups[0]) > 15:
            raise MisfitError
        if (len(groups) > 1 and not 1 <= len(groups[0]) <= 3) or (comma and not fraction):
            raise MisfitError
        kind, found = CellKind.NUMBER, whole.replace(".", "") + comma.replace(",", ".") + fraction
    if kind in {CellKind.NUMBER, CellKind.NUMBER_COMMA}:
        value = found if isinstance(found, Number) else read(text.strip())
        return checked(value, fits=isinstance(value, Number))
    if kind is CellKind.VALUE:
        return read(found) if isinstance(found, str) else found
    return text


def guessed(text: str) -> Value:
    if re.fullmatch(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,30})?", text):
        return Number(text)
    words = ("true", "TRUE", "True", "false", "FALSE", "False")
    return words.index(text) < 3 if text in words else text


def checked(value: Value, *, fits: bool) -> Value:
    if not fits:
        raise MisfitError
    return value


def read(text: str) -> Value:
    try:
        return parse(text)
    except JsonError as error:
        raise MisfitError from error
