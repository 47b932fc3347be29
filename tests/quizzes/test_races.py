"""Many at once, and processes that die: one row, one grade, nothing acknowledged lost. Commits here are real."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

import pytest
import sqlalchemy as sa
from flask import Flask

from app.completions.models import Completion, UnitResult
from app.completions.operations import note_unit
from app.platform.audit.models import AuditEntry
from app.platform.clock import now
from app.platform.db import db, transaction
from app.platform.jobs.worker import Worker
from app.quizzes.models import Answer, Attempt, QuizWindow
from app.quizzes.rules import AttemptState
from app.wiring import JOBS, TIMERS
from tests.browse import OWN_SITE, Browse
from tests.faults.processes import Hatchery, Product
from tests.make import courses, quizzes

pytestmark = [pytest.mark.slow, pytest.mark.every_run]

THREADS = 64


@dataclass
class Case:
    """Plain values of a room, for threads and processes; the person is complete but for the test."""

    app: Flask
    cookie: str
    person_id: int
    attempt_id: int
    question_ids: list[int]
    names: list[list[str]]

    def post(self, address: str, **data: str) -> int:
        client = self.app.test_client()
        client.set_cookie("seamwise", self.cookie)
        return client.post(address, data=data, headers=OWN_SITE).status_code

    def answer(self, number: int, option: int, revision: int = 0) -> int:
        address = f"/attempts/{self.attempt_id}/answers/{self.question_ids[number - 1]}"
        return self.post(address, choice=self.names[number - 1][option], revision=str(revision))

    def submit(self) -> int:
        return self.post(f"/attempts/{self.attempt_id}/submission")

    def attempt(self) -> Attempt:
        return db.session.get_one(Attempt, self.attempt_id, populate_existing=True)


@pytest.fixture
def case(own_app: Flask) -> Case:
    with own_app.app_context():
        with transaction():
            room = quizzes.room()
            note_unit(
                person_id=room.person.id, training_id=room.training.id, version_id=room.training.version_id,
                unit_id=courses.unit(room.training.version, "meetings").id, share=Fraction(1),
                factory_id=room.factory.id, at=now(),
            )
            person_id, training_id = room.person.id, room.training.id
            ids, codes = [q.id for q in room.questions], [q.code for q in room.questions]
        with transaction():
            phone = Browse(own_app).as_person(person_id, training_id)
        phone.post("/attempts")
        attempt = db.session.query(Attempt).one()
        names = [list(quizzes.option_ids(3, attempt.seed, code)) for code in codes]
        made = Case(own_app, phone.client.get_cookie("seamwise").value, person_id, attempt.id, ids, names)
        db.session.remove()
    return made


def at_once(count: int, act: Callable[[int], int]) -> Counter[int]:
    """What came of doing it from so many threads that start together."""
    gate = threading.Barrier(count)

    def run(number: int) -> int:
        gate.wait()
        return act(number)

    with ThreadPoolExecutor(count) as pool:
        return Counter(pool.map(run, range(count)))


def test_the_same_answer_from_64_threads_is_one_row(case: Case) -> None:
    assert at_once(THREADS, lambda _: case.answer(1, 0)) == {200: THREADS}
    with case.app.app_context():
        assert [(row.choice, row.revision) for row in db.session.query(Answer)] == [(["0"], 1)]


def test_of_different_answers_at_once_one_is_saved_and_the_others_are_told(case: Case) -> None:
    replies = at_once(12, lambda number: case.answer(1, number % 3))
    with case.app.app_context():
        [row] = db.session.query(Answer).all()
    assert row.revision == 1
    assert replies == {200: 4, 409: 8}


def test_submitting_from_many_threads_grades_once(case: Case) -> None:
    for number in (1, 2, 3):
        assert case.answer(number, 0) == 200
    assert at_once(16, lambda _: case.submit()) == {303: 16}
    with case.app.app_context():
        assert (case.attempt().state, case.attempt().score) == (AttemptState.GRADED, 3.0)
        assert db.session.query(AuditEntry).filter_by(action="quizzes.submit").count() == 1
        assert db.session.query(UnitResult).count() == 2
        assert db.session.query(Completion).count() == 1


def test_answers_and_submission_at_once_grade_exactly_what_was_acknowledged(case: Case) -> None:
    acknowledged: list[int] = []

    def act(number: int) -> int:
        if number == 0:
            return case.submit()
        status = case.answer(number, 0)
        if status == 200:
            acknowledged.append(number)
        return status

    at_once(4, act)
    with case.app.app_context():
        assert case.attempt().score == len(acknowledged)
        assert db.session.query(Answer).count() == len(acknowledged)


def test_starting_from_many_threads_is_one_attempt(case: Case) -> None:
    assert case.submit() == 303
    assert at_once(16, lambda _: case.post("/attempts")) == {303: 16}
    with case.app.app_context():
        assert [row.number for row in db.session.query(Attempt).order_by(Attempt.id)] == [1, 2]


def test_the_worker_hands_in_what_nobody_handed_in(case: Case) -> None:
    assert case.answer(1, 0) == 200
    deadline = now() - timedelta(minutes=5)
    with case.app.app_context(), transaction():
        case.attempt().deadline_at = deadline
        db.session.query(QuizWindow).one().closes_at = deadline
    worker = Worker(case.app, JOBS, TIMERS, timedelta(seconds=60))
    for _ in range(2):
        worker.fire_timers()
        worker.run_until_idle()
    with case.app.app_context():
        attempt = case.attempt()
        assert (attempt.state, attempt.score, attempt.submitted_at) == (AttemptState.GRADED, 1.0, deadline)
        assert db.session.query(AuditEntry).filter_by(action="quizzes.submit").count() == 1


BEFORE_COMMIT = ("quizzes.submitted", "quizzes.graded", "quizzes.noted", "web.before_commit")


@pytest.mark.parametrize("point", [*BEFORE_COMMIT, "web.after_commit"])
def test_a_server_killed_while_handing_in_loses_and_doubles_nothing(case: Case, hatchery: Hatchery, point: str) -> None:
    for number in (1, 2, 3):
        case.answer(number, 0)
    end = Product(case.app, hatchery).post(case.cookie, f"/attempts/{case.attempt_id}/submission", stop_at=point)
    assert end.killed, end.told
    with case.app.app_context():
        assert case.attempt().state is (AttemptState.IN_PROGRESS if point in BEFORE_COMMIT else AttemptState.GRADED)
        assert db.session.query(Completion).count() == (point not in BEFORE_COMMIT)
        db.session.remove()
    assert case.submit() == 303
    with case.app.app_context():
        assert (case.attempt().state, case.attempt().score) == (AttemptState.GRADED, 3.0)
        assert db.session.scalar(sa.select(sa.func.count(Completion.id))) == 1
        assert db.session.query(AuditEntry).filter_by(action="quizzes.submit").count() == 1
