"""How people of the factory did with the questions of tests, in figures: by their numbers, as a factory never learns
what is asked; nobody's answers, and no figures of fewer than five.

Figures are of whole calendar quarters: of two times that differ by a day, one would give the answers of that day's one
person when the other is taken away. For the same reason it does not matter here who is on the staff list, a test has
figures only when all of its quarter is graded, a question that all got right, or all wrong, has none - and what was
once said of a quarter is said in every pack: answers that arrive later are not in it.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.access.actor import Scope
from app.access.small_numbers import FEWEST
from app.courses.labels import PHASES
from app.courses.models import Course, CourseVersion, Unit
from app.learning_record.evidence.models import EvidenceQuarter
from app.learning_record.evidence.source import About, Table
from app.platform.clock import now
from app.platform.db import db, in_own_transaction, insert
from app.platform.i18n import _, text
from app.quizzes.models import Attempt
from app.quizzes.results.analysis import ItemRow, analysis
from app.quizzes.results.queries import Picked
from app.quizzes.rules import HANDED_IN, AttemptState
from app.sessions.models import Seat

_Figures = list[list[Any]]
_FEW, _SAME = "few", "same"


def rows(about: About) -> list[list[Any]]:
    """For each quarter a row for each question with figures, and one for each test without.

    Call it where nobody holds the write lock: what is said for the first time is kept.
    """
    quarters = [replace(about, period=each) for each in about.period.quarters()]
    return [row for quarter in quarters for each in _tests(quarter) for row in _rows(quarter, *each)]


def _tests(quarter: About) -> list[Any]:
    """Tests, and whether some of the quarter still wait for their points."""
    of_unit = Attempt.unit_id == Unit.id, *_own(quarter)
    waits = sa.exists().where(*of_unit, Attempt.state == AttemptState.SUBMITTED)
    return list(db.session.execute(
        sa.select(Unit, Course.code, CourseVersion.number, CourseVersion.titles, waits)
        .join(CourseVersion, CourseVersion.id == Unit.version_id)
        .join(Course, Course.id == CourseVersion.course_id)
        .where(sa.exists().where(*of_unit))
        .order_by(Course.code, CourseVersion.number, Unit.position)
    ))


def _own(quarter: About) -> tuple[sa.ColumnElement[bool], ...]:
    """Attempts that were handed in in the quarter by people whose seat was the factory's."""
    sat = sa.exists().where(
        Seat.training_id == Attempt.training_id, Seat.person_id == Attempt.person_id,
        Seat.factory_id == quarter.factory_id)
    handed_in = Attempt.submitted_at >= quarter.begins, Attempt.submitted_at < quarter.ends
    return Attempt.state.in_(HANDED_IN), *handed_in, sat


def _rows(
    quarter: About, unit: Unit, course: str, number: str, titles: dict[str, str], waits: bool,
) -> list[list[Any]]:
    since = quarter.period.since
    phase = str(PHASES[unit.phase]) if unit.phase else ""
    head = [f"{since.year}-Q{(since.month + 2) // 3}", course, text(titles), number, text(unit.titles), phase]
    said = _said(quarter, unit.id)
    if said is None and waits:
        return [[*head, None, str(_("Answers wait for their points: no figures yet.")), None, None, None, None]]
    if said is None:
        said = _figures(quarter, unit, Picked(
            unit.version_id, course, number, titles, Scope(everything=True), attempts=_own(quarter)))
    if not said:
        return [[*head, None, _note(_FEW), None, None, None, None]]
    return [[*head, question, _note(why), *figures] for question, why, *figures in said]


def _said(quarter: About, unit_id: int) -> _Figures | None:
    found: _Figures | None = db.session.scalar(sa.select(EvidenceQuarter.figures).where(*_whose(quarter, unit_id)))
    return found


def _whose(quarter: About, unit_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        EvidenceQuarter.factory_id == quarter.factory_id, EvidenceQuarter.unit_id == unit_id,
        EvidenceQuarter.begins_on == quarter.period.since,
    )  # fmt: skip


def _figures(quarter: About, unit: Unit, within: Picked) -> _Figures:
    """Figures of each question, kept from now on; none of fewer than five people, of whom nothing is kept."""
    found = analysis(within, unit, [quarter.language])
    if not found.has_enough:
        return []
    said = [[item.number, *_of(item)] for item in found.items]
    return in_own_transaction(partial(_keep, quarter, unit.id, said))


def _of(item: ItemRow) -> Sequence[Any]:
    """Why there are no figures, or figures."""
    if item.asked < FEWEST:
        return [_FEW, None, None, None, None]
    if not 0 < item.facility < 1:
        return [_SAME, None, None, None, None]
    apart = item.discrimination
    return ["", item.asked, item.answered, round(item.facility, 2), None if apart is None else round(apart, 2)]


def _keep(quarter: About, unit_id: int, said: _Figures, session: Session) -> _Figures:
    """Keep them; what somebody else kept a moment earlier holds."""
    values = {
        "factory_id": quarter.factory_id, "unit_id": unit_id, "begins_on": quarter.period.since, "figures": said,
        "said_at": now(),
    }  # fmt: skip
    session.execute(insert(EvidenceQuarter).values(values).on_conflict_do_nothing())
    found: _Figures = session.scalars(sa.select(EvidenceQuarter.figures).where(*_whose(quarter, unit_id))).one()
    return found


def _note(why: str) -> str:
    words = {_FEW: _("Fewer than five people: no figures."), _SAME: _("All did the same: no figures.")}
    return words.get(why, "")


def table(about: About) -> Table:
    """The questions of tests."""
    header = [
        _("Quarter"), _("Course"), _("Title"), _("Version"), _("Test"), _("When"), _("Question"), _("Note"),
        _("People"), _("Answered"), _("Right (facility)"), _("Tells apart (discrimination)"),
    ]  # fmt: skip
    return Table("tests", _("Questions of tests"), header, rows(about))
