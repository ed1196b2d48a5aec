"""From JSON text to values. Python's C scanner checks the grammar and makes our own values."""

from __future__ import annotations

import re
from json import JSONDecodeError, JSONDecoder
from typing import cast

from composer.core.jsontext.faults import BYTE_ORDER_MARK, CONSTANT, JsonError, explained
from composer.core.jsontext.values import Number, Object, Value
from composer.core.jsontext.writing import SURROGATE

MAX_DEPTH = 200
"""Levels of nesting that are read. The capture service itself stops at 127
(capture-server.md, section 2.3); the margin lets a person see and mend such a body."""


def parse(text: str) -> Value:
    """Read JSON text. Raises ``JsonError``, never anything else."""
    _refuse_deep(text)
    _refuse_surrogates(text)
    try:
        return _decoded(text)
    except JSONDecodeError as error:
        raise explained(error.msg, text, error.pos) from None


def parse_bytes(data: bytes) -> Value:
    """Read UTF-8 JSON bytes. Raises ``JsonError``, also for bytes that are not UTF-8."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        readable = data[: error.start].decode("utf-8")
        raise JsonError(
            "These bytes are not UTF-8 text.", readable, len(readable), "Save the file as UTF-8."
        ) from None
    return parse(text)


def may_be_deeper(text: str, levels: int) -> bool:
    """Whether brackets may stand more than ``levels`` deep; where text is no JSON, perhaps wrongly.

    Counting settles nearly every text. Of the others all but the brackets is taken away, and then
    the innermost pairs, round by round: both run in C, where a walk over 20 MB takes seconds.
    """
    if text.count("[") + text.count("{") <= levels:
        return False
    brackets = _NOT_A_BRACKET.sub("", text).translate(_ONE_KIND)
    for _ in range(levels):
        fewer = brackets.replace("[]", "")
        if len(fewer) == len(brackets):
            break
        brackets = fewer
    return bool(brackets)


# A quote that is never closed runs to the end, else each quote in it would be looked at as well.
_NOT_A_BRACKET = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[^\[\]{}"]++', re.DOTALL)
_ONE_KIND = str.maketrans("{}", "[]")
_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[{]|[\]}]', re.DOTALL)


class _ConstantError(ValueError):
    """``NaN`` and its kin, which Python would read and JSON does not have."""


def _refuse_constant(name: str) -> Value:
    raise _ConstantError(name)


def _array_to_tuple(value: object) -> Value:
    """Arrays come from the decoder as lists; members of objects are turned as they arrive."""
    if isinstance(value, list):
        items = cast("list[object]", value)
        return tuple(_array_to_tuple(item) for item in items)
    return cast("Value", value)  # already one of ours


def _object(pairs: list[tuple[str, object]]) -> Object:
    return Object(tuple((key, _array_to_tuple(item)) for key, item in pairs))


def _number(spelling: str) -> Number:
    number = object.__new__(Number)  # the decoder has checked the spelling already
    object.__setattr__(number, "text", spelling)
    return number


_DECODER = JSONDecoder(
    object_pairs_hook=_object,
    parse_int=_number,
    parse_float=_number,
    parse_constant=_refuse_constant,
)


def _decoded(text: str) -> Value:
    """Raises ``JSONDecodeError``, also for what Python's decoder would let pass."""
    if text.startswith("\ufeff"):
        raise JSONDecodeError(BYTE_ORDER_MARK, text, 0)
    try:
        return _array_to_tuple(_DECODER.decode(text))
    except _ConstantError as error:
        raise JSONDecodeError(CONSTANT, text, _find_bare(str(error), text)) from None


def _find_bare(word: str, text: str) -> int:
    """Where ``word`` first stands outside quotes."""
    tokens = re.finditer(rf'"(?:[^"\\]|\\.)*"|{re.escape(word)}', text, re.DOTALL)
    return next(token.start() for token in tokens if not token[0].startswith('"'))


def _refuse_surrogates(text: str) -> None:
    """Half a character pasted in has no UTF-8 form, so such text could never be sent."""
    if not text.isascii() and (half := SURROGATE.search(text)):
        hint = "Delete it, or paste the whole character again."
        raise JsonError("Here stands half a character.", text, half.start(), hint)


def _refuse_deep(text: str) -> None:
    """Raise before a recursion limit does."""
    if not may_be_deeper(text, MAX_DEPTH):
        return
    depth = 0
    for match in _BRACKETS.finditer(text):
        token = match[0]
        if token in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise JsonError(
                    f"This is nested more than {MAX_DEPTH} levels deep.",
                    text,
                    match.start(),
                    "PostHog reads at most 127 levels. Flatten the innermost objects.",
                )
        elif token in "]}":
            depth -= 1
