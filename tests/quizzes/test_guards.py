"""What keeps answers safe when things happen at once, and that each guard is missed: without it a check here fails."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.platform.audit.models import AuditEntry
from app.platform.clock import now
from app.platform.db import db, insert, transaction
from app.quizzes import operations
from app.quizzes.models import Answer, Attempt, LateAnswer
from app.quizzes.operations import StaleAnswer, answering, submission
from app.quizzes.operations.drawing import begin_new
from app.quizzes.queries import sittings
from app.quizzes.rules import AttemptMode, AttemptState
from tests.conftest import Databases
from tests.make import quizzes
from tests.quizzes.test_races import THREADS, Case, at_once, case

__all__ = ["case"]
pytestmark = [pytest.mark.slow, pytest.mark.every_run]


@contextmanager
def before(sign: str, act: Callable[[Any], None]) -> Iterator[None]:
    """Do something once, right before the first statement in which the sign is found; it is given the cursor."""
    waiting = [act]

    def listen(_connection: Any, cursor: Any, statement: str, *_rest: Any) -> None:
        if re.search(sign, statement) and waiting:
            waiting.pop()(cursor)

    sa.event.listen(db.engine, "before_cursor_execute", listen)
    try:
        yield
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", listen)


# --- the revision ---


def another_wins(room: quizzes.Room) -> None:
    """Between looking and writing somebody else has saved another answer. Raises AssertionError when it is lost."""
    attempt, question = operations.start(room.actor), room.questions[0]
    names = quizzes.names(attempt, question)
    operations.answer(room.actor, attempt.id, question.id, [names[0]], 0)
    theirs = sa.update(Answer).values(choice=["1"], revision=2)

    def act(_cursor: Any) -> None:
        db.session.connection().execute(theirs)

    with before("INSERT INTO answer", act):
        try:
            operations.answer(room.actor, attempt.id, question.id, [names[2]], 1)
        except StaleAnswer:
            told = True
        else:
            told = False
    row = db.session.execute(sa.select(Answer.choice, Answer.revision)).one()
    assert (row.choice, row.revision, told) == (["1"], 2, True)


def test_an_answer_that_another_has_changed_meanwhile_is_not_overwritten(app: Flask) -> None:
    another_wins(quizzes.room())


def test_without_the_revision_it_would_be(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def careless(_dialect: str) -> Any:
        columns = ("attempt_id", "question_id", "choice", "revision", "saved_at", "language", "account_id")
        statement = insert(Answer).values({name: sa.bindparam(name) for name in columns})
        taken = {name: statement.excluded[name] for name in columns[2:]}
        return statement.on_conflict_do_update(index_elements=["attempt_id", "question_id"], set_=taken).returning(Answer.revision)

    monkeypatch.setattr(answering, "_upsert", careless)
    with pytest.raises(AssertionError):
        another_wins(quizzes.room())


def test_the_same_answer_that_came_first_by_another_way_is_saved_too(app: Flask) -> None:
    room = quizzes.room()
    attempt, question = operations.start(room.actor), room.questions[0]
    names = quizzes.names(attempt, question)
    operations.answer(room.actor, attempt.id, question.id, [names[0]], 0)

    def act(_cursor: Any) -> None:
        db.session.connection().execute(sa.update(Answer).values(choice=["2"], revision=2))

    with before("INSERT INTO answer", act):
        assert operations.answer(room.actor, attempt.id, question.id, [names[2]], 1)
    assert db.session.scalars(sa.select(Answer.revision)).one() == 2


# --- the unique index ---


def begins_twice(room: quizzes.Room) -> None:
    for number in (1, 2):
        begin_new(room.training.id, room.unit_id, room.person.id, number, deadline_at=None, mode=AttemptMode.OWN)
    assert db.session.query(Attempt).count() == 1


def test_one_open_attempt_whatever_its_number(app: Flask) -> None:
    room = quizzes.room()
    db.session.query(Attempt).delete()
    begins_twice(room)


def test_without_the_index_there_are_two(app: Flask) -> None:
    room = quizzes.room()
    db.session.query(Attempt).delete()
    db.session.execute(sa.text("DROP INDEX uq_attempt_open"))
    with pytest.raises(AssertionError):
        begins_twice(room)


# --- the condition on the state ---


def hands_in_twice(room: quizzes.Room) -> None:
    attempt = operations.start(room.actor)
    for _ in range(2):
        operations.submit(room.actor, attempt.id)
    assert db.session.query(AuditEntry).filter_by(action="quizzes.submit").count() == 1


def test_handing_in_twice_is_once(app: Flask) -> None:
    hands_in_twice(quizzes.room())


def test_without_the_condition_it_would_be_twice(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def careless(attempt_id: int, state: AttemptState, *_of: Any) -> bool:
        db.session.execute(sa.update(Attempt).where(Attempt.id == attempt_id).values(state=state))
        return True

    monkeypatch.setattr(submission, "_leave", careless)
    with pytest.raises(AssertionError):
        hands_in_twice(quizzes.room())


# --- the hold ---


def hands_in_while_an_answer_is_saved(case: Case, patience: int = 1) -> None:
    """The answer stands just before its row; the other tab hands in. What is acknowledged must be graded."""
    other = threading.Thread(target=case.submit)

    def act(_cursor: Any) -> None:
        other.start()
        other.join(patience)  # without a hold it is through by now; with one it waits for us

    with case.app.app_context():
        with before("INSERT INTO answer", act):
            status = case.answer(1, 0)
        other.join()
        db.session.remove()
        attempt = case.attempt()
        assert (status, attempt.state, attempt.score) == (200, AttemptState.GRADED, 1.0)


def test_handing_in_waits_for_an_answer_under_way(case: Case) -> None:
    hands_in_while_an_answer_is_saved(case)


def test_without_the_hold_the_answer_is_lost(
    case: Case, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    if databases.engine != "postgresql":
        pytest.skip("one writer at a time needs no hold")
    monkeypatch.setattr(sittings, "_HELD", sittings._SITTING)
    with pytest.raises(AssertionError):
        hands_in_while_an_answer_is_saved(case, patience=30)


# --- many at once ---


def test_starting_64_times_at_once_is_one_attempt(case: Case) -> None:
    with case.app.app_context(), transaction():
        db.session.query(Attempt).delete()
    assert at_once(THREADS, lambda _: case.post("/attempts")) == {303: THREADS}
    with case.app.app_context():
        assert [(row.number, row.state) for row in db.session.query(Attempt)] == [(1, AttemptState.IN_PROGRESS)]


def test_handing_in_64_times_at_once_is_one_grade(case: Case) -> None:
    assert case.answer(1, 0) == 200
    assert at_once(THREADS, lambda _: case.submit()) == {303: THREADS}
    with case.app.app_context():
        assert (case.attempt().state, case.attempt().score) == (AttemptState.GRADED, 1.0)
        for action in ("quizzes.submit", "quizzes.grade"):
            assert db.session.query(AuditEntry).filter_by(action=action).count() == 1


def overdue(case: Case, minutes: float) -> None:
    with case.app.app_context(), transaction():
        case.attempt().deadline_at = now() - timedelta(minutes=minutes)


def close(case: Case) -> int:
    with case.app.app_context(), transaction():
        operations.close_overdue(case.attempt_id)
    return 0


def test_many_clocks_close_an_attempt_once(case: Case) -> None:
    assert case.answer(1, 0) == 200
    overdue(case, 5)
    assert at_once(8, lambda _: close(case)) == {0: 8}
    with case.app.app_context():
        assert (case.attempt().state, case.attempt().score) == (AttemptState.GRADED, 1.0)
        assert db.session.query(AuditEntry).filter_by(action="quizzes.submit").count() == 1


def test_answers_while_the_clock_closes_are_saved_or_kept_apart(case: Case) -> None:
    overdue(case, 1.999)  # time and its grace are over in a moment
    replies = at_once(12, lambda number: close(case) if number % 4 == 0 else case.answer(number % 4, 0))
    assert set(replies) <= {0, 200, 303}
    overdue(case, 5)
    close(case)
    with case.app.app_context():
        saved = {row.question_id for row in db.session.query(Answer)}
        late = {row.question_id for row in db.session.query(LateAnswer)}
        assert (case.attempt().state, case.attempt().score) == (AttemptState.GRADED, float(len(saved)))
        assert saved | late == set(case.question_ids)


def test_the_same_late_answer_64_times_is_kept_once(case: Case) -> None:
    assert case.submit() == 303
    assert at_once(THREADS, lambda _: case.answer(1, 0)) == {303: THREADS}
    with case.app.app_context():
        assert db.session.query(Answer).count() == 0
        assert [row.choice for row in db.session.query(LateAnswer)] == [["0"]]


# --- what no page sends ---


def test_a_megabyte_of_text_is_refused_and_nothing_is_saved(app: Flask) -> None:
    room = quizzes.room(source="::e:: Say it {}")
    attempt = operations.start(room.actor)
    with pytest.raises(StaleAnswer):
        operations.answer(room.actor, attempt.id, room.questions[0].id, ["x" * 1_000_000], 0)
    assert db.session.query(Answer).count() == db.session.query(LateAnswer).count() == 0
