"""Rows to events, block by block: the compiled form of a mapping.

Rows of text that go into plain events are turned column by column (``columnar``); everything else,
and each row that seems not to fit there, one by one (``rowwise``).
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import datetime
from io import StringIO

from composer.core.jsontext import Layout, Object, encode
from composer.core.mapping.bases import Bases
from composer.core.mapping.columnar import columnar_of
from composer.core.mapping.giving import Line, ZoneOf
from composer.core.mapping.identity import Fresh
from composer.core.mapping.mapping import Mapping
from composer.core.mapping.plan import plan_of
from composer.core.mapping.results import Converted
from composer.core.mapping.rowwise import RowFaultError, Rowwise
from composer.core.tabular import LONGEST_TEXT, Row, RowProblem
from composer.core.templates import Template
from composer.core.variables import Maker


class Converter:
    """Turns rows into events. It is meant for many blocks of the same source, from one thread."""

    def __init__(
        self,
        mapping: Mapping,
        columns: Sequence[str],
        template: Template | None,
        *,
        zone: ZoneOf,
        maker: Maker,
        delimiter: str = ",",
    ) -> None:
        """``delimiter`` is the source's: rows that do not fit are told in it.

        Raises ``MappingError`` where no row at all could become an event.
        """
        plan = plan_of(mapping, columns, zone)
        self._maker = maker
        self._delimiter = delimiter
        self._columnar = None if template else columnar_of(plan, len(columns))
        self._rowwise = Rowwise(plan, Bases(template, plan) if template else None)

    def convert(self, rows: list[Row]) -> Converted:
        """The events of a block of rows, and the rows that do not fit, both in order.

        ``now`` is one moment for the whole block. Every event is one that the capture service takes
        in a batch.
        """
        now, fresh = self._maker.now(), Fresh(self._maker)
        self._rowwise.begin()
        quick = self._columnar.events(rows, fresh, now) if self._columnar else None
        events, doubtful = ([], range(len(rows))) if quick is None else quick
        if not doubtful:
            return Converted(events, [])
        converted = Converted([], [])
        done = 0
        for place in doubtful:
            converted.events += events[done:place]
            self._convert_row(rows[place], converted, fresh, now)
            done = place + 1
        converted.events += events[done:]
        return converted

    def _convert_row(self, row: Row, converted: Converted, fresh: Fresh, now: datetime) -> None:
        number, cells = row
        line = Line(number=number, cells=cells, maker=self._maker, now=now, moment=now)
        try:
            converted.events += self._rowwise.events(line, fresh)
        except RowFaultError as fault:
            text = self._text(cells)[:LONGEST_TEXT]
            problem = RowProblem(number=number, reason=str(fault), text=text)
            converted.problems.append(problem)

    def _text(self, cells: list[str] | Object) -> str:
        """The row much as it stands in its source."""
        if isinstance(cells, Object):
            return encode(cells, Layout.COMPACT)
        line = StringIO()
        csv.writer(line, delimiter=self._delimiter, lineterminator="").writerow(cells)
        return line.getvalue()
