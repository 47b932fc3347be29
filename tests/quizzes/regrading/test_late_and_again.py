"""Late answers that a person decides about, and abandoned attempts that are opened again."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.courses.models import Unit
from app.platform.clock import now, telling
from app.platform.db import db
from app.platform.refusal import NotFound, Refused
from app.quizzes import operations
from app.quizzes.models import Answer, Attempt, AttemptReopening, GradeChange, LateAnswer
from app.quizzes.regrading.operations.late import decide_late
from app.quizzes.regrading.operations.reopening import reopen
from app.quizzes.rules import AttemptState
from app.sessions.models import Seat
from app.sessions.rules import SeatState
from tests.browse import Browse
from tests.make import accounts, quizzes


def room_with(**rules: Any) -> quizzes.Room:
    made = quizzes.room(is_open=False)
    db.session.get_one(Unit, made.unit_id).rules = rules
    db.session.flush()
    operations.open_window(SYSTEM, made.training.id, made.unit_id, 30)
    return made


def say(room: quizzes.Room, attempt: Attempt, place: int, option: int, revision: int = 0) -> Any:
    question = room.questions[place]
    return operations.answer(room.actor, attempt.id, question.id, [quizzes.names(attempt, question)[option]], revision)


def came_late(room: quizzes.Room) -> tuple[Attempt, LateAnswer]:
    """One right answer in time, one wrong one that is right after handing in."""
    attempt = operations.start(room.actor)
    say(room, attempt, 0, 0)
    say(room, attempt, 1, 1)
    operations.submit(room.actor, attempt.id)
    assert isinstance(say(room, attempt, 1, 0, 1), operations.KeptApart)
    db.session.refresh(attempt)
    return attempt, db.session.query(LateAnswer).one()


def saved(attempt: Attempt) -> list[list[str]]:
    db.session.expire_all()
    return [row.choice for row in db.session.query(Answer).filter_by(attempt_id=attempt.id).order_by(Answer.id)]


def test_a_late_answer_counts_when_somebody_says_so_and_can_be_set_apart_again(app: Flask) -> None:
    room = quizzes.room()
    attempt, late = came_late(room)
    assert (attempt.score, attempt.passed) == (1, False)
    decide_late(SYSTEM, room.training.id, late.id, counts=True, why="The network was down.")
    db.session.flush()
    assert saved(attempt) == [["0"], ["0"]]
    assert (attempt.score, attempt.passed, late.replaced) == (2, True, ["1"])
    [change] = db.session.query(GradeChange)
    assert (change.about, change.score_before, change.score_after) == (f"late_answer:{late.id}", 1, 2)
    decide_late(SYSTEM, room.training.id, late.id, counts=True, why="Again.")
    assert late.decided_why == "The network was down."
    decide_late(SYSTEM, room.training.id, late.id, counts=False, why="It was not.")
    assert saved(attempt) == [["0"], ["1"]]
    assert (attempt.score, attempt.passed) == (1, False)
    with pytest.raises(NotFound):
        decide_late(room.actor, room.training.id, late.id, counts=True, why="Mine.")


def test_a_late_answer_to_what_was_left_out_counts_too(app: Flask) -> None:
    room = quizzes.room()
    attempt = operations.start(room.actor)
    operations.submit(room.actor, attempt.id)
    say(room, attempt, 2, 0)
    late = db.session.query(LateAnswer).one()
    decide_late(SYSTEM, room.training.id, late.id, counts=True, why="Yes.")
    db.session.refresh(attempt)
    assert attempt.score == 1
    decide_late(SYSTEM, room.training.id, late.id, counts=False, why="No.")
    assert saved(attempt) == [[]]
    assert attempt.score == 0


def test_the_page_shows_both_answers_and_takes_the_decision(browse: Browse, app: Flask) -> None:
    room = quizzes.room()
    attempt, late = came_late(room)
    trainer = browse.as_account(accounts.account(Role.TRAINER, programme=room.training.programme))
    quiz = f"/sessions/{room.training.id}/quizzes/{room.unit_id}"
    assert "1 waits for you" in trainer.get(quiz).text
    page = trainer.get(f"{quiz}/late").text
    assert "I do it badly" in page
    assert "I do it well" in page
    assert "After the quiz was handed in" in page
    assert trainer.post(f"{quiz}/late/{late.id}", {"counts": "yes"}).status == 422
    assert trainer.post(f"{quiz}/late/{late.id}", {"counts": "yes", "why": "The network was down."}).status == 303
    page = trainer.get(f"{quiz}/late").text
    assert "It counts" in page
    assert "The network was down." in page
    history = trainer.get(f"/sessions/{room.training.id}/attempts/{attempt.id}").text
    assert "A late answer was decided" in history
    assert "The network was down." in history
    assert "1 of 3" in history


def abandoned(room: quizzes.Room, attempt: Attempt, minutes: int) -> None:
    with telling(now() + timedelta(minutes=minutes)):
        operations.close_overdue(attempt.id)
    db.session.refresh(attempt)
    assert attempt.state is AttemptState.ABANDONED


def test_an_abandoned_attempt_goes_on_when_there_is_time(app: Flask) -> None:
    room = room_with(when_late="abandon")
    attempt = operations.start(room.actor)
    say(room, attempt, 0, 0)
    abandoned(room, attempt, 33)
    operations.open_window(SYSTEM, room.training.id, room.unit_id, 120)
    reopen(SYSTEM, room.training.id, attempt.id, why="The power failed.")
    assert attempt.state is AttemptState.IN_PROGRESS
    assert attempt.deadline_at == room.window().closes_at
    say(room, attempt, 1, 0)
    operations.submit(room.actor, attempt.id)
    db.session.refresh(attempt)
    assert (attempt.state, attempt.score) == (AttemptState.GRADED, 2)
    assert db.session.query(AttemptReopening).one().why == "The power failed."
    reopen(SYSTEM, room.training.id, attempt.id, why="Again.")
    assert (attempt.state, db.session.query(AttemptReopening).count()) == (AttemptState.GRADED, 1)


def test_an_abandoned_attempt_whose_time_is_over_is_handed_in_as_of_its_end(app: Flask) -> None:
    room = room_with(when_late="abandon", limit_minutes=10)
    attempt = operations.start(room.actor)
    say(room, attempt, 0, 0)
    abandoned(room, attempt, 13)
    with telling(now() + timedelta(minutes=20)):
        reopen(SYSTEM, room.training.id, attempt.id, why="It counts.")
    assert attempt.started_at
    assert (attempt.state, attempt.score) == (AttemptState.GRADED, 1)
    assert attempt.submitted_at == attempt.started_at + timedelta(minutes=10)


def test_nobody_has_two_open_attempts_or_goes_on_without_a_seat(app: Flask) -> None:
    room = room_with(when_late="abandon", limit_minutes=10)
    attempt = operations.start(room.actor)
    abandoned(room, attempt, 13)
    operations.start(room.actor)
    with pytest.raises(Refused, match="taking the quiz again"):
        reopen(SYSTEM, room.training.id, attempt.id, why="x")
    db.session.query(Seat).filter_by(person_id=room.person.id).update({"state": SeatState.WITHDRAWN})
    with pytest.raises(Refused, match="no seat"):
        reopen(SYSTEM, room.training.id, attempt.id, why="x")
    with pytest.raises(NotFound):
        reopen(room.actor, room.training.id, attempt.id, why="x")


def test_the_trainer_opens_it_again_on_its_page(browse: Browse, app: Flask) -> None:
    room = room_with(when_late="abandon")
    attempt = operations.start(room.actor)
    abandoned(room, attempt, 33)
    trainer = browse.as_account(accounts.account(Role.TRAINER, programme=room.training.programme))
    assert "1 was not handed in" in trainer.get(f"/sessions/{room.training.id}/quizzes/{room.unit_id}").text
    address = f"/sessions/{room.training.id}/attempts/{attempt.id}"
    assert "Open it again" in trainer.get(address).text
    assert trainer.post(f"{address}/reopening", {}).status == 422
    assert trainer.post(f"{address}/reopening", {"why": "The power failed."}).location == address
    page = trainer.get(address).text
    assert "Answering now" in page
    assert "The power failed." in page
