"""Commands for a shell: one starts a sandbox with given switches, others speak to a running one.

What is written here is what ``event-composer sandbox`` and ``/_sandbox/*`` read. Pure functions.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from composer.core.behaviour.rules import RuleError
from composer.core.behaviour.text import parse_flag, render_flag, render_rule
from composer.core.behaviour.values import Behaviour, Edition, Flag, Rule
from composer.core.jsontext import Layout, encode

PROGRAM = "event-composer"


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxCommand:
    """A command for a POSIX shell, and what it has no words for, as sentences."""

    text: str
    left_out: tuple[str, ...] = ()


def sandbox_command(behaviour: Behaviour, *, port: int) -> SandboxCommand:
    """Start a sandbox at ``port`` that behaves so. Rules that are off are left out."""
    words = [PROGRAM, "sandbox", "--port", str(port), *_switches(behaviour)]
    for flag in behaviour.flags:
        if _is_sayable(flag):
            words += _option("--flag", render_flag(flag))
    for rule in behaviour.rules:
        if rule.enabled:
            words += _option("--fault", render_rule(rule))
    return SandboxCommand(text=shlex.join(words), left_out=tuple(_left_out(behaviour)))


def _switches(behaviour: Behaviour) -> Iterator[str]:
    for token in sorted(behaviour.known_tokens or ()):
        yield from _option("--known-token", token)
    if behaviour.edition is not Edition.CURRENT:
        yield from ("--as", behaviour.edition.value)
    if behaviour.quota_reached:
        yield "--quota-reached"
    if not behaviour.serves_v1:
        yield "--no-v1"
    if behaviour.serves_tls:
        yield "--tls"


def _option(name: str, value: str) -> tuple[str, ...]:
    """A value that begins with a hyphen would be taken for the next option."""
    return (f"{name}={value}",) if value.startswith("-") else (name, value)


def _is_sayable(flag: Flag) -> bool:
    """Whether the key, the switch and the variant survive being written down."""
    try:
        said = parse_flag(render_flag(flag))
    except RuleError:
        return False
    return (said.key, said.enabled) == (flag.key, flag.enabled) and (
        not flag.enabled or said.variant == flag.variant
    )


def _left_out(behaviour: Behaviour) -> Iterator[str]:
    if behaviour.known_tokens is not None and not behaviour.known_tokens:
        yield "Knowing no token at all is left out."
    for flag in behaviour.flags:
        if not _is_sayable(flag):
            yield f"The flag {flag.key} is left out: its key or variant has no place there."
        elif flag.enabled and (flag.payload or flag.only_for):
            yield f"The payload and the people of the flag {flag.key} are left out."


def rules_command(rules: Iterable[Rule], url: str) -> str:
    """Set the rules of the sandbox at ``url`` from a script; none sets it to no rules."""
    lines = tuple(render_rule(rule) for rule in rules)
    return _posting(f"{url}/_sandbox/faults", encode(lines, Layout.COMPACT))


def reset_command(url: str) -> str:
    """Have the sandbox at ``url`` forget what arrived."""
    return _posting(f"{url}/_sandbox/reset", "{}")


def reading_command(url: str, what: str) -> str:
    """Read ``events`` or ``requests`` of the sandbox at ``url``."""
    return shlex.join(("curl", f"{url}/_sandbox/{what}"))


def _posting(url: str, body: str) -> str:
    return shlex.join(("curl", "-H", "Content-Type: application/json", "-d", body, url))
