"""Tests on paper: making the forms, typing them twice, deciding what differs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.courses.models import Unit
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db, insert
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.quizzes.booklets.models import Booklet
from app.quizzes.booklets.operations import begin_by, make_booklet
from app.quizzes.booklets.queries import hindrances, printed, quiz_for
from app.quizzes.models import Answer, Attempt
from app.quizzes.operations.submission import hand_in
from app.quizzes.queries.terms import policy_of
from app.quizzes.rules import AttemptMode, AttemptState, Hindrance
from app.quizzes.sheets.models import PaperEntry
from app.quizzes.sheets.queries import sitter_of, waiting_entries
from app.quizzes.sheets.rules import Choices, differing, is_record
from app.sessions.models import Seat, TrainingSession
from app.sessions.rules import TrainingState

FIRST, SECOND, DECIDED = 1, 2, 3
_NOT_HELD = (TrainingState.DRAFT, TrainingState.TENTATIVE, TrainingState.POSTPONED, TrainingState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of an entry: its turn, and the attempt that was made of it; None while it waits."""

    turn: int
    attempt_id: int | None


def make_forms(actor: Actor, training_id: int, unit_id: int) -> None:
    """Draw the questions of each parallel form once, and fix its letters, so that it can be printed. What was made
    before stays as it is.

    Raises NotFound, and Refused when the quiz has no questions.
    """
    quiz_for(actor, training_id, unit_id)
    for form in range(policy_of(unit_id).forms):
        make_booklet(training_id, unit_id, AttemptMode.PAPER, form, actor.account_id)
    audit.record(actor, "quizzes.make_forms", f"training:{training_id}", unit=unit_id)


def enter(
    actor: Actor, training_id: int, unit_id: int, person_id: int, form: int, choices: Choices, record_id: str
) -> Entered:
    """Take down what one typing says. The second that says the same as the first is handed in and graded; one that
    does not waits for somebody to decide. Sending it twice is once.

    Raises NotFound, and Refused when the person cannot have an attempt on paper now or both were typed.
    """
    training, unit = quiz_for(actor, training_id, unit_id)
    booklet = _hold(training, unit, person_id, form)
    if (known := _known(record_id)) is not None:
        return known
    before = waiting_entries(training_id, unit_id, person_id, hold=True)
    if len(before) >= SECOND:
        raise Refused(_("This paper was typed twice already. Compare the two."))
    _refuse_hindered(training_id, unit_id, person_id)
    entry = _take_down(actor, booklet, person_id, FIRST + len(before), choices, record_id)
    if not before or before[0].booklet_id != booklet.id:
        return Entered(entry.turn, None)
    if differing(before[0].choices or {}, choices, booklet.question_ids):
        return Entered(entry.turn, None)
    return Entered(entry.turn, _make(actor, booklet, person_id, choices))


def decide(
    actor: Actor, training_id: int, unit_id: int, person_id: int, picked: Mapping[int, int], record_id: str
) -> Entered:
    """Settle what was typed differently: `picked` says by question which turn is right, 1 or 2; 0 is neither, so there
    is no answer. What counts is handed in and graded.

    Raises NotFound, and Refused when nothing waits, when the forms differ or when a question was left out.
    """
    training, unit = quiz_for(actor, training_id, unit_id)
    entries = waiting_entries(training_id, unit_id, person_id)
    form = db.session.get_one(Booklet, entries[0].booklet_id).form if entries else 0
    booklet = _hold(training, unit, person_id, form)
    if (known := _known(record_id)) is not None:
        return known
    entries = waiting_entries(training_id, unit_id, person_id, hold=True)
    if len(entries) < SECOND:
        raise Refused(_("There is nothing to decide about this paper any more."))
    first, second = entries[0].choices or {}, entries[1].choices or {}
    if entries[0].booklet_id != entries[1].booklet_id:
        raise Refused(_("The two were typed from different forms. Look at the sheet and type it again."))
    open_ones = differing(first, second, booklet.question_ids)
    if {*open_ones} - {*picked}:
        raise Refused(_("Decide about every question that differs."))
    _refuse_hindered(training_id, unit_id, person_id)
    from_turn: dict[int, Mapping[str, Any]] = {0: {}, FIRST: first, SECOND: second}
    settled = dict(first)
    for question_id in open_ones:
        settled.pop(str(question_id), None)
        if answer := from_turn.get(picked[question_id], {}).get(str(question_id)):
            settled[str(question_id)] = answer
    entry = _take_down(actor, booklet, person_id, DECIDED, settled, record_id)
    return Entered(entry.turn, _make(actor, booklet, person_id, settled))


