"""Tests on paper of a training session: what is printed, what was typed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.accounts.queries import accounts_by_id
from app.courses.models import Unit
from app.courses.queries import all_media_of_unit
from app.factories.models import Employment, Factory, Person
from app.platform.db import db
from app.platform.refusal import NotFound
from app.quizzes.booklets.models import Booklet
from app.quizzes.booklets.queries import lettered, printed, questions_of
from app.quizzes.models import Attempt
from app.quizzes.queries.banks import turn_of
from app.quizzes.queries.paper import paper_shares
from app.quizzes.queries.terms import policy_of
from app.quizzes.rules import HANDED_IN, AttemptMode, form_of
from app.quizzes.sheets.facts import Drawing, Handout, Paper, Print, Taker
from app.quizzes.sheets.models import PaperEntry
from app.quizzes.sheets.reading import Asked
from app.quizzes.sheets.rules import sheet_code
from app.quizzes.shown import picture
from app.sessions.models import Seat, TrainingSession
from app.sessions.rules import SeatState


@dataclass(frozen=True, slots=True)
class Sitter:
    """Somebody with a booked seat; `form` is the parallel form (from 0) that is printed for the person."""

    person_id: int
    name: str
    local_name: str | None
    language: str
    seat_id: int
    factory: str
    number: str
    form: int


@dataclass(frozen=True, slots=True)
class Row:
    """How far somebody's paper is: `typed` entries wait, `made` attempts on paper came of others, and a total alone
    was noted or not.
    """

    sitter: Sitter
    typed: int
    made: int
    has_total: bool


def sitters(training: TrainingSession, unit: Unit, person_ids: Collection[int] | None = None) -> list[Sitter]:
    """Everybody with a booked seat, or some of them, by factory and name. Two statements."""
    forms, turn = policy_of(unit.id).forms, turn_of(unit.phase)
    own = sa.and_(Employment.person_id == Seat.person_id, Employment.factory_id == Seat.factory_id)
    latest = sa.select(Employment.employee_number).where(own)
    latest = latest.order_by(Employment.started_on.desc(), Employment.id.desc()).limit(1)
    statement = (
        sa.select(
            Person.id, Person.name, Person.local_name, Person.language, Seat.id.label("seat_id"),
            Factory.name.label("factory"), latest.correlate(Seat).scalar_subquery().label("number"),
        )
        .select_from(Seat)
        .join(Person, Person.id == Seat.person_id)
        .join(Factory, Factory.id == Seat.factory_id)
        .where(Seat.training_id == training.id, Seat.state == SeatState.BOOKED)
        .order_by(Factory.name, Factory.id, Person.search_text, Person.id)
    )  # fmt: skip
    if person_ids is not None:
        statement = statement.where(Person.id.in_(person_ids))
    return [
        Sitter(
            row.id, row.name, row.local_name, row.language, row.seat_id, row.factory, row.number or "",
            form_of(training.id, row.id, turn, forms),
        )
        for row in db.session.execute(statement)
    ]  # fmt: skip


def sitter_of(training: TrainingSession, unit: Unit, person_id: int) -> Sitter:
    """One of them. Raises NotFound."""
    found = sitters(training, unit, [person_id])
    if not found:
        raise NotFound
    return found[0]


def rows(training: TrainingSession, unit: Unit) -> list[Row]:
    """How far everybody's paper is. Five statements."""
    here = PaperEntry.training_id == training.id, PaperEntry.unit_id == unit.id
    waiting = _counts(
        sa.select(PaperEntry.person_id, sa.func.count())
        .where(*here, PaperEntry.attempt_id.is_(None), PaperEntry.dropped_at.is_(None))
        .group_by(PaperEntry.person_id)
    )
    made = _counts(
        sa.select(Attempt.person_id, sa.func.count())
        .where(
            Attempt.training_id == training.id, Attempt.unit_id == unit.id, Attempt.mode == AttemptMode.PAPER,
            Attempt.state.in_(HANDED_IN),
        )
        .group_by(Attempt.person_id)
    )  # fmt: skip
    totals = paper_shares(training.id, unit.id)
    return [
        Row(each, waiting.get(each.person_id, 0), made.get(each.person_id, 0), each.person_id in totals)
        for each in sitters(training, unit)
    ]


def waiting_entries(training_id: int, unit_id: int, person_id: int, *, hold: bool = False) -> Sequence[PaperEntry]:
    """The entries of a person that nothing was made of yet, in the order of their turns."""
    statement = (
        sa.select(PaperEntry)
        .where(
            PaperEntry.training_id == training_id, PaperEntry.unit_id == unit_id, PaperEntry.person_id == person_id,
            PaperEntry.attempt_id.is_(None), PaperEntry.dropped_at.is_(None),
        )
        .order_by(PaperEntry.turn)
    )  # fmt: skip
    return db.session.scalars(statement.with_for_update() if hold else statement).all()


