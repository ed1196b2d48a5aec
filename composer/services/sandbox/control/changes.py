"""What scripts send to change the sandbox: rules, switches, and to empty it.

Strict, unlike the reading of a file: a wrong or an unknown member changes nothing and is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from composer.core.behaviour import (
    Behaviour,
    Flag,
    Rule,
    RuleError,
    parse_flag,
    parse_rule,
    read_behaviour,
    read_flag,
    read_rule,
    render_rule,
    written_behaviour,
    written_rule,
)
from composer.core.jsontext import Object, Value

TEXT = "text"
"""The member in which a rule has its one-line text, too."""


def written_rules(rules: Iterable[Rule]) -> Object:
    """``{"faults":[…]}``, each rule with its line."""
    written = (Object(((TEXT, render_rule(rule)), *written_rule(rule).members)) for rule in rules)
    return Object((("faults", tuple(written)),))


def read_rules(document: Value) -> tuple[Rule, ...]:
    """A list of rules, each as a line or an object, or what ``written_rules`` gave.

    Raises ``RuleError``.
    """
    if isinstance(document, Object):
        _check_names(document, ("faults",))
        document = document.get("faults")
    if not isinstance(document, tuple):
        raise RuleError('Send a list of rules, such as ["503 share=0.2"].')
    return tuple(_rule(place, value) for place, value in enumerate(document, start=1))


def changed(behaviour: Behaviour, document: Value) -> Behaviour:
    """The switches with those of ``document`` set; the others stay. Raises ``RuleError``."""
    if not isinstance(document, Object):
        raise RuleError('Send an object with switches, such as {"quota_reached":true}.')
    merged = written_behaviour(behaviour)
    _check_names(document, [name for name, _ in merged])
    for name, value in document:
        if name not in _LISTS:
            merged = merged.with_member(name, value)
    found, faults = read_behaviour(merged)
    if faults:
        raise RuleError(f"Nothing was changed, for this is wrong: {', '.join(faults)}.")
    if "rules" in document:
        found = replace(found, rules=read_rules(document.get("rules")))
    if "flags" in document:
        found = replace(found, flags=_flags(document.get("flags")))
    return found


def read_reset(document: Value) -> bool:
    """Whether the switches are to be reset, too. Raises ``RuleError``."""
    if not isinstance(document, Object):
        raise RuleError('Send an object, {} or {"behaviour":true}.')
    _check_names(document, ("behaviour",))
    wanted = document.get("behaviour", False)
    if not isinstance(wanted, bool):
        raise RuleError("behaviour must be true or false.")
    return wanted


_LISTS = ("rules", "flags")
_RULE_MEMBERS = (
    *("kind", "status", "delay_s", "retry_after_s", "location", "stores"),
    *("path", "distinct_id", "nth", "share", "enabled"),
)
_FLAG_MEMBERS = ("key", "enabled", "variant", "payload", "only_for")


def _rule(place: int, value: Value) -> Rule:
    try:
        if isinstance(value, str):
            return parse_rule(value)
        if isinstance(value, Object):
            _check_names(value, (*_RULE_MEMBERS, TEXT))
            text = value.get(TEXT)
            if len(value) == 1 and isinstance(text, str):
                return parse_rule(text)
        return read_rule(value)
    except RuleError as error:
        raise RuleError(f"Rule {place}: {error}") from None


def _flags(value: Value) -> tuple[Flag, ...]:
    if not isinstance(value, tuple):
        raise RuleError('Send a list of flags, such as ["new-checkout=blue"].')
    return tuple(_flag(place, each) for place, each in enumerate(value, start=1))


def _flag(place: int, value: Value) -> Flag:
    try:
        if isinstance(value, str):
            return parse_flag(value)
        if isinstance(value, Object):
            _check_names(value, _FLAG_MEMBERS)
        return read_flag(value)
    except RuleError as error:
        raise RuleError(f"Flag {place}: {error}") from None


def _check_names(source: Object, allowed: Iterable[str]) -> None:
    known = tuple(allowed)
    for name, _ in source:
        if name not in known:
            raise RuleError(f"There is no member “{name}”. These are: {', '.join(known)}.")
