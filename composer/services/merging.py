"""Bringing changes into a file that others have changed meanwhile, member by member.

Two windows, or an older and a newer version, write the same file: none of them undoes what the
other did. It knows JSON objects, and not what they mean.
"""

from __future__ import annotations

from composer.core.jsontext import Object, Value


def merge(base: Object, old: Object, new: Object) -> Object:
    """``base`` with the changes that lead from ``old`` to ``new``.

    What ``base`` has and both others lack stays. What ``base`` lacks and ``new`` has is added; but
    inside of a member, what was removed from ``base`` and not changed here stays away. The order is
    that of ``base``, or of ``new`` where that is what has changed.
    """
    return _merge(base, old, new, is_whole=True)


def _merge(base: Object, old: Object, new: Object, *, is_whole: bool) -> Object:
    merged = base
    for key, _ in old:
        if key not in new:
            merged = merged.without(key)
    for key, _ in new:
        value = new.get(key)
        is_changed = key not in old or old.get(key) != value
        if key not in merged:
            merged = merged.with_member(key, value) if is_changed or is_whole else merged
        elif is_changed:
            merged = merged.with_member(key, _merged(merged.get(key), old.get(key), value))
    return _in_order(merged, _names(base), _names(old), _names(new))


def _merged(base: Value, old: Value, new: Value) -> Value:
    if isinstance(base, Object) and isinstance(new, Object):
        return _merge(base, old if isinstance(old, Object) else Object(), new, is_whole=False)
    return new


def _in_order(merged: Object, base: list[str], old: list[str], new: list[str]) -> Object:
    """The members in the order of ``new`` if that is another than ``old``, else of ``base``.

    Those that the order does not know come after the one that they came after before.
    """
    is_reordered = [key for key in old if key in new] != [key for key in new if key in old]
    order, others = (new, base) if is_reordered else (base, new)
    places = list(order)
    for before, key in zip([None, *others], others, strict=False):
        if key not in places:
            places.insert(0 if before is None else places.index(before) + 1, key)
    if _names(merged) == [key for key in places if key in merged]:
        return merged
    ranks = {key: rank for rank, key in enumerate(places)}
    return Object(tuple(sorted(merged, key=lambda member: ranks[member[0]])))


def _names(source: Object) -> list[str]:
    return list(dict.fromkeys(name for name, _ in source))
