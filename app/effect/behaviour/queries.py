"""What supervisors and workers of a factory answered before the training and months after. Nobody's single answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from app.access.small_numbers import FEWEST
from app.courses.models import CourseVersion, Unit
from app.courses.rules import FormKind, QuizPhase
from app.effect.asked import Asked
from app.effect.behaviour.rules import Asking, Given, Matched, Round
from app.factories.models import Factory, Programme
from app.platform.db import db
from app.quizzes.results.queries import by_factory, shares
from app.quizzes.surveys.models import SurveyWindow
from app.quizzes.surveys.rules import Item, SurveyPhase, form_text
from app.sessions.models import Meeting, TrainingSession
from app.sessions.rules import MeetingState


def supervisors(asked: Asked) -> Sequence[tuple[int, Matched]]:
    """Course and factory: mean shares in the test before the training and in the one months after, where at least five
    people took each, in the same version. One statement."""
    after = shares(asked.trainings(), QuizPhase.FOLLOW_UP, "months_after")
    before = shares(sa.select(after.c.training_id), QuizPhase.PRE, "before")
    early, late = by_factory(before, "early"), by_factory(after, "late")
    rows = db.session.execute(
        sa.select(
            CourseVersion.course_id, late.c.factory_id, early.c.people, early.c.mean,
            late.c.people.label("people_after"), late.c.mean.label("mean_after"))
        .select_from(late)
        .join(early, sa.and_(early.c.factory_id == late.c.factory_id, early.c.version_id == late.c.version_id))
        .join(CourseVersion, CourseVersion.id == late.c.version_id)
        .where(early.c.people >= FEWEST, late.c.people >= FEWEST)
        .order_by(CourseVersion.course_id, late.c.factory_id, late.c.version_id)
    )
    return [(row[0], Matched(row[1], Round(row[2], row[3]), Round(row[4], row[5]))) for row in rows]


@dataclass(frozen=True)
class ItemGiven:
    """An item of the form for workers, as it is read, and what was answered in each factory in both rounds."""

    course_id: int
    language: str
    item: Item
    given: Sequence[Given]


@dataclass(frozen=True)
class Outside:
    """Workers of a factory were asked on a day that says nothing: not before the training, and not when it should
    show."""

    factory: str
    day: date
    phase: SurveyPhase


def workers(asked: Asked, wanted: Sequence[str | None]) -> tuple[list[ItemGiven], list[Outside]]:
    """Items of forms for workers that were asked before and after in the same factory and training session, from the
    figures that may be shown of them: none of fewer than five answers. Items of several versions that read the same
    are one. Rounds at another time are told by themselves. Two statements."""
    outside = []
    rounds: dict[tuple[int, int, str], dict[SurveyPhase | None, dict[int, Any]]] = {}
    for row in db.session.execute(_windows(asked)):
        by_phase = rounds.setdefault((row.version_id, row.training_id, row.form), {})
        asking = Asking(row.phase, row.opened_at, row.closes_at, row.began_at, row.ended_at, row.months_after)
        if not asking.is_in_time:
            opened = row.opened_at.astimezone(ZoneInfo(row.zone)).date()
            outside.append(Outside(row.name, opened, row.phase))
        elif row.figures:
            by_phase.setdefault(row.phase, {})[row.factory_id] = row.figures["items"]
    found: dict[Any, ItemGiven] = {}
    forms = _forms({version_id for version_id, _training, _form in rounds})
    for (version_id, _training, form), by_phase in rounds.items():
        course_id, texts = forms.get((version_id, form), (0, None))
        before, after = by_phase.get(SurveyPhase.PRE, {}), by_phase.get(SurveyPhase.POST, {})
        if not texts or not before or not after:
            continue
        read, same = form_text(texts, wanted), {each.id: each for each in form_text(texts, ["en"]).items}
        for item in read.items:
            given, key = _given(item, before, after), (course_id, form, same.get(item.id))
            if given:
                known = found[key].given if key in found else []
                found[key] = ItemGiven(course_id, read.language, item, [*known, *given])
    return list(found.values()), outside


def _windows(asked: Asked) -> sa.Select[Any]:
    planned = Meeting.training_id == TrainingSession.id, Meeting.state == MeetingState.PLANNED
    began = sa.select(sa.func.min(Meeting.starts_at)).where(*planned).correlate(TrainingSession).scalar_subquery()
    ended = sa.select(sa.func.max(Meeting.ends_at)).where(*planned).correlate(TrainingSession).scalar_subquery()
    months = (
        sa.select(sa.func.min(Unit.months_after))
        .where(Unit.version_id == TrainingSession.version_id, Unit.phase == QuizPhase.FOLLOW_UP)
        .correlate(TrainingSession).scalar_subquery())
    return (
        sa.select(
            SurveyWindow.training_id, SurveyWindow.form, SurveyWindow.factory_id, SurveyWindow.phase,
            SurveyWindow.figures, SurveyWindow.opened_at, SurveyWindow.closes_at, TrainingSession.version_id,
            Factory.name, Programme.zone, began.label("began_at"), ended.label("ended_at"),
            months.label("months_after"))
        .join(TrainingSession, TrainingSession.id == SurveyWindow.training_id)
        .join(Factory, Factory.id == SurveyWindow.factory_id)
        .join(Programme, Programme.id == TrainingSession.programme_id)
        .where(
            SurveyWindow.training_id.in_(asked.trainings()), SurveyWindow.factory_id.is_not(None),
            SurveyWindow.is_counted)
        .order_by(SurveyWindow.id)
    )


def _forms(version_ids: set[int]) -> dict[tuple[int, str], tuple[int, Any]]:
    """Version and form -> its course, and what it asks by language."""
    rows = db.session.execute(
        sa.select(CourseVersion.id, CourseVersion.course_id, CourseVersion.forms)
        .where(CourseVersion.id.in_(version_ids)))
    return {
        (version_id, form["id"]): (course_id, form["in"])
        for version_id, course_id, forms in rows for form in forms
        if form["kind"] == FormKind.WORKER_SURVEY and form.get("in")
    }


def _given(item: Item, before: dict[int, Any], after: dict[int, Any]) -> list[Given]:
    found = []
    for factory_id in sorted(before.keys() & after.keys()):
        early, late = (each[factory_id].get(item.id, {}).get("counts", ()) for each in (before, after))
        if item.choices and len(early) == len(late) == item.choices:
            found.append(Given(factory_id, tuple(early), tuple(late)))
    return found
