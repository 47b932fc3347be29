"""Deadlines that move, keys that change and late answers that are decided while somebody does something else: two real
connections, one held up by the other. A guard that is taken away is missed.
"""

import threading
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM
from app.platform.clock import now
from app.platform.db import db, transaction
from app.quizzes import operations
from app.quizzes.grading import grade_of
from app.quizzes.models import Answer, Attempt, KeyChange, LateAnswer, Question, QuizWindow
from app.quizzes.regrading import editing
from app.quizzes.regrading.operations.keys import ShownAnew, change_key
from app.quizzes.regrading.operations.late import decide_late
from app.quizzes.regrading.queries.previews import preview
from app.quizzes.rules import AttemptState, Late
from tests.conftest import Databases
from tests.quizzes.test_guards import before
from tests.quizzes.test_races import Case, case

__all__ = ["case"]
pytestmark = [pytest.mark.slow, pytest.mark.every_run]
LEAST, LONG = 1, 30
"""Seconds that the one waits for the other: with a hold the other is through only afterwards, without it at once."""


def meanwhile(other: threading.Thread, patience: int) -> Callable[[Any], None]:
    """Let another connection do its work now; without a hold it is through before this goes on."""

    def act(_cursor: Any) -> None:
        other.start()
        other.join(patience)

    return act


def unguarded(monkeypatch: pytest.MonkeyPatch, databases: Databases) -> None:
    """No statement that is built from now on holds the rows that it reads."""
    if databases.engine != "postgresql":
        pytest.skip("one writer at a time needs no hold")
    monkeypatch.setattr(sa.Select, "with_for_update", lambda self, **_of: self)


def place(app: Flask) -> tuple[int, int]:
    with app.app_context():
        window = db.session.query(QuizWindow).one()
        return window.training_id, window.unit_id


# --- a deadline ---


def give_time(case: Case, minutes: int = 45) -> None:
    training_id, unit_id = place(case.app)
    with case.app.app_context(), transaction():
        operations.open_window(SYSTEM, training_id, unit_id, minutes)


def gives_time_while_somebody_hands_in(case: Case, patience: int) -> None:
    """An overdue attempt can still be handed in; more time makes it run again. Only one of the two may be."""
    assert case.answer(1, 0) == 200
    with case.app.app_context(), transaction():
        db.session.query(QuizWindow).one().opened_at = now() - timedelta(minutes=30)
        case.attempt().state, case.attempt().deadline_at = AttemptState.OVERDUE, now() - timedelta(minutes=5)
    other = threading.Thread(target=case.submit)
    with case.app.app_context():
        with before(r"UPDATE attempt SET .*deadline_at", meanwhile(other, patience)):
            give_time(case)
        other.join()
        db.session.remove()
        attempt = case.attempt()
        assert (attempt.state, attempt.score) == (AttemptState.GRADED, 1.0)


def test_who_hands_in_while_time_is_given_has_handed_in(case: Case) -> None:
    gives_time_while_somebody_hands_in(case, LEAST)


