"""What an answer costs the database: a number of statements that never grows. All are counted but BEGIN and COMMIT."""

import re

import pytest
from flask import Flask

from app.platform.db import db
from app.quizzes import operations
from app.quizzes.models import Answer, Attempt
from tests.browse import Browse
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
