"""The courses of a person: on which version she is, how far, and what comes next."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, load_only, selectinload

from app.courses import queries as courses
from app.courses.models import Course, CourseVersion, Unit
from app.lessons.models import Study
from app.lessons.queries.done import Done, Key, done
from app.lessons.rules import Progress, Step, next_step, progress
from app.lessons.slots import Booking, slots
from app.platform.db import db
from app.platform.refusal import NotFound

Tests = Mapping[Key, str]
"""Where a test begins, of those that are open: one learns on one version and may be booked for another."""


@dataclass(frozen=True)
class Studied:
    """A course as one person works through it; nothing of it may be done yet."""

    version: CourseVersion
    study: Study | None
    booking: Booking | None
    tests: Tests
    done: Done

    @property
    def code(self) -> str:
        return self.version.course.code

    @cached_property
    def steps(self) -> Sequence[Step]:
        """The units in order."""
        return [
            Step(unit.code, unit.kind, self.done.state(self.version, unit), is_open=bool(self.test(unit.code)))
            for unit in self.version.units
        ]

    @property
    def progress(self) -> Progress:
        return progress(self.steps)

    @property
    def next(self) -> Unit | None:
        """The one thing to do next."""
        return self.next_after(None)

    def next_after(self, code: str | None) -> Unit | None:
        """What comes next for somebody who has just done a unit."""
        step = next_step(self.steps, code)
        return self.unit(step.code) if step else None

    def unit(self, code: str) -> Unit:
        """A unit by its code. Raises NotFound."""
        found = next((unit for unit in self.version.units if unit.code == code), None)
        if found is None:
            raise NotFound
        return found

    def test(self, code: str) -> str:
        """Where the test of a unit begins; empty while it is not open."""
        return self.tests.get((self.version.course_id, code), "")

    def step(self, code: str) -> Step:
        """How far the person is with a unit that there is."""
        return next(step for step in self.steps if step.code == code)


@dataclass(frozen=True)
class Upcoming:
    """The one next thing of all courses."""

    course: str
    unit: Unit
    titles: Mapping[str, str]
    is_begun: bool


@dataclass(frozen=True)
class Standing:
    """On which version of a course a person is, and why: she began it, or is booked for it, or neither."""

    course: Course
    study: Study | None
    booking: Booking | None
    version_id: int


def standing(person_id: int, code: str) -> Standing:
    """What she began, else what she is booked for, else the current version. Four statements.

    Raises NotFound, also for a course out of the catalogue that she has nothing to do with.
    """
    course = courses.course_by_code(code)
    study = db.session.scalar(sa.select(Study).where(Study.person_id == person_id, Study.course_id == course.id))
    bookings = slots().bookings(person_id)
    of_course = set(db.session.scalars(sa.select(CourseVersion.id).where(CourseVersion.course_id == course.id)))
    booking = next((each for each in bookings if each.version_id in of_course), None)
    offered = None if course.archived_at else course.current_version_id
    version_id = study.version_id if study else booking.version_id if booking else offered
    if version_id is None:
        raise NotFound
    return Standing(course, study, booking, version_id)


def studied(person_id: int, code: str) -> Studied:
    """One course as the person stands in it. At most eleven statements. Raises NotFound as `standing` does."""
    now = standing(person_id, code)
    [version] = _versions([now.version_id]).values()
    return Studied(version, now.study, now.booking, _tests(person_id), done(person_id, [now.course.id]))


def studied_all(person_id: int, *, tests: bool = True) -> list[Studied]:
    """What she began and what she is booked for: first where something is to be done, then by when she last did it.

    At most nine statements, however many there are.
    """
    studies = {row.version_id: row for row in db.session.scalars(sa.select(Study).where(Study.person_id == person_id))}
    bookings = slots().bookings(person_id)
    versions = _versions({*studies, *(booking.version_id for booking in bookings)})
    chosen = {versions[version_id].course_id: versions[version_id] for version_id in studies}
    booked: dict[int, Booking] = {}
    for booking in bookings:
        course_id = versions[booking.version_id].course_id
        booked.setdefault(course_id, booking)
        chosen.setdefault(course_id, versions[booking.version_id])
    if not chosen:
        return []
    open_tests, known = _tests(person_id) if tests else {}, done(person_id, chosen)
    found = [
        Studied(version, studies.get(version.id), booked.get(course_id), open_tests, known)
        for course_id, version in chosen.items()
    ]
    return sorted(found, key=_urgency)


def next_thing(person_id: int) -> Upcoming | None:
    """What to do next, open tests apart. At most seven statements."""
    for each in studied_all(person_id, tests=False):
        if unit := each.next:
            return Upcoming(each.code, unit, each.version.titles, each.study is not None)
    return None


def _urgency(each: Studied) -> tuple[bool, float, str]:
    last_at: datetime | None = each.study.last_at if each.study else None
    return each.next is None, -last_at.timestamp() if last_at else 0, each.code


def _versions(ids: Collection[int]) -> dict[int, CourseVersion]:
    """Versions by id, with what a learner sees of them."""
    shown = (
        CourseVersion.course_id, CourseVersion.number, CourseVersion.titles, CourseVersion.languages,
        CourseVersion.published_at, CourseVersion.attendance_share, CourseVersion.test_unit, CourseVersion.test_share,
    )  # fmt: skip
    rows = db.session.scalars(
        sa.select(CourseVersion)
        .where(CourseVersion.id.in_(ids))
        .options(load_only(*shown), joinedload(CourseVersion.course), selectinload(CourseVersion.units))
    )
    return {row.id: row for row in rows}


def _tests(person_id: int) -> Tests:
    addresses = {test.unit_id: test.address for test in slots().open_tests(person_id)}
    if not addresses:
        return {}
    rows = db.session.execute(
        sa.select(Unit.id, CourseVersion.course_id, Unit.code)
        .join(CourseVersion, CourseVersion.id == Unit.version_id)
        .where(Unit.id.in_(addresses))
    )
    return {(row.course_id, row.code): addresses[row.id] for row in rows}
