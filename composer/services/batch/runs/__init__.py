"""Runs, kept in a file of their own: what is sent, what became of it, and what is left to send.

schema     the tables
file       the file, opened when it is first needed
owners     which process is at which run
columns    what stands in the columns, and the values it stands for
parcels    blocks of events, as they are kept
writer     a new run, written event by event
journal    a run that is being sent: safe from a kill at any moment
events     looking for events, and what became of each
store      all that is asked of the runs that are kept
pruning    removing runs for good
results    what became of a run, as a file
"""

from composer.services.batch.runs.journal import Journal
from composer.services.batch.runs.store import RunStore
from composer.services.batch.runs.writer import RunWriter

__all__ = ["Journal", "RunStore", "RunWriter"]
