"""How people of the factory did with the questions of tests, in figures: by their numbers, as a factory never learns
what is asked; nobody's answers, and no figures of fewer than five.

Answers can be graded anew later, so what was said of the day is kept.
"""

from typing import Any

import sqlalchemy as sa

from app.access.actor import Scope
from app.access.small_numbers import FEWEST
from app.courses.labels import PHASES
from app.courses.models import Course, CourseVersion, Unit
from app.factories.models import Employment
from app.learning_record.evidence.source import About, Source, Table
from app.platform.db import db
from app.platform.i18n import _, text
from app.quizzes.models import Attempt
from app.quizzes.results.analysis import analysis
from app.quizzes.results.queries import Picked
from app.quizzes.rules import AttemptState
from app.sessions.models import Seat


def keep(about: About) -> list[list[Any]]:
    """A row for each question that at least five were asked, and one for each test of which fewer were."""
    return [row for each in _tests(about) for row in _rows(about, *each)]


def _tests(about: About) -> list[Any]:
    return list(db.session.execute(
        sa.select(Unit, Course.code, CourseVersion.number, CourseVersion.titles)
        .join(CourseVersion, CourseVersion.id == Unit.version_id)
        .join(Course, Course.id == CourseVersion.course_id)
        .where(sa.exists().where(Attempt.unit_id == Unit.id, *_own(about)))
        .order_by(Course.code, CourseVersion.number, Unit.position)
    ))


def _own(about: About) -> tuple[sa.ColumnElement[bool], ...]:
    """Attempts that were handed in in the time by people whose seat was the factory's and who worked there then."""
    sat = sa.exists().where(
        Seat.training_id == Attempt.training_id, Seat.person_id == Attempt.person_id,
        Seat.factory_id == about.factory_id)
    worked = sa.exists().where(
        Employment.person_id == Attempt.person_id, Employment.factory_id == about.factory_id,
        Employment.started_on <= about.period.until,
        sa.or_(Employment.ended_on.is_(None), Employment.ended_on > about.period.since))
    handed_in = Attempt.submitted_at >= about.begins, Attempt.submitted_at < about.ends
    return Attempt.state == AttemptState.GRADED, *handed_in, sat, worked


def _rows(about: About, unit: Unit, course: str, number: str, titles: dict[str, str]) -> list[list[Any]]:
    within = Picked(unit.version_id, course, number, titles, Scope(everything=True), attempts=_own(about))
    found = analysis(within, unit, [about.language])
    head = [course, number, text(unit.titles), str(PHASES[unit.phase]) if unit.phase else ""]
    if not found.has_enough:
        return [[*head, None, str(_("Fewer than five people: no figures.")), None, None, None, None]]
    return [
        [
            *head, item.number, "", item.asked, item.answered, round(item.facility, 2),
            None if item.discrimination is None else round(item.discrimination, 2),
        ]
        if item.asked >= FEWEST
        else [*head, item.number, str(_("Fewer than five people: no figures.")), None, None, None, None]
        for item in found.items
    ]  # fmt: skip


def table(source: Source) -> Table:
    """The questions of tests."""
    header = [
        _("Course"), _("Version"), _("Test"), _("When"), _("Question"), _("Note"), _("People"), _("Answered"),
        _("Right (facility)"), _("Tells apart (discrimination)"),
    ]  # fmt: skip
    return Table("tests", _("Questions of tests"), header, source.kept["tests"])
