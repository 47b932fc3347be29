"""Reading places, lists and keys."""

from datetime import datetime

import sqlalchemy as sa

from app.certificates.credentials.models import CredentialStatus, StatusList
from app.certificates.credentials.rules import LISTS_ARE_RENEWED, Place, Purpose
from app.certificates.models import Certificate
from app.courses.models import Course
from app.platform.db import db

_IS_SET = {
    Purpose.REVOCATION: sa.or_(Certificate.revoked_at.is_not(None), Certificate.replaced_at.is_not(None)),
    Purpose.SUSPENSION: Certificate.suspended_at.is_not(None),
}


def place_of(certificate_id: int) -> Place:
    """Where a certificate stands in the lists; each got its place when it was issued."""
    statement = sa.select(CredentialStatus).where(CredentialStatus.certificate_id == certificate_id)
    row = db.session.scalars(statement).one()
    return Place(row.number, row.position)


def set_positions(number: int, purpose: Purpose) -> list[int]:
    """The places of a list that say "no longer", however long ago the certificates ended."""
    statement = (
        sa.select(CredentialStatus.position)
        .join(Certificate, Certificate.id == CredentialStatus.certificate_id)
        .where(CredentialStatus.number == number, _IS_SET[purpose])
    )
    return list(db.session.scalars(statement.order_by(CredentialStatus.position)))


def status_list(number: int) -> StatusList | None:
    """The lists of a number, as they were signed last."""
    return db.session.scalar(sa.select(StatusList).where(StatusList.number == number))


def to_sign(at: datetime) -> list[int]:
    """Numbers of lists that say something old, or will soon be too old to be relied on."""
    is_old = sa.or_(StatusList.signed_at.is_(None), StatusList.signed_at <= at - LISTS_ARE_RENEWED)
    lags = StatusList.signed_changes < StatusList.changes
    return list(db.session.scalars(sa.select(StatusList.number).where(is_old | lags).order_by(StatusList.number)))


def course_code(course_id: int) -> str:
    """How the catalogue calls a course."""
    return db.session.get_one(Course, course_id).code
