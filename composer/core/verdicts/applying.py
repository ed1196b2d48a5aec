"""A mend meets the text of a body: what it does not touch keeps the person's own spacing.

Knows no rule. The new text is read and written side by side with the old one (``respelling``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from composer.core.jsontext import Layout, Path, Value, encode, parse
from composer.core.verdicts.mending import Edit, Mend, Put, Rename, Rewrite, Take, mended
from composer.core.verdicts.respelling import respelled


def apply(text: str, mend: Mend, layout: Layout) -> str:
    """``text`` after the mend; it is read as ``mended`` says. Unchanged if nothing changes.

    Text that was laid out by this program is laid out anew, in ``layout``; other text keeps its
    spacing and spelling where no edit falls, unless it is longer than ``LONGEST`` characters.
    Raises ``JsonError`` where ``text`` is no JSON and the mend does not begin with a ``Rewrite``.
    """
    edits: list[Edit] = []
    for edit in mend.edits:
        if isinstance(edit, Rewrite):
            text, edits = edit.text, []
        else:
            edits.append(edit)
    return _edited(text, tuple(edits), layout) if edits else text


def together(label: str, mends: Iterable[Mend]) -> Mend | None:
    """Many mends of one body as one mend; ``None`` for none at all.

    Of two that touch the same place, the first is taken and the other left for another time, when
    the result has been judged again; a ``Rewrite`` touches every place. What removes items of
    arrays comes last, from the end, so that no place moves before it has been edited.
    """
    taken: list[Edit] = []
    touched: set[Path] = set()
    around: set[Path] = set()
    for mend in mends:
        places = {place for edit in mend.edits for place in _places(edit)}
        if any(_is_taken(place, touched, around) for place in places):
            continue
        touched |= places
        around.update(place[:end] for place in places for end in range(len(place)))
        taken += mend.edits
    return _sorted(label, taken) if taken else None


LONGEST = 1_000_000
"""Longer text is laid out anew: finding the places in it takes about a second per million."""


def _edited(text: str, edits: tuple[Edit, ...], layout: Layout) -> str:
    old = parse(text)
    new = mended(old, edits)
    if new == old:
        return text
    if len(text) > LONGEST or _is_laid_out(text, old):
        return encode(new, layout)
    return respelled(text, old, new)


def _is_laid_out(text: str, value: Value) -> bool:
    """Only a text over several lines has line breaks: those in quotes are escaped."""
    return text == encode(value, Layout.PRETTY if "\n" in text else Layout.COMPACT)


def _places(edit: Edit) -> Iterator[Path]:
    """The places that an edit touches."""
    match edit:
        case Put(path=path) | Take(path=path):
            yield path
        case Rename(path=path, key=key):
            yield path
            yield (*path[:-1], key)
        case Rewrite():
            yield ()


def _is_taken(place: Path, touched: set[Path], around: set[Path]) -> bool:
    """Whether something was done at the place, in it, or to something that it is in."""
    return place in around or any(place[:end] in touched for end in range(len(place) + 1))


def _sorted(label: str, edits: list[Edit]) -> Mend:
    items = [edit for edit in edits if _removes_item(edit)]
    others = [edit for edit in edits if not _removes_item(edit)]
    items.sort(key=lambda edit: _order(*_places(edit)), reverse=True)
    return Mend(label=label, edits=(*others, *items))


def _removes_item(edit: Edit) -> bool:
    return isinstance(edit, Take) and bool(edit.path) and isinstance(edit.path[-1], int)


def _order(path: Path) -> tuple[tuple[int, str], ...]:
    """Indices by size, keys by spelling."""
    return tuple((step, "") if isinstance(step, int) else (-1, step) for step in path)
