"""What a course version asks for in a quiz."""

from fractions import Fraction

import sqlalchemy as sa

from app.courses.models import CourseVersion, Unit
from app.platform.db import db


def share_wanted(unit_id: int) -> Fraction | None:
    """The share (0..1) that passes; None for a quiz of which nothing is asked."""
    wanted = db.session.scalar(
        sa.select(CourseVersion.test_share)
        .join(Unit, sa.and_(Unit.version_id == CourseVersion.id, Unit.code == CourseVersion.test_unit))
        .where(Unit.id == unit_id)
    )
    return None if wanted is None else Fraction(str(wanted))
