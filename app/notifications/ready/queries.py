"""What is read to tell that certificates are ready."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from app.certificates.models import IN_FORCE, Certificate
from app.completions.models import Completion
from app.factories.models import Person
from app.platform.clock import now
from app.platform.db import db, run

PATIENCE = timedelta(hours=1)
"""So long the list waits for a file that is still being made; one that cannot be made holds up no others."""

_HOLDS = (*IN_FORCE, Certificate.suspended_at.is_(None))


_CONCERNED = (
    sa.select(Completion.training_id, Certificate.factory_id, Person.email)
    .join(Completion, Completion.id == Certificate.completion_id)
    .join(Person, Person.id == Certificate.person_id)
    .where(Certificate.id == sa.bindparam("certificate"))
)


def concerned(certificate_id: int) -> tuple[int, int | None, str | None]:
    """The training session and the factory of a certificate, and the address of its person."""
    row: sa.Row[Any] = run(_CONCERNED, {"certificate": certificate_id}).one()
    return row.training_id, row.factory_id, row.email


def certificate(certificate_id: int) -> Certificate | None:
    """The certificate when it has a file and holds: whoever has one under review hears when that is over."""
    return db.session.scalar(sa.select(Certificate).where(Certificate.id == certificate_id, *_HOLDS, _has_file()))


def of_factory(training_id: int, factory_id: int) -> list[Certificate]:
    """What a training session brought a factory that holds and has a file, in order of their numbers."""
    return list(db.session.scalars(_brought(training_id, factory_id).where(_has_file()).order_by(Certificate.id)))


def is_being_made(training_id: int, factory_id: int) -> bool:
    """Whether a file of the same list is due and still to be made."""
    due = sa.func.coalesce(Certificate.draw_from, Certificate.issued_at)
    open_ones = _brought(training_id, factory_id).where(
        Certificate.file_key.is_(None), Completion.withdrawn_at.is_(None), due <= now(), due > now() - PATIENCE
    )
    return db.session.scalar(open_ones.with_only_columns(Certificate.id).limit(1)) is not None


def _brought(training_id: int, factory_id: int) -> sa.Select[Any]:
    return (
        sa.select(Certificate)
        .join(Completion, Completion.id == Certificate.completion_id)
        .where(Completion.training_id == training_id, Certificate.factory_id == factory_id, *_HOLDS)
    )


def _has_file() -> sa.ColumnElement[bool]:
    return sa.and_(Certificate.file_key.is_not(None), Certificate.file_key != "")
