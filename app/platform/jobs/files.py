"""Stored files that were never finished."""

from datetime import timedelta

from app.platform.clock import now
from app.platform.files import files
from app.platform.jobs.outcome import Done, Outcome

EVERY = timedelta(hours=1)


def sweep() -> Outcome:
    """Remove what a process that died was writing. One that lives has written it long before."""
    files().sweep(now() - EVERY)
    return Done()
