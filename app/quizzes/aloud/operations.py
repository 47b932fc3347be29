"""Reading a quiz out: who takes part, what they show, handing in for all."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db, insert
from app.platform.i18n import _
from app.platform.refusal import Refused
from app.quizzes.aloud.queries import Line, lines, taking_part
from app.quizzes.booklets.lettering import posted
from app.quizzes.booklets.models import Booklet
from app.quizzes.booklets.operations import begin_by, make_booklet, refuse_unless_held
from app.quizzes.booklets.queries import hindrances, lettered, question_in, quiz_for, read_now
from app.quizzes.models import Answer, Attempt, QuizWindow
from app.quizzes.operations.submission import hand_in
from app.quizzes.queries.windows import Name, people_of
from app.quizzes.rules import AttemptMode, AttemptState, Hindrance
from app.quizzes.shown import Shown, Stored, choice_of


@dataclass(frozen=True, slots=True)
class Began:
    """How many people take part now because of this, and who could not, with why."""

    people: int
    hindered: Mapping[int, Hindrance]


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody showed, as it is written down: letters or a text; `seen` is the revision that the page showed."""

    words: str
    seen: int


@dataclass(frozen=True, slots=True)
class Noted:
    """How many answers are saved now because of this. `changed` are the people whose answer somebody else changed
    meanwhile, `unread` those whose answer is none to this question; of both nothing was saved.
    """

    saved: int
    changed: Sequence[Name] = ()
    unread: Sequence[Name] = ()


def read_out(actor: Actor, training_id: int, unit_id: int, person_ids: Collection[int], form: int = 0) -> Began:
    """Begin to read a quiz out for these people, or let them join what is read now. Everybody gets the same questions
    in the same order under the same letters. Who answers on a phone, or may not any more, is left out.

    Raises NotFound, and Refused while the training session is not confirmed or when nobody can take part.
    """
    training, _unit = quiz_for(actor, training_id, unit_id)
    refuse_unless_held(training)
    booked = {each.person_id for each in people_of(training_id)}
    running = read_now(training_id, unit_id, hold=True)
    wanted = (booked & {*person_ids}) - (taking_part(running) if running else set())
    why = hindrances(training_id, unit_id, wanted, opens_at=running.at if running else now())
    able = [person_id for person_id, hindrance in why.items() if hindrance is None]
    hindered = {person_id: hindrance for person_id, hindrance in why.items() if hindrance}
    if not able:
        raise Refused(_("None of these people can take part. Choose others."))
    if running is None:
        make_booklet(training_id, unit_id, AttemptMode.ALOUD, form, actor.account_id)
        running = read_now(training_id, unit_id, hold=True)
    assert running is not None, "it was there or was made"
    begin_by(running, able)
    audit.record(actor, "quizzes.read_out", f"training:{training_id}", unit=unit_id, people=len(able))
    return Began(len(able), hindered)


def note_shown(
    actor: Actor, training_id: int, unit_id: int, number: int, notes: Mapping[int, Note], *,
    rest: Collection[int] = (), rest_words: str = "",
) -> Noted:  # fmt: skip
    """Save what many people showed as their answer to a question. `rest` are people of whom nothing was said: those of
    them who have no answer yet get `rest_words`. All or none is not asked for: what cannot be saved is told.

    Raises NotFound, and Refused when nothing is read out now.
    """
    quiz_for(actor, training_id, unit_id)
    booklet = _held_reading(training_id, unit_id)
    stored = question_in(booklet, number)
    question, people = lettered(booklet, stored, ()), lines(booklet, stored, hold=True)
    rows, changed, unread = [], [], []
    for line in people:
        note = notes.get(line.person.person_id)
        if note is None:
            if line.person.person_id not in rest or line.said or not rest_words:
                continue
            note = Note(rest_words, line.revision)
        choice = _choice(booklet, stored, question, note.words)
        if choice is None:
            unread.append(line.person)
        elif choice == [*line.choice]:
            continue
        elif note.seen != line.revision:
            changed.append(line.person)
        else:
            rows.append(_row(actor, stored, line, choice))
    if gone := {*notes} - {line.person.person_id for line in people}:
        changed += [name for name in people_of(training_id) if name.person_id in gone]
    if rows:
        _save(rows)
        audit.record(
            actor, "quizzes.note_shown", f"training:{training_id}", question=stored.question_id, people=len(rows)
        )
    return Noted(len(rows), changed, unread)


