"""When somebody may begin, when answers are due, what becomes of each, and of the attempt: a table of stories.

The quiz is open from minute 0 to minute 60. A story is told in minutes: `start` with the deadline that it gets or
`no`; `answer` that is `saved` or `kept` apart; `clock`, the job that closes what is due, and `submit` with the state
after it. Two minutes after a deadline still count.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.courses.models import Unit
from app.platform.clock import telling
from app.platform.db import db
from app.platform.refusal import Refused
from app.quizzes import operations
from app.quizzes.models import Answer, Attempt, LateAnswer, QuizAllowance
from app.quizzes.operations import Saved
from app.quizzes.rules import AttemptState
from tests.counts import examples
from tests.make import quizzes

NOON = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LIMIT, GRACE, ABANDON = {"limit_minutes": 20}, {"when_late": "grace"}, {"when_late": "abandon"}
NONE: dict[str, Any] = {}

STORIES = [
    # the window alone
    (NONE, NONE, NONE, "0 start 60, 5 answer saved, 61 clock in_progress"),
    (NONE, NONE, NONE, "0 start 60, 59 answer saved, 63 clock graded"),
    (NONE, NONE, NONE, "0 start 60, 61 answer saved, 63 clock graded"),
    (NONE, NONE, NONE, "0 start 60, 62 answer saved, 62 clock in_progress"),
    (NONE, NONE, NONE, "0 start 60, 63 answer kept, 63 clock graded"),
    (NONE, NONE, NONE, "0 start 60, 63 clock graded, 64 answer kept"),
    (NONE, NONE, NONE, "59 start 60, 61 answer saved, 64 clock graded"),
    (NONE, NONE, NONE, "60 start no"),
    (NONE, NONE, NONE, "-1 start no"),
    (NONE, NONE, NONE, "0 start 60, 10 submit graded, 11 answer kept"),
    (NONE, NONE, NONE, "0 start 60, 70 submit graded, 71 clock graded"),
    # a time limit
    (LIMIT, NONE, NONE, "0 start 20, 19 answer saved, 21 clock in_progress"),
    (LIMIT, NONE, NONE, "0 start 20, 22 answer saved, 23 clock graded"),
    (LIMIT, NONE, NONE, "0 start 20, 23 answer kept, 23 clock graded"),
    (LIMIT, NONE, NONE, "50 start 60, 62 answer saved, 63 answer kept"),
    (LIMIT, NONE, NONE, "40 start 60, 61 clock in_progress, 63 clock graded"),
    # more time
    (LIMIT, {"extra": "1.5"}, NONE, "0 start 30, 29 answer saved, 33 answer kept"),
    (LIMIT, {"extra": "1.25"}, NONE, "0 start 25, 26 answer saved, 28 clock graded"),
    (LIMIT, {"untimed": True}, NONE, "0 start 60, 59 answer saved, 63 clock graded"),
    (LIMIT, NONE, {"extra": "1.5"}, "0 start 30, 31 answer saved, 33 clock graded"),
    (LIMIT, {"extra": "1.25"}, {"untimed": True}, "0 start 25, 28 answer kept"),
    (LIMIT, {"attempts": 5}, {"extra": "1.5"}, "0 start 30, 30 answer saved"),
    (LIMIT, {"extra": "1.5"}, NONE, "50 start 60, 63 answer kept"),
    (NONE, {"extra": "1.5"}, NONE, "0 start 60, 63 answer kept"),
    # other dates
    (NONE, {"closes_at": 90}, NONE, "0 start 90, 75 answer saved, 75 clock in_progress, 93 clock graded"),
    (NONE, {"closes_at": 30}, NONE, "0 start 30, 33 answer kept, 33 clock graded"),
    (NONE, {"closes_at": 30}, NONE, "30 start no"),
    (NONE, NONE, {"closes_at": 90}, "50 start 90, 80 answer saved"),
    (NONE, {"closes_at": 45}, {"closes_at": 90}, "0 start 45, 48 answer kept"),
    (NONE, {"opens_at": 10}, NONE, "5 start no, 12 start 60"),
    (NONE, {"opens_at": 2}, {"opens_at": 10}, "1 start no, 5 start 60"),
    (NONE, NONE, {"opens_at": 10}, "9 start no, 10 start 60"),
    (LIMIT, {"closes_at": 90}, NONE, "55 start 75, 76 answer saved, 78 clock graded"),
    (LIMIT, {"closes_at": 90, "untimed": True}, NONE, "55 start 90, 89 answer saved"),
    (LIMIT, {"closes_at": 70, "extra": "1.5"}, NONE, "55 start 70, 72 answer saved, 73 answer kept"),
    # what becomes of it
    (GRACE, NONE, NONE, "0 start 60, 61 answer saved, 63 clock overdue, 64 answer kept, 70 submit graded"),
    (GRACE, NONE, NONE, "0 start 60, 63 clock overdue, 120 clock overdue, 121 clock abandoned, 122 answer kept"),
    (GRACE | {"grace_minutes": 10}, NONE, NONE, "0 start 60, 63 clock overdue, 71 clock abandoned"),
    (GRACE | LIMIT, {"extra": "1.5"}, NONE, "0 start 30, 32 clock in_progress, 33 clock overdue, 91 clock abandoned"),
    (ABANDON, NONE, NONE, "0 start 60, 62 clock in_progress, 63 clock abandoned, 64 answer kept"),
    (ABANDON, {"closes_at": 90}, NONE, "0 start 90, 63 clock in_progress, 93 clock abandoned"),
    (ABANDON | LIMIT, {"extra": "1.5"}, NONE, "0 start 30, 31 clock in_progress, 33 clock abandoned"),
    (ABANDON, NONE, NONE, "0 start 60, 59 submit graded, 63 clock graded"),
]


@pytest.fixture
def room(app: Flask) -> Iterator[quizzes.Room]:
    with telling(NOON):
        made = quizzes.room()
        made.window().closes_at = NOON + 60 * MINUTE
        db.session.flush()
    yield made


def at(minute: float) -> Any:
    return telling(NOON + minute * MINUTE)


@pytest.mark.parametrize(("rules", "own", "of_factory", "story"), STORIES)
def test_a_story(
    room: quizzes.Room, rules: dict[str, Any], own: dict[str, Any], of_factory: dict[str, Any], story: str
) -> None:
    db.session.get_one(Unit, room.unit_id).rules = rules
    allow(room, {"person_id": room.person.id}, own)
    allow(room, {"factory_id": room.factory.id}, of_factory)
    for place, part in enumerate(story.split(", ")):
        minute, act, expected = part.split(" ")
        with at(int(minute)):
            assert ACTS[act](room, place) == expected, part


def allow(room: quizzes.Room, whom: dict[str, int], values: dict[str, Any]) -> None:
    if values:
        dates = {name: NOON + value * MINUTE for name, value in values.items() if name.endswith("_at")}
        db.session.add(
            QuizAllowance(training_id=room.training.id, unit_id=room.unit_id, at=NOON, **whom, **(values | dates))
        )
        db.session.flush()


def start(room: quizzes.Room, _place: int) -> str:
    try:
        deadline_at = operations.start(room.actor).deadline_at
    except Refused:
        return "no"
    return "never" if deadline_at is None else f"{(deadline_at - NOON) / MINUTE:.0f}"


def answer(room: quizzes.Room, place: int) -> str:
    """Another question or option each time."""
    attempt = the_attempt()
    question = room.questions[place % 3]
    revision = db.session.scalar(sa.select(Answer.revision).where(Answer.question_id == question.id)) or 0
    name = quizzes.names(attempt, question)[place // 3 % 3]
    told = operations.answer(room.actor, attempt.id, question.id, [name], revision)
    return "saved" if isinstance(told, Saved) else "kept"


def clock(_room: quizzes.Room, _place: int) -> str:
    attempt = the_attempt()
    if attempt.state in {AttemptState.IN_PROGRESS, AttemptState.OVERDUE}:  # whom the job finds
        operations.close_overdue(attempt.id)
    return str(the_attempt().state)


def submit(room: quizzes.Room, _place: int) -> str:
    operations.submit(room.actor, the_attempt().id)
    return str(the_attempt().state)


ACTS = {"start": start, "answer": answer, "clock": clock, "submit": submit}


def the_attempt() -> Attempt:
    return db.session.scalars(sa.select(Attempt).execution_options(populate_existing=True)).one()


@pytest.mark.slow
def test_a_clock_that_jumps_loses_no_answer(room: quizzes.Room) -> None:
    """Two hours and a day in both directions, at every step: what was saved stays and counts, every other answer is kept
    apart, and an attempt never ends before it began.
    """
    for seed in range(examples(400)):
        for table in (Answer, LateAnswer):
            db.session.execute(sa.delete(table))
        fresh = {"state": AttemptState.IN_PROGRESS, "started_at": NOON, "deadline_at": NOON + 60 * MINUTE, "submitted_at": None}
        db.session.execute(sa.update(Attempt).values(fresh))
        chance, saved, late = random.Random(seed), dict[int, tuple[str, int]](), set[tuple[int, str]]()
        attempt = the_attempt()
        for _ in range(chance.randint(3, 10)):
            minute = chance.randint(0, 62) + chance.choice((0, 0, 0, -120, 120, -1440, 1440))
            act = chance.choices(("answer", "clock", "submit"), (8, 3, 1))[0]
            with at(minute):
                if act != "answer":
                    ACTS[act](room, 0)
                    continue
                question, option = chance.choice(room.questions), chance.randrange(3)
                was, revision = saved.get(question.id, ("", 0))
                name = quizzes.names(attempt, question)[option]
                told = operations.answer(room.actor, attempt.id, question.id, [name], revision)
                if isinstance(told, Saved):
                    saved[question.id] = str(option), revision + (was != str(option))
                elif was != str(option):
                    late.add((question.id, str(option)))
            assert rows(Answer.question_id, Answer.choice, Answer.revision) == {
                (key, choice, revision) for key, (choice, revision) in saved.items()
            }
        assert rows(LateAnswer.question_id, LateAnswer.choice) == late
        ended = the_attempt()
        if ended.state is AttemptState.GRADED:
            assert ended.score == sum((1.0, 0.0, 0.5)[int(choice)] for choice, _ in saved.values())
            assert ended.submitted_at is not None and ended.submitted_at >= NOON


def rows(*columns: Any) -> set[tuple[Any, ...]]:
    found = db.session.execute(sa.select(*columns))
    return {tuple(each[0] if isinstance(each, list) else each for each in row) for row in found}
