"""The switches of the sandbox as a JSON object and back: for the profile, and over HTTP.

Reading leaves out what is wrong and names it, so that one bad rule does not cost the others. It
knows nothing of files and of HTTP.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import TypeVar

from composer.core.behaviour.rules import RuleError, check_flag, check_rule
from composer.core.behaviour.values import (
    Behaviour,
    FaultKind,
    Flag,
    Rule,
    ScriptedFault,
)
from composer.core.jsontext import Number, Object, Value

_E = TypeVar("_E", bound=StrEnum)
_T = TypeVar("_T")


def written_behaviour(behaviour: Behaviour) -> Object:
    """All switches, each under its name."""
    known = behaviour.known_tokens
    return Object(
        (
            ("edition", behaviour.edition.value),
            ("known_tokens", None if known is None else tuple(sorted(known))),
            ("quota_reached", behaviour.quota_reached),
            ("serves_v1", behaviour.serves_v1),
            ("serves_tls", behaviour.serves_tls),
            ("flags", tuple(written_flag(flag) for flag in behaviour.flags)),
            ("rules", tuple(written_rule(rule) for rule in behaviour.rules)),
        )
    )


def read_behaviour(source: Object) -> tuple[Behaviour, tuple[str, ...]]:
    """The switches in ``source``, and what was wrong and is left out: its name, and why.

    What is missing is as on a good day. Members with other names are passed over.
    """
    faults: list[str] = []
    form = _Form(source)
    default = Behaviour()

    def guarded(name: str, read: Callable[[], _T], otherwise: _T) -> _T:
        try:
            return read()
        except RuleError as error:
            faults.append(f"{name} ({str(error).removesuffix('.')})")
            return otherwise

    def members(name: str, read: Callable[[Value], _T]) -> tuple[_T, ...]:
        values = guarded(name, lambda: form.list(name), ())
        found = [
            guarded(f"{name} > {place}", partial(read, value), None)
            for place, value in enumerate(values, start=1)
        ]
        return tuple(each for each in found if each is not None)

    def switch(name: str, *, otherwise: bool) -> bool:
        return guarded(name, lambda: form.switch(name, otherwise=otherwise), otherwise)

    behaviour = Behaviour(
        edition=guarded(
            "edition", lambda: form.choice("edition", default.edition), default.edition
        ),
        known_tokens=guarded("known_tokens", lambda: _tokens(form), default.known_tokens),
        quota_reached=switch("quota_reached", otherwise=default.quota_reached),
        serves_v1=switch("serves_v1", otherwise=default.serves_v1),
        serves_tls=switch("serves_tls", otherwise=default.serves_tls),
        flags=members("flags", read_flag),
        rules=members("rules", read_rule),
    )
    return behaviour, tuple(faults)


def written_rule(rule: Rule) -> Object:
    """A rule with all its members."""
    fault = rule.fault
    wait = fault.retry_after_s
    return Object(
        (
            ("kind", fault.kind.value),
            ("status", Number(str(fault.status))),
            ("delay_s", _number(fault.delay_s)),
            ("retry_after_s", None if wait is None else Number(str(wait))),
            ("location", fault.location),
            ("stores", fault.stores),
            ("path", rule.path),
            ("distinct_id", rule.distinct_id),
            ("nth", Number(str(rule.nth))),
            ("share", _number(rule.share)),
            ("enabled", rule.enabled),
        )
    )


def read_rule(value: Value) -> Rule:
    """A rule; what is missing is at its default, ``kind`` at ``status``. Raises ``RuleError``."""
    form = _form(value, "A rule")
    fault = ScriptedFault(
        kind=form.choice("kind", FaultKind.STATUS),
        status=form.whole("status", 0),
        delay_s=form.number("delay_s", 0.0),
        retry_after_s=None if form.is_null("retry_after_s") else form.whole("retry_after_s", 0),
        location=form.text("location"),
        stores=form.switch("stores", otherwise=False),
    )
    return check_rule(
        Rule(
            fault=fault,
            path=form.text("path"),
            distinct_id=form.text("distinct_id"),
            nth=form.whole("nth", 0),
            share=form.number("share", 1.0),
            enabled=form.switch("enabled", otherwise=True),
        )
    )


def written_flag(flag: Flag) -> Object:
    """A flag with all its members."""
    return Object(
        (
            ("key", flag.key),
            ("enabled", flag.enabled),
            ("variant", flag.variant),
            ("payload", flag.payload),
            ("only_for", flag.only_for),
        )
    )


def read_flag(value: Value) -> Flag:
    """A flag; all but ``key`` may be missing. Raises ``RuleError``."""
    form = _form(value, "A flag")
    return check_flag(
        Flag(
            key=form.text("key"),
            enabled=form.switch("enabled", otherwise=True),
            variant=form.text("variant"),
            payload=form.text("payload"),
            only_for=form.texts("only_for"),
        )
    )


class _Form:
    """Reads members one by one; ``RuleError`` says what one must be."""

    def __init__(self, source: Object) -> None:
        self._source = source

    def is_null(self, name: str) -> bool:
        return self._source.get(name) is None

    def switch(self, name: str, *, otherwise: bool) -> bool:
        value = self._source.get(name, otherwise)
        if not isinstance(value, bool):
            raise RuleError(f"{name} must be true or false.")
        return value

    def text(self, name: str) -> str:
        value = self._source.get(name, "")
        if not isinstance(value, str):
            raise RuleError(f"{name} must be text in quotation marks.")
        return value

    def list(self, name: str) -> tuple[Value, ...]:
        value = self._source.get(name, ())
        if not isinstance(value, tuple):
            raise RuleError(f"{name} must be a list in square brackets.")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        found = self.list(name)
        texts = tuple(value for value in found if isinstance(value, str))
        if len(texts) < len(found):
            raise RuleError(f"{name} must hold nothing but texts in quotation marks.")
        return texts

    def number(self, name: str, otherwise: float) -> float:
        """The number; infinite if it is too large for one."""
        value = self._source.get(name, _number(otherwise))
        if not isinstance(value, Number):
            raise RuleError(f"{name} must be a number.")
        return float(value.text)

    def whole(self, name: str, otherwise: int) -> int:
        number = self.number(name, otherwise)
        if not number.is_integer():
            raise RuleError(f"{name} must be a whole number.")
        return int(number)

    def choice(self, name: str, otherwise: _E) -> _E:
        value = self._source.get(name, otherwise.value)
        kind = type(otherwise)
        for member in kind:
            if member.value == value:
                return member
        raise RuleError(f"{name} must be one of {', '.join(member.value for member in kind)}.")


def _form(value: Value, what: str) -> _Form:
    if not isinstance(value, Object):
        raise RuleError(f"{what} must be an object in curly brackets.")
    return _Form(value)


def _tokens(form: _Form) -> frozenset[str] | None:
    return None if form.is_null("known_tokens") else frozenset(form.texts("known_tokens"))


def _number(number: float) -> Number:
    return Number(repr(float(number)).removesuffix(".0"))
