"""Whatever is done to the table, its order and its totals are those of a plain list."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from composer.core.batch.table import Placement, Removal, TableQuery
from tests.helpers.batch_table import add_named, body, table_in

_PICKS = st.lists(st.integers(0, 30), max_size=4)


class TableMachine(RuleBasedStateMachine):
    """``seen`` has the ids in the order of the table."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.table = table_in(Path(self.folder.name))
        self.seen: list[int] = []
        self.removals: list[tuple[Removal, set[int]]] = []
        self.move_before: tuple[Placement, list[int]] | None = None

    def teardown(self) -> None:
        self.table.close()
        self.folder.cleanup()

    def picked(self, picks: list[int]) -> list[int]:
        seen = self.seen
        return list(dict.fromkeys(seen[pick % len(seen)] for pick in picks)) if seen else []

    @rule(count=st.integers(1, 3))
    def add(self, count: int) -> None:
        self.seen += add_named(self.table, *"abc"[:count])
        self.move_before = None

    @precondition(lambda self: self.seen)
    @rule(pick=st.integers(0, 30))
    def add_behind(self, pick: int) -> None:
        (anchor,) = self.picked([pick])
        place = self.seen.index(anchor) + 1
        self.seen[place:place] = self.table.add([("custom", body("x"))] * 2, after=anchor)
        self.move_before = None

    @precondition(lambda self: self.seen)
    @rule(picks=_PICKS)
    def duplicate(self, picks: list[int]) -> None:
        ids = self.picked(picks)
        place = max((self.seen.index(one) for one in ids), default=0) + 1
        self.seen[place:place] = self.table.duplicate(ids)
        self.move_before = None

    @rule(picks=_PICKS | st.none())
    def remove(self, picks: list[int] | None) -> None:
        ids = set(self.seen if picks is None else self.picked(picks))
        removal = self.table.remove(None if picks is None else sorted(ids))
        assert removal.events == len(ids)
        self.removals.append((removal, ids))
        self.seen = [one for one in self.seen if one not in ids]
        self.move_before = None

    @rule(picks=_PICKS)
    def remove_and_restore(self, picks: list[int]) -> None:
        self.table.restore(self.table.remove(self.picked(picks)))

    @precondition(lambda self: self.removals)
    @rule(pick=st.integers(0, 30))
    def restore(self, pick: int) -> None:
        """Of what has been moved about meanwhile, either order would do."""
        removal, ids = self.removals.pop(pick % len(self.removals))
        self.table.restore(removal)
        now = list(self.table.order(TableQuery()))
        assert [one for one in now if one not in ids] == self.seen
        assert set(now) == ids.union(self.seen)
        self.seen = now
        self.move_before = None

    @precondition(lambda self: self.seen)
    @rule(picks=_PICKS, before=st.none() | st.integers(0, 30))
    def move(self, picks: list[int], before: int | None) -> None:
        ids, old = self.picked(picks), list(self.seen)
        target = None if before is None else self.picked([before])[0]
        placement = self.table.move(ids, target)
        behind = [] if target is None else old[old.index(target) :]
        rest = [one for one in old if one not in ids]
        place = next((rest.index(one) for one in behind if one in rest), len(rest))
        self.seen = rest[:place] + ids + rest[place:]
        self.move_before = (placement, old)

    @precondition(lambda self: self.move_before)
    @rule()
    def undo_move(self) -> None:
        assert self.move_before
        placement, self.seen = self.move_before
        self.table.put_back(placement)
        self.move_before = None

    @invariant()
    def order_is_the_same(self) -> None:
        assert list(self.table.order(TableQuery())) == self.seen

    @invariant()
    def totals_add_up(self) -> None:
        events = self.table.rows(self.seen)
        totals = self.table.totals()
        assert (totals.events, totals.unseen) == (len(events), len(events))
        assert totals.bytes == sum(event.size for event in events)
        assert totals.largest == max((event.size for event in events), default=0)


TestTable = TableMachine.TestCase
TestTable.settings = settings(max_examples=15, stateful_step_count=25, deadline=None)
