"""What an answer costs the database: a number of statements that never grows. All are counted but BEGIN and COMMIT."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import Context
from functools import partial
from types import FrameType

import pytest
from flask import Flask

from app.platform.db import db
from app.quizzes import operations
from app.quizzes.models import Answer, Attempt
from tests.browse import OWN_SITE, Browse
from tests.make import quizzes
from tests.make.statements import counted

ABOUT = re.compile(r"(?:FROM|INTO) (sign_in|attempt|question|answer)\b")
ANSWER = ["sign_in", "attempt", "question", "answer"]
"""What each statement of an answer with the next question is about: who asks, the attempt, both questions, the row."""


@pytest.fixture
def room(app: Flask) -> quizzes.Room:
    return quizzes.room(count=12)


def begun(browse: Browse, room: quizzes.Room) -> tuple[Browse, Attempt]:
    phone = browse.as_person(room.person.id, room.training.id)
    assert phone.post("/attempts").status == 303
    return phone, db.session.query(Attempt).filter_by(person_id=room.person.id).one()


def post(phone: Browse, room: quizzes.Room, attempt: Attempt, number: int, option: int, revision: int = 0) -> list[str]:
    """The table that each statement begins with."""
    question = room.questions[number - 1]
    data = {"choice": quizzes.names(attempt, question)[option], "revision": revision, "language": "en"}
    with counted() as statements:
        reply = phone.post(f"/attempts/{attempt.id}/answers/{question.id}", data)
    assert reply.status == 200, reply.text
    return [ABOUT.findall(statement)[0] for statement in statements]


def test_an_answer_and_the_next_question(browse: Browse, room: quizzes.Room) -> None:
    phone, attempt = begun(browse, room)
    assert post(phone, room, attempt, 1, 0) == ANSWER
    assert post(phone, room, attempt, 1, 1, revision=1) == ANSWER, "changed"
    assert post(phone, room, attempt, 1, 1, revision=1) == ANSWER[:3], "sent again"


def test_the_last_answer_and_the_review(browse: Browse, room: quizzes.Room) -> None:
    phone, attempt = begun(browse, room)
    assert post(phone, room, attempt, 12, 0) == [*ANSWER, "question"]


def test_an_answer_at_a_kiosk_costs_no_more(browse: Browse, room: quizzes.Room) -> None:
    phone, attempt = begun(browse, room)
    phone.client.set_cookie("kiosk", "a-tablet")
    assert post(phone, room, attempt, 1, 0) == ANSWER


def test_a_question_alone(browse: Browse, room: quizzes.Room) -> None:
    phone, attempt = begun(browse, room)
    with counted() as statements:
        phone.get(f"/attempts/{attempt.id}/questions/2")
    assert len(statements) == 3, statements


def test_it_costs_the_same_in_a_large_bank_with_many_people(browse: Browse, app: Flask) -> None:
    large = quizzes.room(count=60)
    for _ in range(30):
        operations.start(quizzes.actor(large.another(), large.training))
    phone, attempt = begun(browse, large)
    assert post(phone, large, attempt, 1, 0) == ANSWER
    assert db.session.query(Answer).count() == 1


MOST_CALLS = 5500
"""Of functions of Python, those of Flask, SQLAlchemy and Jinja with them: what an answer costs but for the database. The
packages are pinned, so the number only moves with what we write.
"""


@contextmanager
def called() -> Iterator[list[str]]:
    """The functions that ran inside."""
    seen: list[str] = []

    def note(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call":
            seen.append(frame.f_code.co_qualname)

    sys.setprofile(note)
    try:
        yield seen
    finally:
        sys.setprofile(None)


@pytest.mark.any_engine
def test_an_answer_runs_a_limited_number_of_functions(browse: Browse, room: quizzes.Room) -> None:
    phone, attempt = begun(browse, room)
    # the first has templates and statements compiled
    asked = [(question.id, quizzes.names(attempt, question)[0]) for question in room.questions[:3]]
    sent = [(f"/attempts/{attempt.id}/answers/{number}", {"choice": name, "revision": 0}) for number, name in asked]
    db.session.commit()
    ran = []
    for address, data in sent:
        with called() as functions:
            reply = Context().run(partial(phone.client.post, address, data=data, headers=OWN_SITE))
        assert reply.status_code == 200
        ran.append(len(functions))
    assert ran[1] == ran[2], ran
    assert ran[2] <= MOST_CALLS
