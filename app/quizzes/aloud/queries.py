"""Who takes part in a reading, and what was noted for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.factories.models import Person
from app.platform.db import db
from app.quizzes.booklets.lettering import is_asked, said
from app.quizzes.booklets.models import Booklet
from app.quizzes.booklets.queries import lettered, questions_of
from app.quizzes.models import Answer, Attempt
from app.quizzes.queries.windows import Name
from app.quizzes.rules import AttemptState
from app.quizzes.shown import Shown, Stored
from app.sessions.models import Seat
from app.sessions.rules import SeatState


@dataclass(frozen=True, slots=True)
class Line:
    """A person of the grid; `said` is the answer as people write it down, empty without one, `choice` as it is stored,
    `revision` counts its changes.
    """

    person: Name
    attempt_id: int
    said: str
    choice: Sequence[str]
    revision: int


@dataclass(frozen=True, slots=True)
class Step:
    """A question of a reading; `missing` people have no answer to it."""

    question: Shown
    missing: int


@dataclass(frozen=True, slots=True)
class Open:
    """A person who takes part, and the numbers of the questions without an answer."""

    person: Name
    attempt_id: int
    is_booked: bool
    missing: Sequence[int]
    answered: int


def lines(booklet: Booklet, stored: Stored, *, hold: bool = False) -> list[Line]:
    """Everybody who takes part and has not handed in, with the answer to one question, in the order of the alphabet.
    One statement; with `hold` nobody else can answer for them until the transaction ends.
    """
    statement = _people(
        sa.select(
            Person.id, Person.name, Person.local_name, Person.language, Attempt.id.label("attempt_id"), Answer.choice,
            sa.func.coalesce(Answer.revision, 0).label("revision"),
        ),
        booklet,
    ).outerjoin(
        Answer, sa.and_(Answer.attempt_id == Attempt.id, Answer.question_id == stored.question_id)
    )
    statement = statement.where(Seat.state == SeatState.BOOKED)
    rows = db.session.execute(statement.with_for_update(of=Attempt) if hold else statement)
    return [_line(booklet, stored, row) for row in rows]


def steps(booklet: Booklet, wanted: Sequence[str | None]) -> tuple[list[Step], list[Open]]:
    """The questions with how many lack an answer, and the people with what they lack. Three statements."""
    people = db.session.execute(
        _people(
            sa.select(
                Person.id, Person.name, Person.local_name, Person.language, Attempt.id.label("attempt_id"), Seat.state
            ),
            booklet,
        )
    ).all()
    given = _given([row.attempt_id for row in people])
    questions = [lettered(booklet, each, wanted) for each in questions_of(booklet)]
    asked = [each for each in questions if is_asked(each)]
    there = [row for row in people if row.state is SeatState.BOOKED]
    found = [
        Step(each, sum(each.question_id not in given.get(row.attempt_id, ()) for row in there) if is_asked(each) else 0)
        for each in questions
    ]
    return found, [_open(row, asked, given.get(row.attempt_id, frozenset())) for row in people]


def taking_part(booklet: Booklet) -> set[int]:
    """Ids of the people who ever took part."""
    mine = Attempt.training_id == booklet.training_id, Attempt.unit_id == booklet.unit_id
    return set(db.session.scalars(sa.select(Attempt.person_id).where(*mine, Attempt.seed == booklet.seed)))


def _people(statement: Any, booklet: Booklet) -> Any:
    return (
        statement.select_from(Attempt)
        .join(Person, Person.id == Attempt.person_id)
        .join(Seat, sa.and_(Seat.training_id == Attempt.training_id, Seat.person_id == Attempt.person_id))
        .where(
            Attempt.training_id == booklet.training_id, Attempt.unit_id == booklet.unit_id,
            Attempt.seed == booklet.seed, Attempt.state == AttemptState.IN_PROGRESS,
        )
        .order_by(Person.search_text, Person.id)
    )  # fmt: skip


def _line(booklet: Booklet, stored: Stored, row: Any) -> Line:
    own = Stored(stored.question_id, stored.number, stored.code, stored.kind, stored.texts, row.choice, row.revision)
    words = said(lettered(booklet, own, ())) if row.choice else ""
    person = Name(row.id, row.name, row.local_name, row.language)
    return Line(person, row.attempt_id, words, row.choice or (), row.revision)


def _given(attempt_ids: Sequence[int]) -> Mapping[int, frozenset[int]]:
    """Attempt -> the questions that have an answer."""
    rows = db.session.execute(
        sa.select(Answer.attempt_id, Answer.question_id, Answer.choice).where(Answer.attempt_id.in_(attempt_ids))
    )
    found: dict[int, set[int]] = {}
    for row in rows:
        if row.choice:
            found.setdefault(row.attempt_id, set()).add(row.question_id)
    return {attempt_id: frozenset(questions) for attempt_id, questions in found.items()}


def _open(row: Any, asked: Sequence[Shown], given: frozenset[int]) -> Open:
    missing = [each.number for each in asked if each.question_id not in given]
    person = Name(row.id, row.name, row.local_name, row.language)
    return Open(person, row.attempt_id, row.state is SeatState.BOOKED, missing, len(asked) - len(missing))
