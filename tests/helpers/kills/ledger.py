"""What may stand in a profile after a kill, by what the victim said before it.

What was done is certain. What had begun may have happened or not. A restore leads to another world
as a whole: either all is as it was, or all is as it was at the time of the backup.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import TypeAlias

from tests.helpers.kills.journal import Fact, Line

World: TypeAlias = dict[str, set[Fact]]
Found: TypeAlias = Mapping[str, frozenset[str]]
"""By the name of a fact the values that were found, most often one."""

BEATS = 20
"""Beats of the window's loop, of 50 ms each, after which an edit has to be on the disk. It begins
to write after six; time in which the machine gave it no turn does not count."""


class Ledger:
    """Follows one profile through many lives."""

    def __init__(self, facts: Mapping[str, Fact]) -> None:
        self.worlds: list[World] = [{name: {value} for name, value in facts.items()}]
        self._backups: list[World] = []
        self._edits: dict[str, list[tuple[float, Fact]]] = {}
        self._take: dict[str, Callable[[Line], None]] = {
            "begin": self._begin,
            "done": self._end,
            "edit": self._edit,
            "pruning": self._prune,
            "packing": self._pack,
            "packed": self._have_packed,
            "restoring": self._restore,
            "restored": self._have_restored,
        }

    def follow(self, lines: Sequence[Line]) -> None:
        """Take over what a victim said until it was killed."""
        for line in lines:
            if line.what in self._take:
                self._take[line.what](line)
        beats = [line.at for line in lines if line.what == "beat"]
        for name, edits in self._edits.items():
            self._take_edits(name, edits, beats[-BEATS] if len(beats) >= BEATS else 0.0)
        self._edits = {}

    def compare(self, found: Found) -> list[str]:
        """What is wrong; nothing is if all of one world was found."""
        faults = [_faults(world, found) for world in self.worlds]
        return min(faults, key=len)

    def settle(self, found: Found) -> None:
        """From here on what was found is certain."""
        self.worlds = [{name: set(values) for name, values in found.items()}]

    def _begin(self, line: Line) -> None:
        for world in self.worlds:
            for name, values in line.facts.items():
                world.setdefault(name, {None}).update(values)

    def _end(self, line: Line) -> None:
        for world in self.worlds:
            world |= {name: set(values) for name, values in line.facts.items()}

    def _edit(self, line: Line) -> None:
        for name, values in line.facts.items():
            self._edits.setdefault(name, []).append((line.at, values[0]))

    def _prune(self, line: Line) -> None:
        _loosen(self.worlds, line.number)

    def _pack(self, _: Line) -> None:
        self._backups.append(deepcopy(self.worlds[0]))

    def _have_packed(self, _: Line) -> None:
        self._backups = self._backups[-1:]

    def _restore(self, _: Line) -> None:
        self.worlds += deepcopy(self._backups)

    def _have_restored(self, _: Line) -> None:
        self.worlds = deepcopy(self._backups)

    def _take_edits(self, name: str, edits: list[tuple[float, Fact]], limit: float) -> None:
        """Whatever was in the window at any time since the limit may have been written last."""
        ends = [at for at, _ in edits[1:]]
        late = {value for end, (_, value) in zip(ends, edits, strict=False) if end > limit}
        for world in self.worlds:
            before = world.get(name, {None}) if edits[0][0] > limit else set[Fact]()
            world[name] = {*before, *late, edits[-1][1]}


def _loosen(worlds: list[World], limit: int) -> None:
    """Rows up to a number may go, and deleted ones; not those that are pinned for certain."""
    for world in worlds:
        for name, values in world.items():
            kind, _, number = name.partition("_")
            pinned = world.get(f"pinned_{number}", {None})
            hidden = world.get(f"hidden_{number}", {None})
            if kind == "row" and ("yes" in hidden or (int(number) < limit and pinned != {"yes"})):
                values.add(None)


def _faults(world: World, found: Found) -> list[str]:
    faults: list[str] = []
    for name in sorted(world.keys() | found.keys()):
        allowed, there = world.get(name, {None}), found.get(name, frozenset[str]())
        if _is_about_a_row_that_is_gone(name, world, found) or _is_unnumbered(name, world):
            continue
        if not there and None not in allowed:
            faults.append(f"{name} is lost; it was {allowed}")
        if not there <= allowed:
            faults.append(f"{name} is {set(there)} and should be {allowed}")
        if len(there) > 1 and len(allowed) == 1:
            faults.append(f"{name} is there more than once: {set(there)}")
    return faults


def _is_about_a_row_that_is_gone(name: str, world: World, found: Found) -> bool:
    kind, _, number = name.partition("_")
    row = f"row_{number}"
    return (
        kind in {"note", "pinned", "hidden"} and row not in found and None in world.get(row, {""})
    )


def _is_unnumbered(name: str, world: World) -> bool:
    """The row of a send that was under way: known by its event, and not yet by its number."""
    return name.startswith("row_") and name not in world
