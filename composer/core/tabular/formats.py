"""Whether the text of a sample is CSV, JSON Lines or a JSON document, and where its list stands.

What stands in it decides; the file's name only where that says nothing.
"""

from __future__ import annotations

from itertools import islice

from composer.core.jsontext import JsonError, Object, Value, parse
from composer.core.tabular.documents import Documents, Element
from composer.core.tabular.values import LONGEST_ROW, RowFormat

LIST_MEMBERS = ("batch", "events", "results", "result", "data")
"""Members that hold the list of events, in request bodies and in what services answer."""


def guess_format(text: str, *, name: str, is_cut: bool) -> tuple[RowFormat, str]:
    """The format, and the member of the document that holds the list.

    ``is_cut``: there is more of the text than this.
    """
    first = text.lstrip()[:1]
    if first not in {"{", "["}:
        return _by_name(name, text)
    lines = _lines(text)
    if is_cut and len(lines) > 1:
        lines.pop()
    values = [_value(line) for line in lines[:_SAMPLE]]
    objects = [value for value in values if isinstance(value, Object)]
    if first == "{" and len(objects) * 2 >= len(values) and objects:
        within = _member_of(objects[0])
        if within and (len(values) == 1 or all(map(_member_of, objects))):
            return RowFormat.JSON_ARRAY, within
        return RowFormat.JSON_LINES, ""
    if first == "{" and is_cut and len(lines) == 1:
        return _of_one_line(text)
    return _of_document(text, is_cut=is_cut)


def _by_name(name: str, text: str) -> tuple[RowFormat, str]:
    """What begins with no bracket may still be JSON Lines with a broken first line."""
    if name.lower().endswith(_LINES) and any(
        isinstance(_value(line), Object) for line in _lines(text)[:_SAMPLE]
    ):
        return RowFormat.JSON_LINES, ""
    return RowFormat.CSV, ""


def _of_one_line(text: str) -> tuple[RowFormat, str]:
    within = _member_in(text)
    return (RowFormat.JSON_ARRAY if within else RowFormat.JSON_LINES), within


def _of_document(text: str, *, is_cut: bool) -> tuple[RowFormat, str]:
    elements = _elements(text, "")
    whole = [_value(element.text) for element in elements if not element.fault]
    if len(whole) == 1 and isinstance(whole[0], Object) and not is_cut:
        return RowFormat.JSON_ARRAY, _member_of(whole[0])
    if not whole and elements and is_cut:
        return RowFormat.JSON_ARRAY, _member_in(text)
    rows = [value for value in whole if isinstance(value, Object | tuple)]
    # A cell of CSV may be in brackets; then what stands between the cells is an element, too.
    others = len(elements) - len(rows)
    is_array = text.lstrip().startswith("[")
    if len(rows) > others or (is_array and len(rows) == others and "]" in text):
        return RowFormat.JSON_ARRAY, ""
    return RowFormat.CSV, ""


def _member_of(value: Object) -> str:
    """The member that holds a list of rows; none where the object is an event itself."""
    if any(key in value for key in _EVENT_KEYS):
        return ""
    for key in LIST_MEMBERS:
        items = value.get(key)
        if isinstance(items, tuple) and all(isinstance(item, Object | tuple) for item in items):
            return key
    return ""


def _member_in(text: str) -> str:
    """The same of an object that is cut off somewhere."""
    for key in LIST_MEMBERS:
        found = _elements(text, key) if f'"{key}"' in text else []
        if found and found[0].text[:1] in {"{", "["} and not found[0].fault.startswith("There"):
            return key
    return ""


def _lines(text: str) -> list[str]:
    return [line for line in text.replace("\r", "\n").split("\n") if line.strip()]


def _elements(text: str, within: str) -> list[Element]:
    return list(islice(Documents([text], within=within, longest=LONGEST_ROW), _SAMPLE))


def _value(text: str) -> Value:
    """What the text stands for; false where it is no JSON."""
    try:
        return parse(text.strip())
    except JsonError:
        return False


_SAMPLE = 20
_LINES = (".jsonl", ".ndjson", ".json")
_EVENT_KEYS = ("event", "event_type")
