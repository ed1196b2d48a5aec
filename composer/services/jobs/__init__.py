"""One long piece of work in a process of its own: progress comes back, commands go there.

Reading a large file or sending many requests would hold Python's global lock, which the window
needs. A job is started for one function and ends with it, with the one who waits for it, or with
the process that began it, whichever comes first. It does not know what the work is.
"""

from composer.services.jobs.inside import STOP, JobLostError, JobStoppedError, Reporter
from composer.services.jobs.job import Job, run_job

__all__ = ["STOP", "Job", "JobLostError", "JobStoppedError", "Reporter", "run_job"]
