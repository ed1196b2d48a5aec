"""An object as a program writes it, with variables in it perhaps, as JSON text.

A variable has no value here: null stands in its place, and its name is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from composer.core.jsontext import Object, Value, encode
from composer.core.paste.javascript import JavaScriptError, member, parts, value_of


def as_json_text(source: str) -> tuple[str, tuple[str, ...]]:
    """JSON text, or what can be mended to it, and the variables that were in ``source``.

    What is a literal as a whole stays as it is written. Raises ``JavaScriptError``.
    """
    try:
        value_of(source)
    except JavaScriptError:
        variables: list[str] = []
        return encode(_value(source, variables, _DEEPEST)), tuple(variables)
    return source, ()


_DEEPEST = 20  # levels of an object with variables in it; each is read again on the way down


def _value(source: str, variables: list[str], depth: int) -> Value:
    with suppress(JavaScriptError):
        return value_of(source)
    bracket = source.lstrip()[:1]
    if depth and bracket == "{":
        return Object(tuple(_members(source, variables, depth - 1)))
    if depth and bracket == "[":
        spans = parts(source, source.find(bracket) + 1)
        return tuple(_value(source[slice(*span)], variables, depth - 1) for span in spans)
    variables.append(source.strip())
    return None


def _members(source: str, variables: list[str], depth: int) -> Iterator[tuple[str, Value]]:
    """What has no name, as ``...others``, is left out."""
    for part in parts(source, source.find("{") + 1):
        name, span = member(source, part)
        if name:
            yield name, _value(source[slice(*span)], variables, depth)
        else:
            variables.append(source[slice(*span)].strip())
