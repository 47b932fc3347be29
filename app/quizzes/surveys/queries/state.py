"""How far the forms of a training session are, for those who run it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from app.completions.models import SurveyTurn
from app.courses.rules import FormKind
from app.factories.models import Factory
from app.platform.clock import now
from app.platform.db import db
from app.platform.refusal import NotFound
from app.quizzes.surveys.models import SurveyResponse, SurveyWindow
from app.quizzes.surveys.queries.windows import Form, forms_of
from app.quizzes.surveys.rules import SurveyPhase
from app.sessions.models import Seat, TrainingSession
from app.sessions.queries import booked
from app.sessions.rules import SeatState


@dataclass(frozen=True)
class WindowState:
    """A window: for whom, until when by the clock of the programme, and how many answered."""

    id: int
    phase: SurveyPhase | None
    factory: Factory | None
    is_open: bool
    closes_by_the_clock: datetime
    responses: int


@dataclass(frozen=True)
class FormState:
    """A form with its windows; `handed_in` of `seats` people have had their turn, where a form has turns."""

    form: Form
    windows: Sequence[WindowState]
    seats: int
    handed_in: int

    @property
    def is_evaluation(self) -> bool:
        return self.form.kind is FormKind.EVALUATION

    @property
    def is_open(self) -> bool:
        return any(window.is_open for window in self.windows)


def form_states(training: TrainingSession) -> list[FormState]:
    """Every form of the course, as far as it is. Four statements at most."""
    forms = forms_of(training.version)
    if not forms:
        return []
    windows = db.session.execute(
        sa.select(SurveyWindow, Factory)
        .outerjoin(Factory, Factory.id == SurveyWindow.factory_id)
        .where(SurveyWindow.training_id == training.id)
        .order_by(Factory.name, SurveyWindow.id)
    ).all()
    own = SurveyResponse.training_id == training.id
    columns = (SurveyResponse.form, SurveyResponse.phase, SurveyResponse.factory_id)
    counts = db.session.execute(sa.select(*columns, sa.func.count()).where(own).group_by(*columns))
    responses = {(form, phase, factory_id): number for form, phase, factory_id, number in counts}
    zone = ZoneInfo(training.programme.zone)
    states: dict[str, list[WindowState]] = {}
    for window, factory in windows:
        states.setdefault(window.form, []).append(
            WindowState(
                window.id, window.phase, factory, window.closes_at > now(),
                window.closes_at.astimezone(zone).replace(tzinfo=None),
                responses.get((window.form, window.phase, window.factory_id), 0),
            )
        )  # fmt: skip
    seats, handed_in = _turns(training.id)
    return [FormState(each, states.get(each.id, []), seats, handed_in.get(each.id, 0)) for each in forms]


def seen_by(state: FormState, factories: Collection[int] | None) -> FormState:
    """A form as who sees these factories only may see it: nothing of other workers. None stands for all."""
    if factories is None:
        return state
    own = [each for each in state.windows if each.factory is None or each.factory.id in factories]
    return replace(state, windows=own)


def _turns(training_id: int) -> tuple[int, dict[str, int]]:
    of = Seat.training_id == training_id, Seat.state == SeatState.BOOKED
    seats = db.session.scalar(sa.select(sa.func.count()).where(*of)) or 0
    rows = db.session.execute(
        sa.select(SurveyTurn.form, sa.func.count())
        .where(SurveyTurn.training_id == training_id, SurveyTurn.has_answered)
        .where(SurveyTurn.person_id.in_(sa.select(Seat.person_id).where(*of)))
        .group_by(SurveyTurn.form)
    )
    return seats, {form: number for form, number in rows}  # noqa: C416 - rows are no pairs to a type checker


def window_for(training_id: int, window_id: int, *, hold: bool = False) -> SurveyWindow:
    """A window of a training session, held where asked for. Raises NotFound."""
    statement = sa.select(SurveyWindow).where(SurveyWindow.id == window_id, SurveyWindow.training_id == training_id)
    window = db.session.scalar(statement.with_for_update() if hold else statement)
    if window is None:
        raise NotFound
    return window


def has_answered(training_id: int, form: str, person_id: int) -> bool:
    """Whether a person has handed in a form."""
    turn = sa.select(SurveyTurn.id).where(SurveyTurn.training_id == training_id, SurveyTurn.form == form)
    return db.session.scalar(turn.where(SurveyTurn.person_id == person_id, SurveyTurn.has_answered)) is not None


def missing(training_id: int, form: str) -> list[Seat]:
    """Booked seats of people who have not handed in a form yet."""
    done = sa.select(SurveyTurn.person_id).where(
        SurveyTurn.training_id == training_id, SurveyTurn.form == form, SurveyTurn.has_answered
    )
    answered = set(db.session.scalars(done))
    return [seat for seat in booked(training_id) if seat.person_id not in answered]
