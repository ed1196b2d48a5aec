"""JSON as serde_json reads it: the same texts refused, in the same words, at the same place.

PostHog's capture service is written in Rust, so its answers to broken JSON are serde_json's. Most
bodies are fine and go straight through ``jsontext``, after three cheap looks for what Python reads
and serde does not: nesting beyond 127 levels, numbers beyond a double, half a surrogate pair. Only
a text that fails, or might, is walked through by ``serde_scanner``.

Source: capture-server.md, 2.3 and 3.1. It knows nothing of events or of HTTP.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from composer.core import jsontext
from composer.core.jsontext import JsonError, Number, Value, may_be_deeper
from composer.services.sandbox.serde.scanner import MAX_DEPTH, Scanner, SerdeError

__all__ = ["Document", "SerdeError", "read", "whole_number"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The first value of a text, and what serde says of anything behind it.

    serde judges the shape of the value before it looks for what follows, so a caller raises
    ``trailing`` only once the value has been found fit.
    """

    value: Value
    trailing: SerdeError | None = None


def read(text: str) -> Document:
    """Read JSON text. Raises ``SerdeError`` with serde's words."""
    if not _is_suspicious(text):
        try:
            return Document(value=jsontext.parse(text))
        except JsonError:
            pass  # the scanner below finds the same fault and words it as serde does
    scanner = Scanner(text.encode())
    scanner.value()
    end = scanner.position
    trailing = scanner.trailing()
    return Document(value=jsontext.parse(text.encode()[:end].decode()), trailing=trailing)


def whole_number(value: Value) -> int | None:
    """The integer that serde reads into 64 signed bits; ``None`` for ``10.0``, text and such."""
    if not isinstance(value, Number) or not _INTEGER.fullmatch(value.text) or value.text == "-0":
        return None
    if len(value.text) > _LONGEST_INTEGER:
        return None
    number = int(value.text)
    return number if _I64_MIN <= number <= _I64_MAX else None


_I64_MIN, _I64_MAX = -(2**63), 2**63 - 1
_LONGEST_INTEGER = 20
_INTEGER = re.compile(r"-?[0-9]+")
_HINT_OF_POWER = re.compile(r"[eE]\+?[0-9]{3}")  # quick, but ids in hexadecimal have it too
_BIG_POWER = re.compile(r"(?:^|[:,\[\s])-?[0-9]+(?:\.[0-9]+)?[eE]\+?[0-9]{3}")
_LONG_NUMBER = re.compile(r"[0-9]{150}")
_PAIRED_ESCAPES = re.compile(
    r"(?:[^\\]++|\\[^u]|\\u(?![dD][89a-fA-F])"
    r"|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})*+",
    re.DOTALL,
)


def _is_suspicious(text: str) -> bool:
    """Whether serde might refuse what Python would read. It may cry wolf, but never sleeps."""
    if may_be_deeper(text, MAX_DEPTH):
        return True
    if ("\\ud" in text or "\\uD" in text) and not _PAIRED_ESCAPES.fullmatch(text):
        return True
    if _HINT_OF_POWER.search(text) and _BIG_POWER.search(text):
        return True
    return _LONG_NUMBER.search(text) is not None
