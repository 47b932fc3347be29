"""Reading what people have achieved."""

from collections.abc import Sequence
from decimal import Decimal

import sqlalchemy as sa

from app.completions.models import Completion, UnitResult
from app.completions.rules import Need
from app.courses.models import CourseVersion, Unit
from app.courses.rules import UnitKind
from app.platform.db import db
from app.platform.refusal import NotFound


def completion(completion_id: int) -> Completion:
    """A completion by its id. Raises NotFound."""
    row = db.session.get(Completion, completion_id)
    if row is None:
        raise NotFound
    return row


def completions_of_training(training_id: int) -> Sequence[Completion]:
    """Completions that a training session led to and that hold."""
    return db.session.scalars(
        sa.select(Completion).where(Completion.training_id == training_id, Completion.withdrawn_at.is_(None))
    ).all()


def has_completion(person_id: int, training_id: int) -> bool:
    """Whether a training session led to a completion of the person, one that was withdrawn too."""
    statement = sa.select(Completion.id).where(Completion.person_id == person_id, Completion.training_id == training_id)
    return db.session.scalar(statement.limit(1)) is not None


def results(training_id: int, person_id: int) -> dict[int, Decimal]:
    """Shares that a person reached in a training session, by unit."""
    rows = db.session.execute(
        sa.select(UnitResult.unit_id, UnitResult.share).where(
            UnitResult.training_id == training_id, UnitResult.person_id == person_id
        )
    )
    return {unit_id: share for unit_id, share in rows}  # noqa: C416 - rows are not pairs to a type checker


def needs(version_id: int) -> tuple[Need, ...]:
    """What a course version asks for."""
    version = db.session.get_one(CourseVersion, version_id)
    units = db.session.execute(sa.select(Unit.id, Unit.code, Unit.kind).where(Unit.version_id == version_id))
    shares = {version.test_unit: version.test_share} if version.test_unit else {}
    return tuple(
        Need(unit_id, code, _exact(version.attendance_share if kind == UnitKind.MEETING else shares[code]))
        for unit_id, code, kind in units
        if kind == UnitKind.MEETING or code in shares
    )


def _exact(share: float | None) -> Decimal:
    """A configured share such as 0.8 as people wrote it, not as binary floats hold it."""
    return Decimal(str(share or 0))
