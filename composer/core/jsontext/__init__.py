"""The one place that reads and writes JSON text, exactly.

Numbers keep their spelling, objects keep the order (and the repetition) of their keys, and text
keeps its characters. It knows nothing of events or of PostHog.

    values    what JSON text stands for, and the value at a path
    reading   from text to values; ``faults`` says what is wrong with text, in words
    writing   from values to text, over several lines or with no space at all
    places    where in the text a value stands
"""

from composer.core.jsontext.faults import JsonError, line_and_column
from composer.core.jsontext.places import LEXEME, offset_of, offsets_of
from composer.core.jsontext.reading import MAX_DEPTH, may_be_deeper, parse, parse_bytes
from composer.core.jsontext.values import (
    Number,
    Object,
    Path,
    Value,
    from_python,
    get_at,
    has_at,
    remove_at,
    set_at,
    to_python,
)
from composer.core.jsontext.writing import Layout, encode, encode_string, quoted

__all__ = [
    "LEXEME",
    "MAX_DEPTH",
    "JsonError",
    "Layout",
    "Number",
    "Object",
    "Path",
    "Value",
    "encode",
    "encode_string",
    "from_python",
    "get_at",
    "has_at",
    "line_and_column",
    "may_be_deeper",
    "offset_of",
    "offsets_of",
    "parse",
    "parse_bytes",
    "quoted",
    "remove_at",
    "set_at",
    "to_python",
]
