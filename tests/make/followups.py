"""Training sessions with a quiz before and one months after."""

from dataclasses import dataclass

from app.access.actor import SYSTEM
from app.courses.models import Unit
from app.courses.rules import QuizPhase, UnitKind
from app.factories.models import Factory, Person
from app.platform.db import db
from app.quizzes import operations as quizzes
from app.quizzes.followups.models import QuizPlan
from app.quizzes.models import Attempt
from app.sessions import operations as verbs
from app.sessions.models import TrainingSession
from app.sessions.rules import TrainingState
from tests.make import courses, factories, sessions
from tests.make import quizzes as rooms


@dataclass
class Followed:
    """A confirmed training session; `people` of one factory have booked seats."""

    training: TrainingSession
    factory: Factory
    people: list[Person]
    pre_id: int
    later_id: int

    def plan(self, phase: QuizPhase) -> QuizPlan | None:
        """The plan of one of the two."""
        db.session.flush()
        db.session.expire_all()
        return db.session.query(QuizPlan).filter_by(training_id=self.training.id, phase=phase).one_or_none()

    def attempts(self, unit_id: int) -> list[Attempt]:
        return db.session.query(Attempt).filter_by(training_id=self.training.id, unit_id=unit_id).all()

    def answer(self, number: int) -> None:
        """One of the people starts the quiz that is open and hands it in."""
        actor = rooms.actor(self.people[number], self.training)
        quizzes.submit(actor, quizzes.start(actor).id)


def followed(people: int = 1, *, days: tuple[int, ...] = (30, 31), months: int | None = 6, is_confirmed: bool = True) -> Followed:
    """The course has a quiz before and one `months` after the last half-day."""
    version = courses.version()
    units = []
    for position, (code, phase) in enumerate((("pre", QuizPhase.PRE), ("later", QuizPhase.FOLLOW_UP)), 5):
        unit = Unit(
            version_id=version.id, position=position, code=code, kind=UnitKind.QUIZ, minutes=20, titles={"en": code.title()},
            objectives={}, phase=phase, months_after=months if phase is QuizPhase.FOLLOW_UP else None,
        )  # fmt: skip
        db.session.add(unit)
        db.session.flush()
        rooms.bank(unit.id)
        units.append(unit.id)
    factory = factories.factory()
    training = sessions.training(version=version, days=days, rooms=[factory])
    row = [factories.person(factory, language="en") for _ in range(people)]
    for person in row:
        sessions.seat(training, factory, person)
    if is_confirmed:
        verbs.confirm(SYSTEM, training.id)
    assert not is_confirmed or training.state is TrainingState.CONFIRMED
    return Followed(training, factory, row, *units)
