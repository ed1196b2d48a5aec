"""History in SQLite: every send, what was noted about it, and a search index beside it.

store     what the app asks for (``ports.History``)
columns   from outcomes and requests to columns and back
queries   a ``HistoryQuery`` as SQL
finding   pages of what a query finds, with and without the index
index     the search index: a file of its own, which can always be made anew
damage    reading around what cannot be read, and mending what can be mended
pruning   removing for good what is not to be kept, in small steps
"""

from composer.services.history.store import PROBES, HistoryStore

__all__ = ["PROBES", "HistoryStore"]
