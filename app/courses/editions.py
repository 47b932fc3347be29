"""An edition of a course with what stands around it: the courses and pathways that its page names."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, contains_eager, defer

from app.courses.models import Course, CourseVersion, Pathway, PathwayVersion, Unit
from app.courses.rules import steps
from app.platform.db import db
from app.platform.refusal import NotFound


@dataclass(frozen=True)
class Named:
    """A course or pathway to go to. A course without titles is not published."""

    code: str
    titles: dict[str, str]


@dataclass(frozen=True)
class Edition:
    """A version as its page shows it. `others` counts the other versions of the course."""

    version: CourseVersion
    refresher: Named | None
    pathways: Sequence[Named]
    others: int

    @cached_property
    def units(self) -> Sequence[Any]:
        """Rows of code, kind, minutes, titles, objectives, phase and months_after, in order. One statement."""
        return db.session.execute(_UNITS, {"version_id": self.version.id}).all()

    @property
    def is_current(self) -> bool:
        return self.version.id == self.version.course.current_version_id


def edition(code: str, number: str | None = None) -> Edition:
    """The current edition of a course, or the one with a number. One statement. Raises NotFound."""
    statement, asked = (_CURRENT, {"code": code}) if number is None else (_NUMBERED, {"code": code, "number": number})
    rows = db.session.execute(statement, asked).all()
    if not rows:
        raise NotFound
    version, titles, *_, editions = rows[0]
    refresher = Named(version.refresher, titles or {}) if version.refresher else None
    return Edition(version, refresher, _leading(rows, code), editions - 1)


def editions(course_id: int) -> Sequence[Any]:
    """Every version of a course, the latest published first: id, number, published_at, note."""
    columns = (CourseVersion.id, CourseVersion.number, CourseVersion.published_at, CourseVersion.note)
    mine = sa.select(*columns).where(CourseVersion.course_id == course_id)
    return db.session.execute(mine.order_by(CourseVersion.published_at.desc(), CourseVersion.id.desc())).all()


def _leading(rows: Sequence[Any], code: str) -> list[Named]:
    """The pathways among them of which the course is a step: the database only looked for its name."""
    return [
        Named(pathway, titles)
        for _version, _renewed, pathway, titles, kept, _count in rows
        if pathway and any(code in step.courses for step in steps(kept))
    ]


_RENEWING, _RENEWED, _EVERY = aliased(Course), aliased(CourseVersion), aliased(CourseVersion)
_OFFERED = sa.select(Pathway.current_version_id).where(Pathway.archived_at.is_(None))
_NAMED = sa.literal('"') + Course.code + sa.literal('"')
_AROUND = (
    sa.select(
        CourseVersion, _RENEWED.titles, Pathway.code, PathwayVersion.titles, PathwayVersion.steps,
        sa.select(sa.func.count()).where(_EVERY.course_id == Course.id).correlate(Course).scalar_subquery(),
    )
    .join(Course, CourseVersion.course_id == Course.id)
    .outerjoin(_RENEWING, _RENEWING.code == CourseVersion.refresher)
    .outerjoin(_RENEWED, _RENEWED.id == _RENEWING.current_version_id)
    .outerjoin(
        PathwayVersion,
        sa.and_(PathwayVersion.id.in_(_OFFERED), sa.cast(PathwayVersion.steps, sa.Text).contains(_NAMED)),
    )
    .outerjoin(Pathway, Pathway.id == PathwayVersion.pathway_id)
    .where(Course.code == sa.bindparam("code"))
    .order_by(Pathway.code)
    .options(
        contains_eager(CourseVersion.course),
        defer(CourseVersion.forms), defer(CourseVersion.search_text),
    )
)
# Built once: building them takes longer than asking them.
_CURRENT = _AROUND.where(CourseVersion.id == Course.current_version_id)
_UNITS = (
    sa.select(Unit.code, Unit.kind, Unit.minutes, Unit.titles, Unit.objectives, Unit.phase, Unit.months_after)
    .where(Unit.version_id == sa.bindparam("version_id"))
    .order_by(Unit.position)
)
_NUMBERED = _AROUND.where(CourseVersion.number == sa.bindparam("number"))
