"""Members that the form writes by itself when a person changes what they follow from.

Such as ``$feature/<flag key>``, which repeats a flag's value. What a person wrote there differently
is the person's own and stays. Knows bodies only, no forms.
"""

from __future__ import annotations

from collections.abc import Iterable

from composer.core.fields import Follow
from composer.core.jsontext import Object, Path, Value, get_at, has_at, set_at

Member = tuple[str, Value]


def followed(before: Object, after: Object, follows: Iterable[Follow]) -> Object:
    """``after``, an edit of ``before``, with the members that follow from what was edited."""
    for follow in follows:
        after = _followed(before, after, follow)
    return after


def member_of(payload: Object, follow: Follow) -> tuple[Path, Value] | None:
    """What is to be written, and where; nothing while half of what it follows is missing."""
    member = _member(payload, follow)
    return None if member is None else ((*follow.parent, member[0]), member[1])


def _followed(before: Object, after: Object, follow: Follow) -> Object:
    old, new = _member(before, follow), _member(after, follow)
    parent = get_at(after, follow.parent)
    holder = parent if isinstance(parent, Object) else Object()
    if old == new or (has_at(after, follow.parent) and holder is not parent):
        return after
    if old is not None and old in holder.members:
        return set_at(after, follow.parent, _exchanged(holder, old, new))
    wanted = old is None or follow.is_needed
    if new is None or not wanted or new[0] in holder:
        return after
    return set_at(after, follow.parent, holder.with_member(*new))


def _exchanged(holder: Object, old: Member, new: Member | None) -> Object:
    """``new`` in the place of ``old``; nothing there if its key is taken already."""
    place = holder.members.index(old)
    is_free = new is not None and (new[0] == old[0] or new[0] not in holder)
    put = (new,) if new is not None and is_free else ()
    return Object((*holder.members[:place], *put, *holder.members[place + 1 :]))


def _member(payload: Object, follow: Follow) -> Member | None:
    name, value = get_at(payload, follow.name), get_at(payload, follow.value)
    if not isinstance(name, str) or not name.strip() or value is None or value == "":
        return None
    return follow.prefix + name, value
