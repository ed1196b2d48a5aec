"""What can be asked of history: queries, what they find, and which text a search looks through.

Knows neither the database nor the window.

    query   which sends are wanted, what there is to choose from, how much there is
    words   what a search text asks for, and in which spelling texts are compared
    bodies  the text of a request body that can be found
"""

from composer.core.history.query import (
    EVERYTHING,
    DestinationFacet,
    EventFacet,
    Facets,
    HistoryQuery,
    HistorySize,
    OutcomeKind,
    kind_of,
)

__all__ = [
    "EVERYTHING",
    "DestinationFacet",
    "EventFacet",
    "Facets",
    "HistoryQuery",
    "HistorySize",
    "OutcomeKind",
    "kind_of",
]
