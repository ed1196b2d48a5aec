"""How an import's formats, targets, types and times are called in the window. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from composer.core.jsontext import Layout, Value, encode
from composer.core.mapping import CellKind, ColumnRule, Constant, Target, WhenEmpty
from composer.core.tabular import Origin, RowFormat
from composer.ui.wording import counted, shortened

FORMATS = {
    RowFormat.CSV: "CSV (rows of text)",
    RowFormat.JSON_LINES: "JSON Lines",
    RowFormat.JSON_ARRAY: "JSON list",
}
DELIMITERS = {",": "Comma", ";": "Semicolon", "\t": "Tab", "|": "Vertical bar", " ": "Space"}
ORIGINS = {
    Origin.POSTHOG: "PostHog export",
    Origin.MIXPANEL: "Mixpanel export",
    Origin.AMPLITUDE: "Amplitude export",
}
TARGETS = {
    Target.EVENT: "Event",
    Target.PERSON: "Person",
    Target.TIME: "Time",
    Target.ID: "Event ID",
    Target.PROPERTY: "Property",
    Target.PROPERTIES: "All properties (JSON)",
    Target.SET: "Person property",
    Target.SET_ALL: "All person properties (JSON)",
    Target.SET_ONCE: "Person property, set once",
    Target.SET_ONCE_ALL: "All set once (JSON)",
    Target.GROUP: "Group",
    Target.VARIABLE: "Variable of the template",
    Target.IGNORE: "Leave out",
}
NAMES = {
    Target.PROPERTY: "Property name",
    Target.SET: "Property name",
    Target.SET_ONCE: "Property name",
    Target.GROUP: "Group type",
    Target.VARIABLE: "Variable",
}
"""What the name of a target is called, for those that have one"""
TYPED = frozenset({Target.PROPERTY, Target.SET, Target.SET_ONCE, Target.VARIABLE})
"""The targets whose values may be of several types"""
KINDS = {
    CellKind.AUTO: "Found out",
    CellKind.TEXT: "Text",
    CellKind.NUMBER: "Number",
    CellKind.NUMBER_COMMA: "Number, as 1.234,50",
    CellKind.YES_NO: "Yes or no",
    CellKind.DATE: "Date",
    CellKind.VALUE: "JSON",
    CellKind.LIST: "List, by comma",
}
EMPTY = {
    WhenEmpty.LEAVE_OUT: "Left out",
    WhenEmpty.EMPTY_TEXT: "Empty text",
    WhenEmpty.NULL: "null",
    WhenEmpty.PROBLEM: "The row does not fit",
}
TIME_FORMATS = {
    "": "Found out",
    "iso": "ISO 8601",
    "unix s": "Unix seconds",
    "unix ms": "Unix milliseconds",
}
PATTERNS = {
    "%Y-%m-%d %H:%M:%S": "2026-12-31 23:59:58",
    "%d/%m/%Y %H:%M": "31/12/2026 23:59",
    "%m/%d/%Y %H:%M": "12/31/2026 23:59",
    "%d.%m.%Y %H:%M": "31.12.2026 23:59",
    "%d/%m/%Y": "31/12/2026",
    "%m/%d/%Y": "12/31/2026",
}
"""Other ways of writing a time, each with what is written so."""
_MOST_NAMES = 3
_LONGEST_CELL = 60
_SECOND = 1.0
_MINUTE = 60
_HOUR = 3600


def becomes(rule: ColumnRule | Constant) -> str:
    """``Property “plan”``, ``Time``, ``Leave out``."""
    if not rule.target.is_named or not rule.name:
        return TARGETS[rule.target]
    words = "Variable" if rule.target is Target.VARIABLE else TARGETS[rule.target]
    return f"{words} “{rule.name}”"


def within_words(whole: str) -> str:
    """Of a key whose object is taken whole."""
    return f"Along with “{whole}”"


def type_words(rule: ColumnRule | Constant) -> str:
    """What type the values are given, where they may have several; for times, how they are read."""
    if is_timed(rule) and isinstance(rule, ColumnRule) and rule.time_format:
        shown = TIME_FORMATS.get(rule.time_format) or PATTERNS.get(rule.time_format)
        return shown or rule.time_format
    if rule.target in TYPED:
        return KINDS[rule.kind]
    return KINDS[CellKind.AUTO] if rule.target is Target.TIME else ""


def is_timed(rule: ColumnRule | Constant) -> bool:
    """Whether its values are read as times."""
    dated = rule.target in TYPED and rule.kind is CellKind.DATE
    return dated or rule.target is Target.TIME


def cell_text(value: Value) -> str:
    """A value of a row as it is shown beside its column."""
    text = value if isinstance(value, str) else encode(value, Layout.COMPACT)
    return shortened(text, _LONGEST_CELL)


def file_title(path: str) -> str:
    """The name of a file without its folders."""
    return path.replace("\\", "/").rstrip("/").rpartition("/")[2] or path


def names_words(names: Mapping[str, str]) -> str:
    """What events are called instead of the names that they have."""
    if not names:
        return "Events keep the names that they have."
    told = [f"“{old}” becomes “{new}”" for old, new in names.items()]
    if (more := len(told) - _MOST_NAMES) > 0:
        told[_MOST_NAMES:] = [f"and {more:,} more"]
    is_ours = all(new.startswith("$") for new in names.values())
    whose = "PostHog's own" if is_ours else "other"
    verb = "gets" if len(names) == 1 else "get"
    return f"{counted(len(names), 'event')} {verb} {whose} names: {', '.join(told)}."


def rows_words(rows: int, *, exact: bool) -> str:
    """``100,000 rows``, ``about 98,000 rows``."""
    return counted(rows, "row") if exact else f"about {counted(_rounded(rows), 'row')}"


def left_words(seconds: float) -> str:
    """``about 5 s left``, ``about 3 min left``; empty where it is not worth saying."""
    if seconds < _SECOND:
        return ""
    if seconds < _MINUTE:
        return f"about {seconds:.0f} s left"
    if seconds < _HOUR:
        return f"about {seconds / _MINUTE:.0f} min left"
    return f"about {seconds / _HOUR:.1f} h left"


def fit_words(added: int, problems: int) -> str:
    """``All fit``, or ``99,950 fit, 50 do not``."""
    if not problems:
        return "All fit"
    verb = "does" if problems == 1 else "do"
    return f"{added:,} fit, {problems:,} {verb} not"


def _rounded(number: int) -> int:
    """Two digits that count."""
    step = 10 ** max(0, len(str(number)) - 2)
    return round(number / step) * step
