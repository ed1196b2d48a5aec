"""Events of the table as text for the clipboard: for a spreadsheet, or one JSON object a line.

It knows nothing of widgets or of the clipboard itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from composer.core.exporting.csvtext import harmless


def as_json_lines(bodies: Iterable[str]) -> str:
    """One event a line, as it is sent."""
    return "".join(f"{body}\n" for body in bodies)


def as_spreadsheet(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Cells between tabs, a heading first; none that a spreadsheet would take for a formula."""
    return "".join(_line(cells) for cells in (heading, *rows))


def looks_like_spreadsheet(text: str) -> bool:
    """Whether text comes from a spreadsheet: several cells in its first line, between tabs.

    JSON may be laid out with tabs; it begins with a bracket.
    """
    first = text.lstrip("\r\n").partition("\n")[0]
    return "\t" in first.strip(" ") and first.lstrip()[:1] not in {"{", "[", ""}


def _line(cells: Sequence[str]) -> str:
    return "\t".join(_cell(harmless(cell)) for cell in cells) + "\n"


def _cell(text: str) -> str:
    if any(mark in text for mark in '\t\r\n"'):
        return '"' + text.replace('"', '""') + '"'
    return text
