"""How far a person is with the units of some courses. A unit of the same code is the same in every version."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa

from app.completions import queries as completions
from app.courses.models import CourseVersion, Unit
from app.courses.rules import UnitKind
from app.lessons.models import LessonProgress, PracticeLog
from app.lessons.rules import State
from app.platform.db import db

Key = tuple[int, str]
"""Course and code of a unit."""


@dataclass(frozen=True)
class Done:
    """What is known of a person: lessons read, tasks logged, and the best share in half-days and tests."""

    read: Collection[Key]
    logged: Collection[Key]
    shares: Mapping[Key, Decimal]

    def state(self, version: CourseVersion, unit: Unit) -> State:
        """How far the person is with a unit of a version."""
        key = version.course_id, unit.code
        if unit.kind is UnitKind.LESSON:
            return State.READ if key in self.read else State.NOT_STARTED
        if unit.kind is UnitKind.PRACTICE:
            return State.DONE if key in self.logged else State.NOT_STARTED
        is_reached = key in self.shares and self.shares[key] >= _asked(version, unit)
        return State.DONE if is_reached else State.NOT_STARTED


def done(person_id: int, course_ids: Collection[int]) -> Done:
    """Three statements."""
    logs = _units(PracticeLog, course_ids).where(PracticeLog.person_id == person_id, PracticeLog.withdrawn_at.is_(None))
    return Done(
        read=_keys(_units(LessonProgress, course_ids).where(LessonProgress.person_id == person_id)),
        logged=_keys(logs),
        shares=completions.best_shares(person_id, course_ids),
    )


def _units(model: type[LessonProgress | PracticeLog], course_ids: Collection[int]) -> sa.Select[int, str]:
    return (
        sa.select(CourseVersion.course_id, Unit.code)
        .join(Unit, Unit.version_id == CourseVersion.id)
        .join(model, model.unit_id == Unit.id)
        .where(CourseVersion.course_id.in_(course_ids))
    )


def _keys(statement: sa.Select[int, str]) -> set[Key]:
    return {(row[0], row[1]) for row in db.session.execute(statement.distinct())}


def _asked(version: CourseVersion, unit: Unit) -> Decimal:
    """The share that the version asks for; of a test that it does not ask for it is enough to have taken it."""
    if unit.kind is UnitKind.MEETING:
        return Decimal(str(version.attendance_share))
    return Decimal(str(version.test_share or 0)) if unit.code == version.test_unit else Decimal(0)
