"""The forms of a course version, and which of them can be answered now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.completions.models import SurveyTurn
from app.courses.models import CourseVersion
from app.courses.rules import FormKind
from app.factories.models import Factory
from app.platform.clock import now
from app.platform.db import db
from app.platform.refusal import NotFound
from app.quizzes.surveys.models import SurveyResponse, SurveyWindow
from app.sessions.models import Seat, TrainingSession
from app.sessions.rules import SeatState, TrainingState

CLOSED_TO_PEOPLE = (TrainingState.DRAFT, TrainingState.POSTPONED, TrainingState.CANCELLED)
"""Nobody answers in these, whatever was open before."""


@dataclass(frozen=True)
class Form:
    """A form of a course version; `texts` by language, as published."""

    id: str
    kind: FormKind
    titles: dict[str, str]
    texts: dict[str, Any]


@dataclass(frozen=True)
class Waiting:
    """An evaluation that a person can hand in now and has not."""

    training_id: int
    form: str
    titles: dict[str, str]
    course: dict[str, str]


def forms_of(version: CourseVersion) -> list[Form]:
    """The forms of a version that were published with what they ask, in their order."""
    return published(version.forms)


def published(forms: Sequence[Mapping[str, Any]]) -> list[Form]:
    """The same, from what the version holds of them."""
    return [Form(each["id"], FormKind(each["kind"]), each["titles"], each["in"]) for each in forms if each.get("in")]


def form_of(version: CourseVersion, form: str, kind: FormKind | None = None) -> Form:
    """One of them by its id, and of a kind. Raises NotFound."""
    found = next((each for each in forms_of(version) if each.id == form and kind in (None, each.kind)), None)
    if found is None:
        raise NotFound
    return found


def open_evaluation(training_id: int, form: str, *, hold: bool = False) -> SurveyWindow | None:
    """The window of an evaluation while it is open; with `hold` nobody else answers until the transaction ends."""
    statement = (
        sa.select(SurveyWindow)
        .join(TrainingSession, TrainingSession.id == SurveyWindow.training_id)
        .where(SurveyWindow.training_id == training_id, SurveyWindow.form == form, SurveyWindow.factory_id.is_(None))
        .where(SurveyWindow.closes_at > now(), TrainingSession.state.not_in(CLOSED_TO_PEOPLE))
    )
    return db.session.scalar(statement.with_for_update(of=SurveyWindow) if hold else statement)


def open_surveys(training_id: int, window_id: int | None = None) -> Sequence[tuple[SurveyWindow, Factory]]:
    """Surveys of workers that can be answered now in a training session - or one of them -, by factory."""
    statement = (
        sa.select(SurveyWindow, Factory)
        .join(Factory, Factory.id == SurveyWindow.factory_id)
        .join(TrainingSession, TrainingSession.id == SurveyWindow.training_id)
        .where(SurveyWindow.training_id == training_id, SurveyWindow.closes_at > now())
        .where(TrainingSession.state.not_in(CLOSED_TO_PEOPLE))
        .order_by(Factory.name, SurveyWindow.id)
    )
    if window_id is not None:
        statement = statement.where(SurveyWindow.id == window_id)
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def own_training(person_id: int, training_id: int) -> TrainingSession:
    """A training session in which a person has a booked seat. Raises NotFound."""
    training = db.session.scalar(
        sa.select(TrainingSession)
        .join(Seat, Seat.training_id == TrainingSession.id)
        .where(TrainingSession.id == training_id, Seat.person_id == person_id, Seat.state == SeatState.BOOKED)
        .options(joinedload(TrainingSession.version))
    )
    if training is None:
        raise NotFound
    return training


def waiting_evaluations(person_id: int, training_id: int | None = None) -> list[Waiting]:
    """Evaluations - of a training session, or of all - that a person with a seat can hand in and has not.

    One statement.
    """
    mine = sa.and_(Seat.training_id == SurveyWindow.training_id, Seat.person_id == person_id)
    turn = sa.and_(
        SurveyTurn.training_id == SurveyWindow.training_id, SurveyTurn.form == SurveyWindow.form,
        SurveyTurn.person_id == person_id, SurveyTurn.has_answered,
    )  # fmt: skip
    statement = (
        sa.select(SurveyWindow.form, TrainingSession)
        .join(Seat, mine)
        .join(TrainingSession, TrainingSession.id == SurveyWindow.training_id)
        .where(Seat.state == SeatState.BOOKED, SurveyWindow.factory_id.is_(None), SurveyWindow.closes_at > now())
        .where(TrainingSession.state.not_in(CLOSED_TO_PEOPLE), ~sa.exists().where(turn))
        .options(joinedload(TrainingSession.version))
        .order_by(SurveyWindow.closes_at, SurveyWindow.id)
    )
    if training_id is not None:
        statement = statement.where(SurveyWindow.training_id == training_id)
    return [
        Waiting(training.id, form, form_of(training.version, form).titles, training.version.titles)
        for form, training in db.session.execute(statement)
    ]


def answers_of(window: SurveyWindow) -> list[SurveyResponse]:
    """Every response of a window, as the database hands them out."""
    return list(db.session.scalars(sa.select(SurveyResponse).where(*_of(window))))


def number_of(window: SurveyWindow) -> int:
    """How many responses a window has."""
    return db.session.scalar(sa.select(sa.func.count()).select_from(SurveyResponse).where(*_of(window))) or 0


def _of(window: SurveyWindow) -> tuple[sa.ColumnElement[bool], ...]:
    phase, factory = SurveyResponse.phase, SurveyResponse.factory_id
    return (
        SurveyResponse.training_id == window.training_id,
        SurveyResponse.form == window.form,
        phase.is_(None) if window.phase is None else phase == window.phase,
        factory.is_(None) if window.factory_id is None else factory == window.factory_id,
    )
