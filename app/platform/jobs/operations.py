"""Enqueueing, claiming and finishing."""

import random
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.platform.clock import now
from app.platform.db import db, insert
from app.platform.jobs import rules
from app.platform.jobs.models import Job

_OPEN = sa.and_(Job.done_at.is_(None), Job.failed_at.is_(None))


def enqueue(
    kind: str, *, dedupe: str | None = None, run_at: datetime | None = None, waits: bool = False, **payload: Any
) -> None:
    """Add a job to the caller's transaction. `payload` holds ids. A second job with an equal `dedupe` is ignored.

    `waits`: somebody looks at the page and waits, so it goes ahead of what is in the queue.
    """
    at = now()
    due = run_at or (at - rules.AHEAD if waits else at)
    db.session.execute(
        insert(Job)
        .values(kind=kind, payload=payload, dedupe=dedupe, created_at=at, run_at=due, attempts=0)
        .on_conflict_do_nothing(index_elements=["dedupe"])
    )


def enqueue_all(kind: str, payloads: Sequence[dict[str, Any]]) -> None:
    """Add many jobs of one kind to the caller's transaction, due now in this order. One statement for a few hundred."""
    at = now()
    rows = [{"kind": kind, "payload": payload, "created_at": at, "run_at": at, "attempts": 0} for payload in payloads]
    if rows:
        db.session.execute(sa.insert(Job), rows)


def claim(worker: str, lease: timedelta) -> Job | None:
    """Take the job that is due longest and that nobody holds, counting the attempt. The caller commits."""
    return next(iter(_claimed(worker, lease, _due(), 1)), None)


def claim_more(worker: str, lease: timedelta, kind: str, most: int, *, fresh: bool = False) -> list[Job]:
    """Take further due jobs of one kind, those due longest first; `fresh` ones alone were never begun. The caller
    commits."""
    wanted = [*_due(), Job.kind == kind, *([Job.attempts == 0] if fresh else [])]
    return sorted(_claimed(worker, lease, wanted, most), key=lambda job: (job.run_at, job.id))


def _due() -> list[sa.ColumnElement[bool]]:
    at = now()
    return [_OPEN, Job.run_at <= at, sa.or_(Job.lease_until.is_(None), Job.lease_until < at)]


def _claimed(worker: str, lease: timedelta, conditions: list[sa.ColumnElement[bool]], most: int) -> Sequence[Job]:
    due = (
        sa.select(Job.id)
        .where(*conditions)
        .order_by(Job.run_at, Job.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    return db.session.scalars(
        sa.update(Job)
        .where(Job.id.in_(due.scalar_subquery()) if most > 1 else Job.id == due.scalar_subquery())
        .values(lease_by=worker, lease_until=now() + lease, attempts=Job.attempts + 1)
        .returning(Job)
        .execution_options(synchronize_session=False)
    ).all()


def release(job_ids: Collection[int], worker: str) -> None:
    """Give back jobs that were taken and not begun, as if they had not been."""
    db.session.execute(
        sa.update(Job).where(Job.id.in_(job_ids), Job.lease_by == worker, _OPEN)
        .values(lease_by=None, lease_until=None, attempts=Job.attempts - 1)
        .execution_options(synchronize_session=False)
    )


def finish_all(job_ids: Collection[int], worker: str) -> bool:
    """Mark done, unless another worker has taken one of them over; then say False and the caller rolls back."""
    return _settle(job_ids, worker, done_at=now(), error=None)


def postpone(job_id: int, worker: str, reason: str, *, outside: bool, for_ever: bool = False) -> bool:
    """Try again after a pause, or keep it as dead when that is hopeless."""
    job = db.session.get_one(Job, job_id)
    if not for_ever and rules.is_hopeless(job.attempts, job.created_at, now(), outside=outside):
        return bury(job_id, worker, reason)
    later = now() + rules.pause(job.attempts - 1, random.random())  # noqa: S311 - spreads load, guards nothing
    return _settle([job_id], worker, run_at=later, error=reason)


def bury(job_id: int, worker: str, reason: str) -> bool:
    """Keep as dead, visible in `flask jobs list` until somebody retries it."""
    return _settle([job_id], worker, failed_at=now(), error=reason)


def retry(job_id: int) -> bool:
    """Bring a dead job back. False when there is no such dead job."""
    at = now()
    revived = db.session.execute(
        sa.update(Job)
        .where(Job.id == job_id, Job.failed_at.is_not(None))
        .values(failed_at=None, run_at=at, attempts=0, created_at=at)
    )
    return _count(revived) == 1


def _settle(job_ids: Collection[int], worker: str, **values: Any) -> bool:
    settled = db.session.execute(
        sa.update(Job).where(Job.id.in_(job_ids), Job.lease_by == worker, _OPEN)
        .values(lease_by=None, lease_until=None, **values)
        .execution_options(synchronize_session=False)
    )
    return _count(settled) == len(job_ids)


def _count(result: sa.Result[Any]) -> int:
    return int(getattr(result, "rowcount", 0))
