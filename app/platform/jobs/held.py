"""The job that is being done: a handler whose work takes long says so, that nobody else begins it meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.platform.clock import now
from app.platform.db import in_own_transaction
from app.platform.jobs.models import Job


class LostLease(Exception):
    """Another worker has the job; what this one did must not be written."""


class _Held(NamedTuple):
    job_id: int
    worker: str
    lease: timedelta


_held: ContextVar[_Held | None] = ContextVar("held job", default=None)


@contextmanager
def doing(job_id: int, worker: str, lease: timedelta) -> Iterator[None]:
    """Within it, this is the job that is being done."""
    token = _held.set(_Held(job_id, worker, lease))
    try:
        yield
    finally:
        _held.reset(token)


def prolong() -> None:
    """Hold the job that is being done for a whole lease from now on; where none is, nothing happens. Call it where
    nobody holds the write lock. Raises LostLease when another worker has taken the job over: then stop, and leave
    nothing behind.
    """
    held = _held.get()
    if held is None:
        return
    mine = sa.and_(Job.id == held.job_id, Job.lease_by == held.worker, Job.done_at.is_(None), Job.failed_at.is_(None))
    statement = sa.update(Job).where(mine).values(lease_until=now() + held.lease).returning(Job.id)

    def write(session: Session) -> int | None:
        return session.scalar(statement.execution_options(synchronize_session=False))

    if in_own_transaction(write) is None:
        raise LostLease(held.job_id)
