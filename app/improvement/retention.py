"""Photos of sessions and drills are kept for a time; what was entered stays."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from app.factories.models import Factory, Person
from app.factories.retention import Programmes
from app.improvement.ambassadors.models import Ambassador
from app.improvement.cascade.models import CascadePerson, CascadeSession
from app.improvement.drills.models import Drill
from app.platform.clock import months_before, now
from app.platform.config import settings
from app.platform.db import db

_WithPhoto = type[CascadeSession] | type[Drill]


def due_sessions(programmes: Programmes = None) -> sa.Select[Any]:
    """Sessions whose photos were sent long enough ago and are still there."""
    return _due(CascadeSession, programmes)


def due_drills(programmes: Programmes = None) -> sa.Select[Any]:
    """Drills likewise."""
    return _due(Drill, programmes)


def forget_sessions(row_ids: Collection[int]) -> list[str]:
    """Take the photos off these sessions; answers the keys of the files."""
    return _forget(CascadeSession, row_ids)


def forget_drills(row_ids: Collection[int]) -> list[str]:
    """Take the photos off these drills; answers the keys of the files."""
    return _forget(Drill, row_ids)


def forget_topics(person_ids: Collection[int]) -> None:
    """Blank the words about sessions that these people led or attended: a name may stand in them."""
    attended = sa.select(CascadePerson.cascade_id).where(CascadePerson.person_id.in_(person_ids))
    led = sa.select(Ambassador.id).where(Ambassador.person_id.in_(person_ids))
    theirs = sa.or_(CascadeSession.id.in_(attended), CascadeSession.ambassador_id.in_(led))
    blank = sa.update(CascadeSession).where(theirs, CascadeSession.topic != "").values(topic="")
    db.session.execute(blank.execution_options(synchronize_session=False))


def of_nobody_else(person_ids: Collection[int]) -> list[int]:
    """Sessions with a photo on whose roster one of these people stands, and else only people without a name."""
    own = sa.select(CascadePerson.cascade_id).where(CascadePerson.person_id.in_(person_ids))
    others = (
        sa.select(CascadePerson.cascade_id)
        .join(Person, Person.id == CascadePerson.person_id)
        .where(CascadePerson.person_id.not_in(person_ids), Person.erased_at.is_(None))
    )
    kept = sa.select(CascadeSession.id).where(CascadeSession.evidence_key.is_not(None))
    return list(db.session.scalars(kept.where(CascadeSession.id.in_(own), CascadeSession.id.not_in(others))))


def _due(model: _WithPhoto, programmes: Programmes) -> sa.Select[Any]:
    before = months_before(now(), settings().keep_evidence_months)
    is_due = sa.and_(model.entered_at <= before, model.evidence_key.is_not(None))
    statement = sa.select(model.id).where(is_due).order_by(model.id)
    if programmes is None:
        return statement
    return statement.join(Factory, Factory.id == model.factory_id).where(Factory.programme_id.in_(programmes))


def _forget(model: _WithPhoto, row_ids: Collection[int]) -> list[str]:
    mine = model.id.in_(row_ids)
    keys = db.session.scalars(sa.select(model.evidence_key).where(mine, model.evidence_key.is_not(None))).all()
    db.session.execute(sa.update(model).where(mine).values(evidence_key=None, evidence_kind=None))
    return [key for key in keys if key]
