"""A mapping as a JSON object and back. What is as it is without being said is left out.

Knows nothing of files.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from composer.core.jsontext import Object, Value
from composer.core.mapping import CellKind, ColumnRule, Constant, Mapping, Target, WhenEmpty
from composer.services.draft_form import FormError, list_of, text_of


def written_mapping(mapping: Mapping) -> Object:
    """The mapping as it stands in the file."""
    names = tuple((old, new) for old, new in mapping.event_names)
    return _object(
        ("name", mapping.name),
        ("rules", tuple(map(_written_rule, mapping.rules))),
        ("constants", tuple(map(_written_constant, mapping.constants))),
        ("event_names", Object(names) if names else ""),
        ("template", mapping.template_id),
        ("zone", mapping.zone),
        ("historical_migration", mapping.historical_migration or ""),
    )


def read_mapping(source: Value) -> Mapping:
    """The mapping in ``source``. Raises ``FormError``."""
    if not isinstance(source, Object):
        raise FormError("a mapping is no object")
    names = source.get("event_names", Object())
    if not isinstance(names, Object):
        raise FormError("event_names is no object")
    return Mapping(
        name=text_of(source, "name"),
        rules=tuple(map(_read_rule, list_of(source, "rules"))),
        constants=tuple(map(_read_constant, _list(source, "constants"))),
        event_names=tuple((old, new) for old, new in names if isinstance(new, str)),
        template_id=_text(source, "template"),
        zone=_text(source, "zone") or "UTC",
        historical_migration=source.get("historical_migration") is True,
    )


_Word = TypeVar("_Word", bound=StrEnum)


def _written_rule(rule: ColumnRule) -> Object:
    return _object(
        ("column", rule.column),
        ("target", rule.target.value),
        ("name", rule.name),
        ("kind", _unless(rule.kind, CellKind.AUTO)),
        ("time_format", rule.time_format),
        ("zone", rule.zone),
        ("when_empty", _unless(rule.when_empty, WhenEmpty.LEAVE_OUT)),
    )


def _read_rule(source: Value) -> ColumnRule:
    if not isinstance(source, Object):
        raise FormError("a rule is no object")
    return ColumnRule(
        column=text_of(source, "column"),
        target=_word(source, "target", Target.IGNORE),
        name=_text(source, "name"),
        kind=_word(source, "kind", CellKind.AUTO),
        time_format=_text(source, "time_format"),
        zone=_text(source, "zone"),
        when_empty=_word(source, "when_empty", WhenEmpty.LEAVE_OUT),
    )


def _written_constant(constant: Constant) -> Object:
    return _object(
        ("target", constant.target.value),
        ("name", constant.name),
        ("text", constant.text),
        ("kind", _unless(constant.kind, CellKind.AUTO)),
    )


def _read_constant(source: Value) -> Constant:
    if not isinstance(source, Object):
        raise FormError("a constant is no object")
    return Constant(
        target=_word(source, "target", Target.IGNORE),
        name=_text(source, "name"),
        text=_text(source, "text"),
        kind=_word(source, "kind", CellKind.AUTO),
    )


def _object(*members: tuple[str, Value]) -> Object:
    return Object(tuple((key, value) for key, value in members if value not in {"", ()}))


def _unless(word: _Word, usual: _Word) -> str:
    return "" if word is usual else word.value


def _word(source: Object, key: str, usual: _Word) -> _Word:
    text = _text(source, key)
    words: Iterable[_Word] = type(usual)
    found = next((word for word in words if word.value == text), usual if not text else None)
    if found is None:
        raise FormError(f"{key} is none of {', '.join(type(usual))}")
    return found


def _text(source: Object, key: str) -> str:
    return text_of(source, key) if key in source else ""


def _list(source: Object, key: str) -> tuple[Value, ...]:
    return list_of(source, key) if key in source else ()