def drop(actor: Actor, training_id: int, unit_id: int, person_id: int) -> None:
    """Leave aside what was typed and not handed in, so that it is typed anew. It is kept, and counts no more."""
    training, unit = quiz_for(actor, training_id, unit_id)
    sitter_of(training, unit, person_id)
    for entry in waiting_entries(training_id, unit_id, person_id, hold=True):
        entry.dropped_by, entry.dropped_at = actor.account_id, now()
        audit.record(actor, "quizzes.drop_paper_entry", f"paper_entry:{entry.id}")


def _hold(training: TrainingSession, unit: Unit, person_id: int, form: int) -> Booklet:
    """The form; the seat of the person is held, so that two who type at once come one after the other."""
    sitter = sitter_of(training, unit, person_id)
    if training.state in _NOT_HELD:
        raise Refused(_("This training is not held now, so no test of it can be typed."))
    db.session.execute(sa.select(Seat.id).where(Seat.id == sitter.seat_id).with_for_update())
    booklet = next((each for each in printed(training.id, unit.id) if each.form == form), None)
    if booklet is None:
        raise NotFound
    return booklet


def _known(record_id: str) -> Entered | None:
    if not is_record(record_id):
        raise Refused(_("This entry could not be read. Load the page again, then type once more."))
    row = db.session.execute(
        sa.select(PaperEntry.turn, PaperEntry.attempt_id).where(PaperEntry.record_id == record_id)
    ).first()
    return None if row is None else Entered(row.turn, row.attempt_id)


def _refuse_hindered(training_id: int, unit_id: int, person_id: int) -> None:
    match hindrances(training_id, unit_id, [person_id], opens_at=None).get(person_id):
        case Hindrance.ANSWERING:
            raise Refused(_("This person is answering in another way now. That has to be handed in first."))
        case Hindrance.USED:
            raise Refused(_("This person has used all attempts at this quiz."))


def _take_down(
    actor: Actor, booklet: Booklet, person_id: int, turn: int, choices: Choices, record_id: str
) -> PaperEntry:
    entry = PaperEntry(
        record_id=record_id, booklet_id=booklet.id, training_id=booklet.training_id, unit_id=booklet.unit_id,
        person_id=person_id, turn=turn, choices={key: [*choice] for key, choice in choices.items()},
        account_id=actor.account_id, at=now(), attempt_id=None, dropped_by=None, dropped_at=None,
    )  # fmt: skip
    db.session.add(entry)
    db.session.flush()  # the log names it
    audit.record(actor, "quizzes.type_paper", f"paper_entry:{entry.id}", turn=turn)
    return entry


def _make(actor: Actor, booklet: Booklet, person_id: int, choices: Choices) -> int:
    """The attempt that a settled paper is, handed in and graded."""
    begin_by(booklet, [person_id])
    attempt = db.session.scalars(
        sa.select(Attempt)
        .where(
            Attempt.training_id == booklet.training_id, Attempt.unit_id == booklet.unit_id,
            Attempt.person_id == person_id, Attempt.state == AttemptState.IN_PROGRESS, Attempt.seed == booklet.seed,
        )
        .execution_options(populate_existing=True)
    ).one()  # fmt: skip
    attempt.deadline_at = now()
    asked = {*booklet.question_ids}
    rows = [
        {
            "attempt_id": attempt.id, "question_id": int(key), "choice": [*choice], "revision": 1, "saved_at": now(),
            "language": None, "account_id": actor.account_id,
        }
        for key, choice in choices.items() if int(key) in asked
    ]  # fmt: skip
    db.session.flush()  # grading asks with statements of its own
    if rows:
        db.session.execute(insert(Answer).values(rows))
    for entry in waiting_entries(booklet.training_id, booklet.unit_id, person_id):
        entry.attempt_id = attempt.id
    hand_in(actor, attempt.id)
    return attempt.id
