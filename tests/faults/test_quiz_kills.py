"""A process of the product dies at a named point of a quiz; what was acknowledged is there, and the person goes on
(TRAPS X1, X2; goal QZ-1).

Each run is another person with a random story: the quiz is opened, begun, answered with changes of mind, and handed in
or left until time is over. The process dies by SIGKILL at one of twelve points, at a random step that comes past it.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction

import pytest
import sqlalchemy as sa

from app.access.roles import Role
from app.completions.models import UnitResult
from app.platform.audit.models import AuditEntry
from app.platform.clock import now
from app.platform.db import db, transaction
from app.quizzes.models import Answer, Attempt
from app.quizzes.rules import AttemptState
from tests.browse import Browse
from tests.counts import IS_LONG
from tests.faults.nodes import Node
from tests.faults.processes import Product
from tests.make import accounts as staff
from tests.make import factories, quizzes, sessions

pytestmark = pytest.mark.slow

RUNS = 200 if IS_LONG else 1
QUESTIONS = 4
POINTS = {
    "quizzes.prepared": ("open",),
    "quizzes.beginning": ("begin",),
    "quizzes.begun": ("begin",),
    "quizzes.answering": ("answer",),
    "quizzes.answered": ("answer",),
    "quizzes.submitted": ("hand in", "close"),
    "quizzes.grading": ("hand in", "close"),
    "quizzes.graded": ("hand in", "close"),
    "quizzes.noted": ("hand in", "close"),
    "quizzes.closing": ("close",),
    "web.before_commit": ("open", "begin", "answer", "hand in"),
    "web.after_commit": ("open", "begin", "answer", "hand in"),
}
"""Point -> steps that come past it."""
WORTH = (Fraction(1), Fraction(0), Fraction(1, 2))


@dataclass
class Hall:
    """One training session in which every run is another person."""

    product: Product
    node: Node
    training_id: int
    unit_id: int
    factory_id: int
    trainer: str
    questions: list[tuple[int, str]]

    def seat(self) -> tuple[int, str]:
        """A person with a seat, and the cookie of his phone."""
        with self.product.app.app_context():
            with transaction():
                room = db.session.get_one(sessions.TrainingSession, self.training_id)
                factory = db.session.get_one(factories.Factory, self.factory_id)
                person = factories.person(factory)
                sessions.seat(room, factory, person)
                person_id = person.id
            phone = Browse(self.product.app).as_person(person_id, self.training_id)
            return person_id, phone.client.get_cookie("seamwise").value

    def attempts(self, person_id: int) -> list[Attempt]:
        return db.session.query(Attempt).filter_by(person_id=person_id, training_id=self.training_id).all()


@pytest.fixture
def hall(product: Product) -> Iterator[Hall]:
    with product.app.app_context():
        with transaction():
            room = quizzes.room(count=QUESTIONS)
            trainer = staff.account(Role.TRAINER, programme=db.session.get_one(factories.Programme, room.training.programme_id))
            values = room.training.id, room.unit_id, room.factory.id
            questions = [(each.id, each.code) for each in room.questions]
        phone = Browse(product.app).as_account(db.session.merge(trainer))
        cookie = phone.client.get_cookie("seamwise").value
        db.session.remove()
    with Node(product) as node:
        yield Hall(product, node, *values, cookie, questions)


@dataclass
class Run:
    """One person's story: what is acknowledged, and what was under way when the process died."""

    hall: Hall
    chance: random.Random
    point: str
    fatal: int
    person_id: int = 0
    cookie: str = ""
    attempt_id: int = 0
    seed: int = 0
    saved: dict[int, tuple[int, int]] = field(default_factory=dict)
    step: int = 0
    killed: bool = False

    def go(self) -> None:
        self.person_id, self.cookie = self.hall.seat()
        self.open()
        self.begin()
        for number in self.turns():
            self.answer(number, self.chance.randrange(3))
        self.end()
        assert self.killed, "the story never came past the point"
        self.look()

    def turns(self) -> list[int]:
        """Every question is answered, some of them again."""
        again = [self.chance.randrange(QUESTIONS) for _ in range(self.chance.randrange(3))]
        return [*range(QUESTIONS), *again]

    def post(self, kind: str, address: str, **fields: str) -> int | None:
        cookie = self.hall.trainer if kind == "open" else self.cookie
        self.hall.node.post(address, fields, cookie, stop_at=self.stop_at(kind))
        return self.heard()

    def stop_at(self, kind: str) -> str:
        """The point, at the step at which this run dies."""
        if self.killed or kind not in POINTS[self.point]:
            return ""
        self.step += 1
        return self.point if self.step == self.fatal else ""

    def heard(self) -> int | None:
        answer = self.hall.node.answer()
        if answer.killed:
            assert not self.killed
            self.killed = True
        return answer.status

    def open(self) -> None:
        """Preparing makes one attempt of each, however often it is cut off and asked for again."""
        address = f"/sessions/{self.hall.training_id}/quizzes/{self.hall.unit_id}/window"
        if self.post("open", address, minutes="60") is None:
            assert self.post("open", address, minutes="60") == 303
        with self.hall.product.app.app_context():
            [attempt] = self.hall.attempts(self.person_id)
            assert attempt.state is AttemptState.NOT_STARTED
            self.attempt_id, self.seed = attempt.id, attempt.seed

    def begin(self) -> None:
        if self.post("begin", "/attempts") is None:
            assert self.post("begin", "/attempts") == 303
        with self.hall.product.app.app_context():
            [attempt] = self.hall.attempts(self.person_id)
            assert (attempt.id, attempt.state, attempt.seed) == (self.attempt_id, AttemptState.IN_PROGRESS, self.seed)

    def answer(self, number: int, option: int) -> None:
        """After a death the page that the phone still has is sent again, as it is."""
        question_id, code = self.hall.questions[number]
        was, revision = self.saved.get(number, (-1, 0))
        name = quizzes.option_ids(3, self.seed, code)[option]
        address = f"/attempts/{self.attempt_id}/answers/{question_id}"
        fields = {"choice": name, "revision": str(revision), "language": "en"}
        new = {number: (option, revision + (option != was))}
        if self.post("answer", address, **fields) is None:
            after = self.point == "web.after_commit"
            assert self.stored() == (self.saved | new if after else self.saved), "acknowledged, whole, or not at all"
            assert self.post("answer", address, **fields) == 200
        self.saved |= new
        assert self.stored() == self.saved

    def stored(self) -> dict[int, tuple[int, int]]:
        with self.hall.product.app.app_context():
            rows = db.session.query(Answer).filter_by(attempt_id=self.attempt_id).all()
            places = {question_id: number for number, (question_id, _) in enumerate(self.hall.questions)}
            assert len(rows) == len({row.question_id for row in rows}), "doubled"
            return {places[row.question_id]: (int(row.choice[0]), row.revision) for row in rows}

    def end(self) -> None:
        """The person hands in, or time is over and the clock does it."""
        can = [kind for kind in ("hand in", "close") if kind in POINTS[self.point] and not self.killed]
        if self.chance.choice(can or ["hand in", "close"]) == "hand in":
            self.hand_in()
            return
        with self.hall.product.app.app_context(), transaction():
            db.session.get_one(Attempt, self.attempt_id).deadline_at = now() - timedelta(minutes=5)
        for _ in range(2):
            self.hall.node.close_overdue(self.attempt_id, stop_at=self.stop_at("close"))
            self.heard()

    def hand_in(self) -> None:
        address = f"/attempts/{self.attempt_id}/submission"
        if self.post("hand in", address) is None:
            with self.hall.product.app.app_context():
                [attempt] = self.hall.attempts(self.person_id)
                after = self.point == "web.after_commit"
                assert attempt.state is (AttemptState.GRADED if after else AttemptState.IN_PROGRESS)
            assert self.post("hand in", address) == 303
        assert self.post("hand in", address) == 303, "again, which changes nothing"

    def look(self) -> None:
        """One attempt, graded once on exactly what was acknowledged."""
        assert self.stored() == self.saved
        with self.hall.product.app.app_context():
            [attempt] = self.hall.attempts(self.person_id)
            score = sum((WORTH[option] for option, _ in self.saved.values()), Fraction(0))
            assert (attempt.state, attempt.score, attempt.max_score) == (AttemptState.GRADED, float(score), QUESTIONS)
            for action in ("quizzes.submit", "quizzes.grade"):
                assert _logged(action, attempt.id) == 1, action
            assert db.session.query(UnitResult).filter_by(person_id=self.person_id).count() == 1


def _logged(action: str, attempt_id: int) -> int:
    entries = sa.select(sa.func.count()).where(AuditEntry.action == action, AuditEntry.subject == f"attempt:{attempt_id}")
    return db.session.scalar(entries) or 0


def test_killed_at_each_of_twelve_points(hall: Hall) -> None:
    """Two hundred runs at each point in the long run."""
    for point in POINTS:
        for seed in range(RUNS):
            chance = random.Random(f"{point} {seed}")
            Run(hall, chance, point, fatal=chance.randint(1, _steps(point))).go()
        print(f"{point}: {RUNS} runs, 0 lost, 0 doubled", flush=True)


def _steps(point: str) -> int:
    """How many steps of every story come past the point."""
    return {("answer",): QUESTIONS, POINTS["web.before_commit"]: QUESTIONS + 3}.get(POINTS[point], 1)