def hand_in_all(actor: Actor, training_id: int, unit_id: int, absent: Collection[int] = ()) -> int:
    """End a reading: hand in and grade what was noted, person by person. The attempts of `absent` people, and of those
    whose seat was taken back, are abandoned. Answers how many were handed in.

    Raises NotFound, and Refused when nothing is read out now.
    """
    quiz_for(actor, training_id, unit_id)
    booklet, at = _held_reading(training_id, unit_id), now()
    mine = _running_by(booklet)
    booked = {each.person_id for each in people_of(training_id)}
    leaving = [each.id for each in mine if each.person_id in {*absent} or each.person_id not in booked]
    _mark([each.id for each in mine], deadline_at=at)
    _mark(leaving, state=AttemptState.ABANDONED)
    booklet.ended_at = at
    _was_open(booklet, at)
    db.session.flush()  # grading asks with statements of its own
    audit.record(actor, "quizzes.hand_in_all", f"training:{training_id}", unit=unit_id, people=len(mine) - len(leaving))
    handed_in = [each.id for each in mine if each.id not in leaving]
    for attempt_id in handed_in:
        hand_in(actor, attempt_id)
    return len(handed_in)


def _held_reading(training_id: int, unit_id: int) -> Booklet:
    booklet = read_now(training_id, unit_id, hold=True)
    if booklet is None:
        raise Refused(_("This quiz is not read out any more. Begin again to note answers."))
    return booklet


def _choice(booklet: Booklet, stored: Stored, question: Shown, words: str) -> list[str] | None:
    names = posted(question, words)
    return None if names is None else choice_of(stored, booklet.seed, names)


def _row(actor: Actor, stored: Stored, line: Line, choice: list[str]) -> dict[str, Any]:
    return {
        "attempt_id": line.attempt_id, "question_id": stored.question_id, "choice": choice,
        "revision": line.revision + 1, "saved_at": now(), "language": None, "account_id": actor.account_id,
    }  # fmt: skip


def _save(rows: Sequence[Mapping[str, Any]]) -> None:
    statement = insert(Answer).values(list(rows))
    taken = statement.excluded
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=["attempt_id", "question_id"],
            set_={name: taken[name] for name in ("choice", "revision", "saved_at", "language", "account_id")},
            where=Answer.revision == taken.revision - 1,
        )
    )


def _running_by(booklet: Booklet) -> Sequence[Any]:
    return db.session.execute(
        sa.select(Attempt.id, Attempt.person_id)
        .where(
            Attempt.training_id == booklet.training_id, Attempt.unit_id == booklet.unit_id,
            Attempt.seed == booklet.seed, Attempt.state == AttemptState.IN_PROGRESS,
        )
        .order_by(Attempt.id)
        .with_for_update()
    ).all()  # fmt: skip


def _mark(attempt_ids: Sequence[int], **values: Any) -> None:
    if attempt_ids:
        db.session.execute(
            sa.update(Attempt)
            .where(Attempt.id.in_(attempt_ids))
            .values(**values)
            .execution_options(synchronize_session=False)
        )


def _was_open(booklet: Booklet, at: datetime) -> None:
    """A quiz that was read out and never opened on phones was open from the first question until now."""
    window = insert(QuizWindow).values(
        training_id=booklet.training_id, unit_id=booklet.unit_id, opened_at=booklet.at, closes_at=at
    )
    db.session.execute(window.on_conflict_do_nothing(index_elements=["training_id", "unit_id"]))