def test_without_the_hold_a_graded_attempt_would_run_again(
    case: Case, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    unguarded(monkeypatch, databases)
    with pytest.raises(AssertionError):
        gives_time_while_somebody_hands_in(case, LONG)


@pytest.mark.parametrize("minutes", [45, 1])
def test_time_that_is_given_while_somebody_hands_in_changes_no_grade(case: Case, minutes: int) -> None:
    assert case.answer(1, 0) == 200
    other = threading.Thread(target=give_time, args=(case, minutes))
    with case.app.app_context():
        with before(r"UPDATE attempt SET .*score", meanwhile(other, LEAST)):
            assert case.submit() == 303
        other.join()
        db.session.remove()
        attempt = case.attempt()
        assert (attempt.state, attempt.score) == (AttemptState.GRADED, 1.0)
        assert attempt.submitted_at is not None
        assert attempt.deadline_at == db.session.query(QuizWindow).one().closes_at


# --- a key ---


def shown_change(case: Case) -> tuple[int, dict[str, Any], str]:
    """The wrong option of the first question is right and the right one wrong, as it would be shown now."""
    with case.app.app_context():
        question = db.session.get_one(Question, case.question_ids[0])
        key = editing.weighted(question.key, [Decimal(0), Decimal(100), Decimal(50)])
        return question.id, key, preview(question, key).digest


def change(case: Case, question_id: int, key: dict[str, Any] | None, shown: str, told: list[bool]) -> None:
    """Change it; whether it was refused, as something else would happen than was shown."""
    try:
        with case.app.app_context(), transaction():
            change_key(SYSTEM, question_id, key, why="The law.", shown=shown, understood=True)
    except ShownAnew:
        told.append(True)
    else:
        told.append(False)


def graded_by_what_is_right(case: Case) -> bool:
    """Whether every attempt has the grade that its answers have by the keys as they stand."""
    with case.app.app_context():
        graded = db.session.query(Attempt).filter(Attempt.state == AttemptState.GRADED).all()
        new = [(each, grade) for each in graded if (grade := grade_of(each))]
        return all((float(grade.score), grade.max) == (each.score, each.max_score) for each, grade in new)


def changes_while_somebody_hands_in(case: Case, patience: int) -> None:
    assert case.answer(1, 1) == 200
    told: list[bool] = []
    asked = shown_change(case)
    other = threading.Thread(target=case.submit)
    with case.app.app_context():
        with before("INSERT INTO key_change", meanwhile(other, patience)):
            change(case, *asked, told)
        other.join()
        db.session.remove()
        assert told == [False]
        assert (case.attempt().state, case.attempt().score) == (AttemptState.GRADED, 1.0)
    assert graded_by_what_is_right(case)


def test_who_hands_in_while_a_key_changes_is_graded_by_the_new_one(case: Case) -> None:
    changes_while_somebody_hands_in(case, LEAST)


def test_without_the_hold_somebody_would_keep_the_grade_of_the_old_key(
    case: Case, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    unguarded(monkeypatch, databases)
    with pytest.raises(AssertionError):
        changes_while_somebody_hands_in(case, LONG)


def test_a_key_that_changes_while_somebody_hands_in_is_shown_anew(case: Case) -> None:
    assert case.answer(1, 0) == 200
    told: list[bool] = []
    other = threading.Thread(target=change, args=(case, *shown_change(case), told))
    with case.app.app_context():
        with before(r"UPDATE attempt SET .*score", meanwhile(other, LEAST)):
            assert case.submit() == 303
        other.join()
        assert told == [True], "somebody would lose a point who was not on the page"
        assert db.session.query(KeyChange).count() == 0
    assert graded_by_what_is_right(case)


def begin_and_hand_in(case: Case) -> None:
    """A second attempt, handed in at once and without any answer."""
    assert case.post("/attempts") == 303
    with case.app.app_context():
        case.attempt_id = db.session.scalars(sa.select(Attempt.id).order_by(Attempt.number.desc())).first() or 0
        db.session.remove()
    assert case.submit() == 303


def test_an_attempt_that_begins_while_a_question_is_withdrawn_is_graded_without_it(case: Case) -> None:
    assert case.submit() == 303
    told: list[bool] = []
    with case.app.app_context():
        question = db.session.get_one(Question, case.question_ids[0])
        shown = preview(question, None).digest
    other = threading.Thread(target=begin_and_hand_in, args=(case,))
    with case.app.app_context():
        with before("INSERT INTO key_change", meanwhile(other, LEAST)):
            change(case, question.id, None, shown, told)
        other.join()
        assert told == [False]
        assert db.session.query(Attempt).count() == 2
    assert graded_by_what_is_right(case)


def test_an_answer_and_a_change_of_its_key_do_not_wait_for_each_other_for_ever(case: Case) -> None:
    """The one holds the attempt and names the question, the other holds the question and wants all attempts."""
    told: list[bool] = []
    other = threading.Thread(target=change, args=(case, *shown_change(case), told))
    with case.app.app_context():
        with before("INSERT INTO answer", meanwhile(other, LEAST)):
            assert case.answer(1, 1) == 200
        other.join()
        assert told == [False]
        assert [row.choice for row in db.session.query(Answer)] == [["1"]]
    assert case.submit() == 303
    assert graded_by_what_is_right(case)


# --- late answers ---


def two_that_count(case: Case) -> tuple[int, list[int]]:
    """Option 0 was saved; 1 and then 2 came late and were counted."""
    assert case.answer(1, 0) == 200
    assert case.submit() == 303
    training_id, _unit_id = place(case.app)
    with case.app.app_context(), transaction():
        late = [
            LateAnswer(attempt_id=case.attempt_id, question_id=case.question_ids[0], choice=[said], arrived_at=now(), why=Late.AFTER_TIME)
            for said in ("1", "2")
        ]
        db.session.add_all(late)
        db.session.flush()
        for each in late:
            decide_late(SYSTEM, training_id, each.id, counts=True, why="So.")
        return training_id, [each.id for each in late]


def take_back(case: Case, training_id: int, late_id: int) -> None:
    with case.app.app_context(), transaction():
        decide_late(SYSTEM, training_id, late_id, counts=False, why="Not so.")


def takes_two_back(case: Case, first: int, patience: int) -> None:
    training_id, late_ids = two_that_count(case)
    other = threading.Thread(target=take_back, args=(case, training_id, late_ids[1 - first]))
    with case.app.app_context():
        with before("UPDATE (late_answer|answer) SET", meanwhile(other, patience)):
            take_back(case, training_id, late_ids[first])
        other.join()
        db.session.remove()
        assert db.session.scalars(sa.select(Answer.choice)).one() == ["0"]
        assert (case.attempt().state, case.attempt().score) == (AttemptState.GRADED, 1.0)


@pytest.mark.parametrize("first", [0, 1])
def test_two_late_answers_are_taken_back_at_once(case: Case, first: int) -> None:
    takes_two_back(case, first, LEAST)


def test_without_the_hold_a_refused_answer_would_come_back(
    case: Case, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    unguarded(monkeypatch, databases)
    with pytest.raises(AssertionError):
        takes_two_back(case, 0, LONG)
