"""How many points a test on paper has: those of the questions that are asked, not of the whole bank."""

from decimal import Decimal
from secrets import token_hex

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.completions.models import UnitResult
from app.courses.models import Unit
from app.platform.db import db
from app.platform.refusal import Refused
from app.quizzes.booklets.models import Booklet
from app.quizzes.operations.paper import PaperScored, note_paper
from app.quizzes.queries.paper import paper_test
from app.quizzes.sheets.operations import make_forms
from app.sessions.models import Seat
from tests.make import quizzes


@pytest.fixture
def room(app: Flask) -> quizzes.Room:
    """Of a bank of eight questions one part of five draws two."""
    made = quizzes.room(is_open=False, count=8)
    db.session.get_one(Unit, made.unit_id).blueprint = {"first": 2}
    for question in made.questions[:5]:
        question.part = "first"
    db.session.flush()
    return made


def points(room: quizzes.Room) -> int | None:
    found = paper_test(room.training)
    return found[1] if found else None


def note(room: quizzes.Room, got: int, of: int) -> None:
    seat = db.session.query(Seat).filter_by(training_id=room.training.id, person_id=room.person.id).one()
    note_paper(SYSTEM, room.training, seat, PaperScored(token_hex(16), room.person.id, room.unit_id, Decimal(got), of, "m", 1))


def test_points_are_those_of_what_is_drawn(room: quizzes.Room) -> None:
    assert points(room) == 5
    note(room, 5, 5)
    assert db.session.query(UnitResult).filter_by(unit_id=room.unit_id).one().share == 1
    with pytest.raises(Refused, match="not its points"):
        note(room, 5, 8)


def test_what_was_printed_decides(room: quizzes.Room) -> None:
    make_forms(SYSTEM, room.training.id, room.unit_id)
    booklet = db.session.query(Booklet).one()
    assert points(room) == len(booklet.question_ids) == 5
    booklet.question_ids = booklet.question_ids[:4]
    db.session.flush()
    assert points(room) == 4


def test_without_a_blueprint_everything_is_asked_but_what_nobody_can_count(app: Flask) -> None:
    assert points(quizzes.room(source="::a:: [plain] Why? {}\n\n::b:: [plain] Yes? {T}\n\n::c:: [plain] Only to read.")) == 1
