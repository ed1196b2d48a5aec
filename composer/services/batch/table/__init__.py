"""The table of the Batch place, kept: up to a million events in an SQLite file of one window.

store      implements ``ports.batch_table.BatchTable``
file       the file: opened at first use, its connections, its errors in words
schema     what stands in it
reading    what is asked of the table; ``searching`` which events, in which order
writing    events put in, changed and copied; ``places`` where they stand; ``removing``
importing  rows of a source become events; ``problems`` are those that do not
judging    what becomes of each event
preparing  from the table to a run
"""

from composer.services.batch.table.store import BatchTableStore

__all__ = ["BatchTableStore"]
