"""Anonymous forms in a training session, and people who answer them."""

from dataclasses import dataclass

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.accounts.models import Account
from app.completions.models import SurveyTurn
from app.factories.models import Factory, Person
from app.platform.clock import now
from app.platform.db import db
from app.quizzes.surveys import operations
from app.quizzes.surveys.models import SurveyResponse, SurveyWindow, random_id
from app.quizzes.surveys.rules import SurveyPhase
from app.sessions.models import TrainingSession
from app.sessions.rules import TrainingState
from tests.make import accounts, courses, factories, quizzes, sessions

EVALUATION = {
    "id": "evaluation", "kind": "evaluation", "titles": {"en": "What did you think?", "ar": "ما رأيك؟"},
    "in": {
        "en": {
            "intro": "Thank you for coming.", "anonymous": True, "closing": "Thank you for your words.",
            "items": [
                {"id": "useful", "text": "I can use it.", "scale": "agreement", "options": None, "lines": None},
                {"id": "pace", "text": "How was the speed?", "scale": None, "options": ["too slow", "right", "too fast"], "lines": None},
                {"id": "change", "text": "What should change?", "scale": None, "options": None, "lines": 3},
            ],
        },
        "ar": {
            "intro": "شكرًا لحضورك.", "anonymous": True, "closing": "شكرًا لكلماتك.",
            "items": [
                {"id": "useful", "text": "يمكنني استخدامه.", "scale": "agreement", "options": None, "lines": None},
                {"id": "pace", "text": "كيف كانت السرعة؟", "scale": None, "options": ["بطيئة", "مناسبة", "سريعة"], "lines": None},
                {"id": "change", "text": "ماذا نغيّر؟", "scale": None, "options": None, "lines": 3},
            ],
        },
    },
}  # fmt: skip
WORKERS = {
    "id": "workers", "kind": "worker_survey", "titles": {"en": "How your line is led"},
    "in": {
        "en": {
            "intro": "There is no right or wrong answer.", "anonymous": True, "closing": None,
            "items": [
                {"id": "plan", "text": "The line is behind.", "scale": None, "options": ["We sew faster", "Work is moved"], "lines": None},
                {"id": "help", "text": "What would help?", "scale": None, "options": None, "lines": 2},
            ],
        },
    },
}  # fmt: skip
FORMS = [EVALUATION, WORKERS]
BEST = {"useful": "0", "pace": "1", "change": "More time."}


@dataclass
class Asked:
    """A confirmed training session with both forms, `people` with booked seats of one factory."""

    training: TrainingSession
    factory: Factory
    people: list[Person]

    def answer(self, number: int, language: str = "en", **said: str) -> None:
        """One of the people hands in the evaluation."""
        one = self.people[number]
        operations.answer_evaluation(
            quizzes.actor(one, self.training), self.training.id, "evaluation", language, said or BEST
        )

    def survey(self, phase: SurveyPhase = SurveyPhase.PRE, factory: Factory | None = None) -> SurveyWindow:
        """Workers are asked now."""
        return operations.open_survey(
            SYSTEM, self.training.id, "workers", (factory or self.factory).id, phase, 4
        )

    def window(self) -> SurveyWindow:
        return db.session.query(SurveyWindow).filter_by(training_id=self.training.id, form="evaluation").one()

    def responses(self) -> list[SurveyResponse]:
        db.session.flush()
        db.session.expire_all()
        return db.session.query(SurveyResponse).filter_by(training_id=self.training.id).all()

    def turns(self) -> dict[int, bool]:
        rows = db.session.query(SurveyTurn).filter_by(training_id=self.training.id).populate_existing()
        return {row.person_id: row.has_answered for row in rows}

    def trainer(self) -> Account:
        return accounts.account(Role.TRAINER, programme=self.training.programme)


def asked(people: int = 1, *, is_open: bool = True, days: tuple[int, ...] = (7, 8), **values: object) -> Asked:
    """The usual training session; `values` are the version's."""
    version = courses.version(forms=FORMS, **values)
    factory = factories.factory()
    training = sessions.training(version=version, days=days, rooms=[factory], state=TrainingState.CONFIRMED)
    row = [factories.person(factory, language="en") for _ in range(people)]
    for person in row:
        sessions.seat(training, factory, person)
    if is_open:
        operations.open_evaluation(SYSTEM, training.id, "evaluation")
    return Asked(training, factory, row)


def open_for(training: TrainingSession, factory: Factory) -> SurveyWindow:
    """The evaluation of a training session is open, and so is the survey of a factory's workers: its window."""
    operations.open_evaluation(SYSTEM, training.id, "evaluation")
    return operations.open_survey(SYSTEM, training.id, "workers", factory.id, SurveyPhase.PRE, 4)


def worker(window: SurveyWindow, ticket: int | None = None, **said: str) -> None:
    """A worker answers."""
    operations.answer_survey(window.training_id, window.id, ticket or random_id(), "en", said or {"plan": "1"})


def end(window: SurveyWindow) -> None:
    """Its time is over, and it is counted."""
    window.closes_at = now()
    db.session.flush()
    operations.count_closed(window.id)
