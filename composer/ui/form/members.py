"""Members of an object by position, so that repeated and empty keys can be edited one by one.

Which members a block of rows shows, and the object after an edit. Knows no widgets.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from composer.core.jsontext import Object, Path, Value
from composer.core.rows import RowKind

ALL_KINDS = tuple(RowKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block of rows: where its object stands, what it shows of it and what it calls things."""

    path: Path
    noun: str
    """``Property``: rows are called ``Property 1 name``."""
    thing: str = "property"
    """What one row is, in a sentence and on the button."""
    key_name: str = "name"
    value_name: str = "value"
    kinds: tuple[RowKind, ...] = ALL_KINDS
    """The types to choose from; none: every value is text and the rows have no type."""
    prefix: str = ""
    """Only members whose key begins so are shown, without it."""
    taken: Mapping[str, str] = field(default_factory=dict[str, str])
    """Keys that have a field of their own elsewhere in the form, with the field's label."""
    taken_prefixes: tuple[str, ...] = ()
    removed_from: str = ""
    """What stands behind the key on the button that removes a row, where there are more blocks."""
    goes_when_empty: bool = False
    """Whether the object itself is removed with its last row."""

    def positions(self, members: Object) -> list[int]:
        """Which members the block shows.

        A field shows the last member of a repeated key; the others would be nowhere to be seen, so
        they are shown here.
        """
        if self.prefix:
            return [i for i, (key, _) in enumerate(members) if key.startswith(self.prefix)]
        last = {key: i for i, (key, _) in enumerate(members) if key in self.taken}
        return [
            i
            for i, (key, _) in enumerate(members)
            if last.get(key) != i and not key.startswith(self.taken_prefixes)
        ]

    def label_of(self, key: str) -> str:
        """The key as its row shows it."""
        return key.removeprefix(self.prefix)

    def key_problems(self, members: Object, positions: list[int]) -> list[str]:
        """For each row, what is wrong with its key; empty if nothing."""
        counts = Counter(key for key, _ in members)
        return [self._key_problem(members.members[i][0], counts) for i in positions]

    def _key_problem(self, key: str, counts: Counter[str]) -> str:
        if key == self.prefix:
            return f"Give this {self.thing} a {self.key_name}."
        if counts[key] > 1:
            return f"This {self.key_name} is there twice. PostHog keeps the last one: change it."
        if key in self.taken:
            return f"“{self.taken[key]}” in this form shows it from now on."
        return ""


def with_member_at(members: Object, position: int, key: str, value: Value) -> Object:
    """The object with another member in that place."""
    kept = list(members.members)
    kept[position] = (key, value)
    return Object(tuple(kept))


def without_member_at(members: Object, position: int) -> Object:
    """The object without the member in that place."""
    return Object(members.members[:position] + members.members[position + 1 :])


def with_member_added(members: Object, key: str, value: Value) -> Object:
    """The object with one more member at its end, even if the key is there already."""
    return Object((*members.members, (key, value)))


def is_alone(members: Object, key: str) -> bool:
    """Whether the key stands there once, so that its path means that one member."""
    return sum(name == key for name, _ in members) == 1
