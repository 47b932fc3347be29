"""What the story left to the job worker, done at the time at which it came due: past mails were sent in the past."""

from collections.abc import Collection
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import Flask

from app.certificates.models import Certificate
from app.demo.places import CAMBODIA, JORDAN
from app.factories.models import Factory
from app.platform.clock import now, telling
from app.platform.db import db, transaction
from app.platform.jobs.cli import worker_of
from app.platform.jobs.models import Job

_OPEN = sa.and_(Job.done_at.is_(None), Job.failed_at.is_(None))
_DRAWN_AT_ONCE = (CAMBODIA.factory_code, JORDAN.factory_code)
_PROMPT = timedelta(seconds=4)


def put_off_drawing() -> None:
    """The certificates of all but two factories are drawn later, by the worker that runs beside the server."""
    at_once = sa.select(Certificate.id).join(Factory, Factory.id == Certificate.factory_id)
    first = set(db.session.scalars(at_once.where(Factory.code.in_(_DRAWN_AT_ONCE))))
    drawing = db.session.execute(sa.select(Job.id, Job.payload).where(Job.kind == "certificates.draw", _OPEN))
    later = [job_id for job_id, payload in drawing if payload["certificate_id"] not in first]
    _put_off(later, now())


def _put_off(job_ids: Collection[int], to: datetime) -> None:
    db.session.execute(sa.update(Job).where(Job.id.in_(job_ids)).values(run_at=to))


def deliver(app: Flask, before: datetime) -> int:
    """Do every job that came due before this moment, in order; answers how many there were."""
    worker, done = worker_of(app), 0
    while (due := _next(before)) is not None:
        with telling(due + _PROMPT):
            done += worker.do_next()
    return done


def _next(before: datetime) -> datetime | None:
    with transaction():
        return db.session.scalar(sa.select(sa.func.min(Job.run_at)).where(_OPEN, Job.run_at < before))
