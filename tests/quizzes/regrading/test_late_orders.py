"""Late answers of one question that are counted and taken back in any order: what is saved is what still counts."""

from datetime import timedelta
from itertools import permutations
from random import Random

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.platform.clock import now, telling
from app.platform.db import db
from app.quizzes import operations
from app.quizzes.models import Answer, LateAnswer
from app.quizzes.regrading.operations.late import decide_late
from app.quizzes.rules import Late
from tests.counts import examples
from tests.make import quizzes

SAVED = "0"
SAID = ("1", "2", SAVED)
"""Three late answers: one is what was saved before, as somebody may come back to it."""


class Told:
    """An attempt with one saved answer and late ones; decisions come a minute after each other."""

    def __init__(self) -> None:
        self.room = quizzes.room()
        attempt = operations.start(self.room.actor)
        question = self.room.questions[0]
        operations.answer(self.room.actor, attempt.id, question.id, [quizzes.names(attempt, question)[int(SAVED)]], 0)
        operations.submit(self.room.actor, attempt.id)
        self.late = [
            LateAnswer(attempt_id=attempt.id, question_id=question.id, choice=[said], arrived_at=now(), why=Late.AFTER_TIME)
            for said in SAID
        ]
        db.session.add_all(self.late)
        db.session.flush()
        self.minutes, self.counting = 0, list[int]()

    def decide(self, which: int, *, counts: bool) -> None:
        self.minutes += 1
        with telling(now() + timedelta(minutes=self.minutes)):
            decide_late(SYSTEM, self.room.training.id, self.late[which].id, counts=counts, why="So.")
        if counts and which not in self.counting:
            self.counting.append(which)
        elif not counts and which in self.counting:
            self.counting.remove(which)

    def saved(self) -> str:
        return db.session.query(Answer.choice).scalar()[0]

    def expected(self) -> str:
        """What was decided last of all that counts, else what was saved."""
        return SAID[self.counting[-1]] if self.counting else SAVED


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=lambda order: "".join(map(str, order)))
def test_taken_back_in_any_order(app: Flask, order: tuple[int, ...]) -> None:
    told = Told()
    for which in range(3):
        told.decide(which, counts=True)
    for which in order:
        told.decide(which, counts=False)
        assert told.saved() == told.expected()
    assert told.saved() == SAVED


def test_decided_again_and_again(app: Flask) -> None:
    told, chance = Told(), Random(7)
    for _ in range(examples(60)):
        for _ in range(chance.randint(1, 8)):
            told.decide(chance.randrange(3), counts=chance.random() < 0.6)
            assert told.saved() == told.expected()
        for which in range(3):
            told.decide(which, counts=False)
        assert told.saved() == SAVED


def test_what_was_answered_anew_in_between_is_not_given_up(app: Flask) -> None:
    """Opened again, the person answers; the late answer of before is taken back after another one was counted."""
    told = Told()
    told.decide(0, counts=True)
    row = db.session.query(Answer).one()
    row.choice, row.revision = ["3"], row.revision + 1
    told.decide(1, counts=True)
    told.decide(0, counts=False)
    assert told.saved() == "2"
    told.decide(1, counts=False)
    assert told.saved() == "3"
