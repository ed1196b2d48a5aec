"""A language as far as a JSON value needs it, and a value written in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from composer.core.jsontext import Number, Object, Value

Spell = Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Syntax:
    """The pieces from which a value is put together."""

    string: Spell
    key: Callable[[str], str]
    """The name of a member with what stands between it and its value."""
    number: Callable[[str], str]
    words: Mapping[bool | None, str]
    array: tuple[str, str]
    opening: Callable[[Object], str]
    """What opens an object; it may depend on the names in it."""
    closing: str
    empty: str
    """An object without members."""
    indent: str = "    "


def written(value: Value, syntax: Syntax, *, line: str = "\n", string: Spell | None = None) -> str:
    """``value`` over several lines; of a repeated name only the last member, as PostHog reads it.

    ``line`` is the line break with the indent of the place where the value begins. ``string``
    writes the text values in another way, a token for instance.
    """
    spell = string or syntax.string
    match value:
        case str():
            return spell(value)
        case Number(text):
            return syntax.number(text)
        case Object() if not len(value):
            return syntax.empty
        case Object():
            return _object(value, syntax, line, spell)
        case tuple() if not value:
            return "".join(syntax.array)
        case tuple():
            inner = line + syntax.indent
            items = (written(item, syntax, line=inner, string=spell) for item in value)
            return _block(syntax.array, items, line, inner)
        case _:
            return syntax.words[value]


def _object(value: Object, syntax: Syntax, line: str, spell: Spell) -> str:
    inner = line + syntax.indent
    members = (
        syntax.key(name) + written(item, syntax, line=inner, string=spell)
        for name, item in dict(value.members).items()
    )
    return _block((syntax.opening(value), syntax.closing), members, line, inner)


def _block(brackets: tuple[str, str], items: Iterable[str], line: str, inner: str) -> str:
    return brackets[0] + inner + f",{inner}".join(items) + "," + line + brackets[1]
