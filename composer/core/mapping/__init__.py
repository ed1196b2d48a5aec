"""From rows to events: what a mapping says, how one is suggested, and what carries it out.

mapping     the values: which column goes where, and constants
results     events, and rows that do not fit
moments     the times in cells, in all their forms
cells       from a cell to a value
giving      what gives the values of a row
plan        a mapping made ready for rows
bases       the events of templates that rows are put into
writing     JSON text, and what no event may have
identity    the UUIDs of events
rowwise     one row after the other
memories    what was made of the cells seen last
columnar    many rows at once
converter   rows to events
spelling    what the names of columns mean
sampling    what the values of a column look like
suggesting  the mapping that a source seems to want; ``presets`` for products' exports
problems    what is wrong with a mapping, in words
"""

from composer.core.mapping.converter import Converter
from composer.core.mapping.giving import MappingError, ZoneOf
from composer.core.mapping.mapping import (
    CellKind,
    ColumnRule,
    Constant,
    Mapping,
    Target,
    WhenEmpty,
)
from composer.core.mapping.moments import DIRECTIVES, format_problem
from composer.core.mapping.problems import problems_in
from composer.core.mapping.results import Converted, NewEvent
from composer.core.mapping.suggesting import COUNTER, NO_LOCATION, Doubt, doubts_in, suggest

__all__ = [
    "COUNTER",
    "DIRECTIVES",
    "NO_LOCATION",
    "CellKind",
    "ColumnRule",
    "Constant",
    "Converted",
    "Converter",
    "Doubt",
    "Mapping",
    "MappingError",
    "NewEvent",
    "Target",
    "WhenEmpty",
    "ZoneOf",
    "doubts_in",
    "format_problem",
    "problems_in",
    "suggest",
]
