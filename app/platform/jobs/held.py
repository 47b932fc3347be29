"""The jobs that are being done: a handler whose work takes long says so, that nobody else begins them meanwhile."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.platform.clock import now
from app.platform.db import in_own_transaction
from app.platform.jobs.models import Job


class LostLease(Exception):
    """Another worker has the job; what this one did must not be written."""


class _Held(NamedTuple):
    job_ids: Collection[int]
    worker: str
    lease: timedelta
    since: datetime


_held: ContextVar[_Held | None] = ContextVar("held jobs", default=None)


@contextmanager
def doing(job_ids: Collection[int], worker: str, lease: timedelta) -> Iterator[None]:
    """Within it, these are the jobs that are being done."""
    token = _held.set(_Held(job_ids, worker, lease, now()))
    try:
        yield
    finally:
        _held.reset(token)


def prolong() -> None:
    """Hold the jobs that are being done for a whole lease from now on; where none is, nothing happens. Call it where
    nobody holds the write lock. Raises LostLease when another worker has taken one over: then stop, and leave nothing
    behind.
    """
    held = _held.get()
    if held is None:
        return
    open_ones = Job.done_at.is_(None), Job.failed_at.is_(None)
    mine = sa.and_(Job.id.in_(held.job_ids), Job.lease_by == held.worker, *open_ones)
    statement = sa.update(Job).where(mine).values(lease_until=now() + held.lease).returning(Job.id)

    def write(session: Session) -> int:
        return len(session.scalars(statement.execution_options(synchronize_session=False)).all())

    if in_own_transaction(write) < len(held.job_ids):
        raise LostLease(*held.job_ids)
    _held.set(held._replace(since=now()))


def prolong_in_time() -> None:
    """`prolong` once a third of the lease is over: cheap enough for each of many small steps."""
    held = _held.get()
    if held is not None and now() - held.since > held.lease / 3:
        prolong()
