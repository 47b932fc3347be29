"""People who took tests before and after, and workers who were asked, as figures say it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from app.courses.models import CourseVersion, Unit
from app.courses.rules import QuizPhase
from app.factories.models import Factory, Person
from app.platform.clock import now
from app.platform.db import db
from app.quizzes.followups.rules import USUAL_MONTHS, months_later
from app.quizzes.models import Attempt
from app.quizzes.rules import AttemptState
from app.quizzes.surveys.models import SurveyWindow
from app.quizzes.surveys.rules import SurveyPhase
from app.sessions.models import TrainingSession
from tests.make import results


def unit(version: CourseVersion, phase: QuizPhase) -> Unit:
    """The first quiz of a phase, made where there is none."""
    units = db.session.query(Unit).filter_by(version_id=version.id, phase=phase).order_by(Unit.position)
    return units.first() or results.quiz(version, phase.value, phase)


def took(training: TrainingSession, phase: QuizPhase, person: Person, points: float, number: int = 1) -> None:
    """A graded attempt with so many of 100 points."""
    began = now() - timedelta(hours=1)
    db.session.add(Attempt(
        training_id=training.id, unit_id=unit(training.version, phase).id, person_id=person.id, number=number,
        state=AttemptState.GRADED, seed=number, question_ids=[], started_at=began, score=points, max_score=100,
        deadline_at=began + timedelta(hours=2), submitted_at=began + timedelta(minutes=number)))
    db.session.flush()


def asked(
    training: TrainingSession, factory: Factory, phase: SurveyPhase, items: Mapping[str, Sequence[int]] | None,
    late: timedelta = timedelta(),
) -> None:
    """A survey of workers that is over, with how often each answer was given; None where fewer than five answered. It
    was a week before the training or six months after it, or so much later."""
    figures = None if items is None else {
        "n": max(sum(each) for each in items.values()), "languages": {},
        "items": {name: {"n": sum(each), "counts": list(each)} for name, each in items.items()}}
    first, last = min(each.starts_at for each in training.meetings), max(each.ends_at for each in training.meetings)
    usual = first - timedelta(days=7) if phase is SurveyPhase.PRE else months_later(last, USUAL_MONTHS)
    opened = usual + late
    db.session.add(SurveyWindow(
        training_id=training.id, form="workers", phase=phase, factory_id=factory.id, opened_at=opened,
        closes_at=opened + timedelta(days=2), is_counted=True, figures=figures))
    db.session.flush()
