"""A comparison in words: rows for the table, a sentence above it, and text for the clipboard.

Pure functions; values may be long, so they may be run in a thread.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from composer.core.compare.request import MOST, Comparison, NamedRequest, RequestDifference
from composer.core.compare.requests import compare_requests
from composer.core.compare.values import DifferenceKind
from composer.core.tokens import KeyMode, concealed
from composer.ui.compare.table import MOST_ROWS, NONE, Line, Row, cut
from composer.ui.wording import counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A comparison as it is shown; ``lasting`` are the rows without what differs every time."""

    left: NamedRequest
    right: NamedRequest
    comparison: Comparison
    rows: tuple[Row, ...]
    lasting: tuple[Row, ...]
    texts: tuple[str, str]

    @property
    def tokens(self) -> tuple[str, ...]:
        """The keys of both."""
        return _tokens(self.left, self.right)


def tell(left: NamedRequest, right: NamedRequest, key: KeyMode) -> Told:
    """Compare, and put it into words; keys are shown as ``key`` says."""
    comparison = compare_requests(left, right)
    hidden = () if key is KeyMode.INLINE else _tokens(left, right)
    found = comparison.differences
    lasting = tuple(one for one in found if not one.is_fleeting)
    one, other = (concealed(text, hidden, key) for text in comparison.texts)
    return Told(
        left=left,
        right=right,
        comparison=comparison,
        rows=tuple(_rows(found, hidden, key)),
        lasting=tuple(_rows(lasting, hidden, key)),
        texts=(one, other),
    )


def headline(comparison: Comparison) -> str:
    """``The same``, ``The same but for uuid and timestamp``, or how much differs."""
    if not comparison.lasting:
        names = comparison.fleeting_names
        return f"The same but for {listed(names)}" if names else "The same"
    if comparison.lasting > MOST:
        return f"The first {MOST:,} of {counted(comparison.lasting, 'difference')}"
    return counted(comparison.lasting, "difference")


def beside(comparison: Comparison, *, hides: bool) -> str:
    """What else differs, and what could not be compared."""
    parts = list(comparison.notes)
    if not hides and comparison.lasting + comparison.fleeting > MOST_ROWS:
        parts.insert(0, f"Only the first {MOST_ROWS:,} rows are listed.")
    if comparison.lasting and comparison.fleeting and hides:
        parts.insert(0, f"Hidden, for they differ every time: {listed(comparison.fleeting_names)}.")
    return " ".join(parts)


def listed(names: Sequence[str]) -> str:
    """``uuid``, ``uuid and timestamp``, ``uuid, timestamp and sent_at``."""
    *rest, last = names
    return f"{', '.join(rest)} and {last}" if rest else last


def as_text(told: Told, key: KeyMode, *, with_fleeting: bool) -> str:
    """The list for the clipboard, values whole."""
    comparison, hidden = told.comparison, told.tokens
    lines = [f"{title(told.left, told.right)}: {headline(comparison)}"]
    lines += comparison.notes
    heading = ""
    for one in comparison.differences:
        if one.is_fleeting and not with_fleeting:
            continue
        if one.heading != heading:
            heading = one.heading
            lines += ("", heading)
        sides = (concealed(text, hidden, key) or NONE for text in (one.left, one.right))
        lines.append("\t".join((one.what, *sides, way(one))))
    return "\n".join(lines)


def title(left: NamedRequest, right: NamedRequest) -> str:
    """``Pasted against composed``."""
    return f"{left.name} against {right.name[:1].lower()}{right.name[1:]}"


def way(one: RequestDifference) -> str:
    """In which way something differs."""
    match one.kind:
        case DifferenceKind.ADDED:
            return "Only at the right"
        case DifferenceKind.REMOVED:
            return "Only at the left"
        case DifferenceKind.CHANGED:
            return "Another value"
        case DifferenceKind.RETYPED:
            return f"Another type: {one.detail}"
        case DifferenceKind.RESPELLED:
            return "Same number, spelled differently"
        case DifferenceKind.REPEATED:
            return ": ".join(filter(None, ("Repeated", one.detail)))


def _tokens(left: NamedRequest, right: NamedRequest) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*left.tokens, *right.tokens)))


def _rows(found: Sequence[RequestDifference], hidden: Sequence[str], key: KeyMode) -> Iterator[Row]:
    heading = ""
    for one in found:
        if one.heading != heading:
            heading = one.heading
            yield heading
        yield Line(
            what=one.what,
            left=cut(concealed(one.left, hidden, key)) or NONE,
            right=cut(concealed(one.right, hidden, key)) or NONE,
            way=way(one),
            kind=one.kind,
            places=one.lines,
        )
