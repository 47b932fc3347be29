"""Somebody who is new at a factory came from another one."""

from datetime import date

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories import queries
from app.factories.merging import operations as merging
from app.factories.models import Employment
from app.factories.operations.applying import hold
from app.factories.rules import EndReason
from app.platform import audit
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused

_MAY = Permission.PEOPLE_MERGE


def came_from(actor: Actor, code: str, person_id: int, other_id: int) -> int:
    """Who joined the factory is a person known from another one: the history goes on, the work there has ended.

    Work that holds there ends on the first day here; one that ended before keeps its day, so that the other factory
    keeps its counts. Answers the person who goes on; the same once more changes nothing. Raises NotFound where the
    actor may not join people, and Refused for somebody who never worked at another factory.
    """
    factory = queries.factory_by_code(actor, code, _MAY)
    joiner, other = (queries.person(actor, each, _MAY) for each in (person_id, other_id))
    if joiner.id == other.id:
        return joiner.id
    first = sa.select(sa.func.min(Employment.started_on)).where(
        Employment.person_id == joiner.id, Employment.factory_id == factory.id
    )
    joined = db.session.scalar(first)
    if joined is None or queries.open_employment(joiner.id, factory_id=factory.id) is None:
        raise NotFound
    before = _elsewhere(other.id, factory.id)
    if not before:
        raise Refused(_("This person never worked at another factory."))
    for factory_id in sorted({factory.id, *(job.factory_id for job in before)}):
        hold(factory_id)
    _end(before, joined)
    merging.merge(actor, other.id, joiner.id)
    audit.record(
        actor, "factories.move_person", f"person:{other.id}", factory=factory.id, before=before[-1].factory_id
    )
    return other.id


def _elsewhere(person_id: int, factory_id: int) -> list[Employment]:
    """What the person did at other factories, the latest last."""
    jobs = sa.select(Employment).where(Employment.person_id == person_id, Employment.factory_id != factory_id)
    return list(db.session.scalars(jobs.order_by(Employment.started_on, Employment.id)))


def _end(jobs: list[Employment], joined: date) -> None:
    for job in jobs:
        if job.ended_on is None:
            job.ended_on, job.end_reason = max(joined, job.started_on), EndReason.MOVED_FACTORY
    if jobs[-1].end_reason == EndReason.LEFT:
        jobs[-1].end_reason = EndReason.MOVED_FACTORY
    db.session.flush()  # what is read next is what was written
