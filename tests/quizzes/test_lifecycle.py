"""An attempt from before it begins until it is graded, under every rule that a quiz can have."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.completions.models import UnitResult
from app.courses.models import Unit
from app.platform.clock import now, telling
from app.platform.db import db
from app.platform.jobs.models import Job
from app.platform.refusal import Refused
from app.quizzes import grading, jobs, operations, queries
from app.quizzes.models import Attempt, QuizAllowance
from app.quizzes.operations import drawing, submission
from app.quizzes.rules import AttemptState
from tests.make import quizzes

S = AttemptState


def room(**rules: Any) -> quizzes.Room:
    """An open quiz with these rules."""
    made = quizzes.room(is_open=False)
    db.session.get_one(Unit, made.unit_id).rules = rules
    db.session.flush()
    operations.open_window(SYSTEM, made.training.id, made.unit_id, 60)
    return made


def begun(room: quizzes.Room) -> Attempt:
    attempt = operations.start(room.actor)
    db.session.refresh(attempt)
    return attempt


def take(room: quizzes.Room, option: int) -> Attempt:
    attempt = begun(room)
    for question in room.questions:
        operations.answer(room.actor, attempt.id, question.id, [quizzes.names(attempt, question)[option]], 0)
    operations.submit(room.actor, attempt.id)
    db.session.refresh(attempt)
    return attempt


def close_overdue(minutes: float) -> None:
    """What the clock does so many minutes from now."""
    with telling(now() + timedelta(minutes=minutes)):
        due = db.session.query(Job).filter(Job.kind == "quizzes.close_overdue", Job.run_at <= now())
        for attempt_id in [*(each for each, _ in queries.overdue(now())), *(job.payload["attempt_id"] for job in due)]:
            operations.close_overdue(attempt_id)
    db.session.expire_all()


def test_opening_draws_for_everybody_and_starting_takes_it_up(app: Flask) -> None:
    room = quizzes.room(is_open=False)
    other = room.another()
    operations.open_window(SYSTEM, room.training.id, room.unit_id, 30)
    waiting = {row.person_id: row for row in db.session.query(Attempt)}
    assert {row.state for row in waiting.values()} == {S.NOT_STARTED}
    assert set(waiting) == {room.person.id, other.id}
    assert drawing.prepare(room.training.id, room.unit_id) == 0
    seed = waiting[room.person.id].seed
    attempt = begun(room)
    assert (attempt.id, attempt.seed, attempt.state) == (waiting[room.person.id].id, seed, S.IN_PROGRESS)
    assert attempt.question_ids == [question.id for question in room.questions]
    late = room.another()
    assert operations.start(quizzes.actor(late, room.training)).number == 1


def test_what_the_blueprint_asks_is_drawn(app: Flask) -> None:
    room = quizzes.room(is_open=False, source="\n\n".join(f"// [tag:fire]\n{text}" for text in quizzes.gift(6).split("\n\n::")).replace("\nq", "\n::q"))
    assert len(room.questions) == 6
    for question in room.questions:
        question.part = "fire"
    db.session.get_one(Unit, room.unit_id).blueprint = {"fire": 2}
    operations.open_window(SYSTEM, room.training.id, room.unit_id, 30)
    attempt = begun(room)
    assert len(attempt.question_ids) == 2
    operations.submit(room.actor, attempt.id)
    db.session.refresh(attempt)
    assert (attempt.state, attempt.max_score) == (S.GRADED, 2)


@pytest.mark.parametrize(("extra", "untimed", "minutes"), [(None, False, 20), ("1.5", False, 30), (None, True, 60)])
def test_the_time_limit_and_more_time(app: Flask, extra: str | None, untimed: bool, minutes: int) -> None:
    room_ = room(limit_minutes=20)
    db.session.add(
        QuizAllowance(
            training_id=room_.training.id, unit_id=room_.unit_id, person_id=room_.person.id, extra=extra and Decimal(extra),
            untimed=untimed, at=now(),
        )
    )
    attempt = begun(room_)
    assert attempt.started_at and attempt.deadline_at
    expected = attempt.started_at + timedelta(minutes=minutes)
    assert abs(attempt.deadline_at - expected) < timedelta(seconds=30)
    operations.open_window(SYSTEM, room_.training.id, room_.unit_id, 120)
    db.session.refresh(attempt)
    longer = attempt.started_at + timedelta(minutes=120 if untimed else minutes)
    assert abs(attempt.deadline_at - longer) < timedelta(seconds=30)


def test_late_is_handed_in(app: Flask) -> None:
    room_ = room(limit_minutes=10)
    attempt = begun(room_)
    close_overdue(11)
    assert attempt.state is S.IN_PROGRESS  # answers under way still count
    close_overdue(13)
    assert (attempt.state, attempt.submitted_at) == (S.GRADED, attempt.deadline_at)


def test_late_can_be_handed_in_for_a_time_but_not_answered(app: Flask) -> None:
    room_ = room(limit_minutes=10, when_late="grace", grace_minutes=30)
    attempt, other = begun(room_), operations.start(quizzes.actor(room_.another(), room_.training))
    close_overdue(13)
    assert attempt.state is S.OVERDUE
    with telling(now() + timedelta(minutes=20)):
        question = room_.questions[0]
        said = operations.answer(room_.actor, attempt.id, question.id, [quizzes.names(attempt, question)[0]], 0)
        assert isinstance(said, operations.KeptApart)
        operations.submit(room_.actor, attempt.id)
    db.session.refresh(attempt)
    assert (attempt.state, attempt.score, attempt.submitted_at) == (S.GRADED, 0, attempt.deadline_at)
    close_overdue(41)
    assert other.state is S.ABANDONED


def test_the_clock_itself_abandons_what_could_be_handed_in_for_a_time(app: Flask) -> None:
    room_ = room(limit_minutes=10, when_late="grace", grace_minutes=30)
    attempt, seen = begun(room_), []
    for minutes in (13, 14, 39, 41):
        with telling(now() + timedelta(minutes=minutes)):
            jobs.find_overdue().write()
            for job in db.session.query(Job).filter(Job.done_at.is_(None), Job.run_at <= now(), Job.kind == "quizzes.close_overdue"):
                jobs.close_overdue(**job.payload).write()
                job.done_at = now()
        db.session.refresh(attempt)
        seen.append(attempt.state)
    assert seen == [S.OVERDUE, S.OVERDUE, S.OVERDUE, S.ABANDONED]


def test_late_is_abandoned(app: Flask) -> None:
    room_ = room(limit_minutes=10, when_late="abandon")
    attempt = begun(room_)
    close_overdue(13)
    assert (attempt.state, attempt.score) == (S.ABANDONED, None)


def test_more_time_for_the_room_is_more_time_for_those_who_were_late(app: Flask) -> None:
    room_ = room(when_late="grace")
    attempt = begun(room_)
    close_overdue(63)
    assert attempt.state is S.OVERDUE
    operations.open_window(SYSTEM, room_.training.id, room_.unit_id, 90)
    db.session.refresh(attempt)
    assert attempt.state is S.IN_PROGRESS
    operations.answer(room_.actor, attempt.id, room_.questions[0].id, [quizzes.names(attempt, room_.questions[0])[0]], 0)


@pytest.mark.parametrize(("counts", "share"), [("best", 1), ("last", Fraction(1, 2)), ("first", 0), ("average", Fraction(1, 2))])
def test_which_attempt_counts(app: Flask, counts: str, share: Fraction) -> None:
    room_ = room(counts=counts)
    for option in (1, 0, 2):  # wrong, right, half
        take(room_, option)
    assert Fraction(db.session.query(UnitResult).filter_by(unit_id=room_.unit_id).one().share) == share
    [shown] = queries.results(room_.training.id, room_.unit_id, None)
    assert (shown.share, shown.passed) == (share, share >= Fraction(3, 5))


def test_how_often_and_how_soon(app: Flask) -> None:
    room_ = room(attempts=2, wait_minutes=15)
    take(room_, 1)
    with pytest.raises(Refused, match="in 15 minutes"):
        operations.start(room_.actor)
    with telling(now() + timedelta(minutes=16)):
        take(room_, 1)
    with telling(now() + timedelta(minutes=40)), pytest.raises(Refused, match="all your attempts"):
        operations.start(room_.actor)
    db.session.add(QuizAllowance(training_id=room_.training.id, unit_id=room_.unit_id, factory_id=room_.factory.id, attempts=3, at=now()))
    with telling(now() + timedelta(minutes=40)):
        assert operations.start(room_.actor).number == 3


def test_grading_that_fails_leaves_what_was_handed_in(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    room_ = room()
    monkeypatch.setattr(submission, "grade_of", lambda attempt: 1 / 0)
    attempt = take(room_, 0)
    assert (attempt.state, attempt.score) == (S.SUBMITTED, None)
    [job] = db.session.query(Job).filter_by(kind="quizzes.grade")
    monkeypatch.setattr(submission, "grade_of", grading.grade_of)
    jobs.grade(attempt.id).write()
    db.session.refresh(attempt)
    assert (attempt.state, attempt.score, attempt.passed) == (S.GRADED, 3, True)
    assert job.payload == {"attempt_id": attempt.id}