def last_made(training_id: int, unit_id: int, person_id: int) -> Sequence[PaperEntry]:
    """The entries of which the last attempt on paper was made, in the order of their turns."""
    newest = (
        sa.select(sa.func.max(PaperEntry.attempt_id))
        .where(PaperEntry.training_id == training_id, PaperEntry.unit_id == unit_id, PaperEntry.person_id == person_id)
        .scalar_subquery()
    )
    return db.session.scalars(
        sa.select(PaperEntry).where(PaperEntry.attempt_id == newest).order_by(PaperEntry.turn)
    ).all()


def who_typed(entries: Sequence[PaperEntry]) -> Mapping[int, str]:
    """Id of an account -> its name."""
    ids = {entry.account_id for entry in entries if entry.account_id is not None}
    return {account_id: account.name for account_id, account in accounts_by_id(ids).items()} if ids else {}


def asked_in(booklet: Booklet, locale: str) -> list[Asked]:
    """The questions of a form, in a language. One statement."""
    return [Asked(each, lettered(booklet, each, [locale])) for each in questions_of(booklet)]


def by_code(code: str) -> Booklet:
    """The form that a code on paper names. Raises NotFound; who may is the caller's question."""
    found = db.session.scalar(sa.select(Booklet).where(Booklet.code == code, Booklet.mode == AttemptMode.PAPER))
    if found is None:
        raise NotFound
    return found


def person_of_seat(booklet: Booklet, seat_id: int) -> int | None:
    """Whose answer sheet it is; None when the seat is nobody's here."""
    return db.session.scalar(
        sa.select(Seat.person_id).where(Seat.id == seat_id, Seat.training_id == booklet.training_id)
    )


def languages_of(booklet: Booklet) -> set[str]:
    """The languages in which every question of a form exists."""
    texts = [set(each.texts) for each in questions_of(booklet)]
    return set.intersection(*texts) if texts else set()


def blank(training: TrainingSession, unit: Unit, form: int, locale: str, address: str) -> Print:
    """The questions of a form and an answer sheet without a name. `address` is where codes lead. Raises NotFound."""
    booklet = next((each for each in printed(training.id, unit.id) if each.form == form), None)
    if booklet is None:
        raise NotFound
    handout = Handout(0, Taker(booklet.code, address + booklet.code), with_questions=True)
    return _print(training, unit, [booklet], [handout], locale)


def named(
    training: TrainingSession, unit: Unit, people: Sequence[Sitter], locale: str, address: str, *, with_questions: bool
) -> Print:
    """Answer sheets of people, each of the form that is meant for the person. Raises NotFound before forms are made."""
    booklets = {each.form: each for each in printed(training.id, unit.id)}
    used = sorted({each.form for each in people})
    if not people or not {*used} <= {*booklets}:
        raise NotFound
    handouts = [
        Handout(used.index(each.form), _taker(each, booklets[each.form], address), with_questions)
        for each in people
    ]
    return _print(training, unit, [booklets[form] for form in used], handouts, locale)


def _print(
    training: TrainingSession, unit: Unit, booklets: Sequence[Booklet], handouts: Sequence[Handout], locale: str
) -> Print:
    papers = [_paper(unit, each, locale) for each in booklets]
    has_forms = policy_of(unit.id).forms > 1
    return Print(unit.titles, training.version.titles, locale, papers, handouts, has_forms)


def _paper(unit: Unit, booklet: Booklet, locale: str) -> Paper:
    asked = asked_in(booklet, locale)
    named = {each.stored.number: _pictures(each, booklet.seed) for each in asked}
    files = {file for found in named.values() for file, _words in found.values()}
    data = all_media_of_unit(unit.id, files) if files else {}
    pictures = {
        number: {name: Drawing(file, data[file], words) for name, (file, words) in found.items() if file in data}
        for number, found in named.items()
    }
    return Paper(booklet.form + 1, booklet.code, [each.shown for each in asked], pictures)


def _pictures(asked: Asked, seed: int) -> dict[str, tuple[str, str]]:
    """Name of an option, empty for the question itself -> the file of its picture, and what it shows."""
    question, found = asked.shown, {}
    if question.picture:
        found[""] = question.picture.alt or " ".join(question.paragraphs)
    found |= {option.name: option.text for option in (*question.options, *question.criteria) if option.picture}
    files = {name: picture(asked.stored, seed, question.language, name) for name in found}
    return {name: (file, found[name]) for name, file in files.items() if file}


def _taker(sitter: Sitter, booklet: Booklet, address: str) -> Taker:
    code = sheet_code(booklet.code, sitter.seat_id)
    return Taker(
        code, address + code, sitter.name, sitter.local_name or "", sitter.language, sitter.number, sitter.factory
    )


def _counts(statement: Any) -> dict[int, int]:
    return {person_id: number for person_id, number in db.session.execute(statement)}  # noqa: C416 - rows, not pairs
