"""How a value looks in a one-line field, exactly and visibly. Knows no widgets.

A one-line field shows line breaks as nothing and drops lone surrogates. So each such character
gets a visible stand-in, one for one, and ``carry_over`` brings a person's edits back to
the exact text. A value that the field does not expect is shown as the JSON it is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from composer.core.jsontext import Layout, Number, Object, Value, encode
from composer.ui.form.reading import Absent, Held

LONGEST = 4_000
"""Characters. A longer text is not for one line: it makes each keystroke slow, and nobody could
find their way in it."""

_CUT = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """What a one-line field shows. ``exact`` is what it stands for, ``text`` what is seen."""

    exact: str
    text: str
    note: str = ""
    mono: bool = False
    locked: bool = False
    """Too long to be edited here; the JSON editor can."""


_MARKS = {
    **{code: chr(0x2400 + code) for code in range(0x20)},
    0x0A: "⏎",
    0x09: "⇥",
    0x7F: "␡",
    0xA0: "␣",
    0x2007: "␣",
    0x202F: "␣",
    0x200B: "∅",
    0x2060: "∅",
    0xFEFF: "∅",
    0x2028: "⏎",
    0x2029: "¶",
    **dict.fromkeys(range(0x80, 0xA0), "�"),
    **dict.fromkeys(range(0xD800, 0xE000), "�"),
}
_NAMES = {
    "\n": "a line break",
    "\r": "a carriage return",
    "\t": "a tab",
    "\u00a0": "a no-break space",
    "\u200b": "a zero-width space",
    "\ufeff": "a byte order mark",
    "\u2028": "a line separator",
}


def marked(text: str) -> str:
    """``text`` with a visible stand-in for each character that would not be seen or kept."""
    return text.translate(_MARKS)


def text_face(text: str) -> Face:
    """Text in a field for text."""
    if len(text) > LONGEST:
        return _locked(text)
    return Face(exact=text, text=marked(text), note=_invisible(text))


def json_face(value: Value, note: str = "") -> Face:
    """A value as compact JSON."""
    text = encode(value, Layout.COMPACT)
    if len(text) > LONGEST:
        return _locked(text)
    return Face(exact=text, text=marked(text), note=note, mono=True)


def foreign_face(value: Value) -> Face:
    """A value of a type that the field is not for: shown as it is, never silently turned."""
    return json_face(value, f"{type_name(value)} in the JSON.")


def field_face(held: Held, wanted: type[str | Number]) -> Face:
    """What stands in a field that is for text or for a number."""
    match held:
        case Absent.ABSENT:
            return Face(exact="", text="")
        case "" if wanted is str:
            return Face(exact="", text="")
        case str() if wanted is str:
            return text_face(held)
        case Number() if wanted is Number:
            return replace(json_face(held), mono=False)
        case _:
            return foreign_face(held)


def type_name(value: Value) -> str:
    """What a value is, as the beginning of a sentence."""
    match value:
        case None:
            return "Null"
        case bool():
            return "Yes or no (true or false)"
        case Number():
            return "A number"
        case str():
            return "Text"
        case Object():
            return "An object"
        case tuple():
            return "A list"


def _locked(text: str) -> Face:
    note = f"{len(text):,} characters, too long for one line."
    return Face(exact=text, text=marked(text[:_CUT]) + "…", note=note, mono=True, locked=True)


def _invisible(text: str) -> str:
    """Names the first character that cannot be seen; a frequent reason why an ID is not found."""
    for character in text:
        mark = _MARKS.get(ord(character))
        if mark is not None:
            name = _NAMES.get(character, f"the invisible character U+{ord(character):04X}")
            return f"Contains {name} ({mark})."
    return ""
