"""Making booklets, and attempts that follow one."""

from collections.abc import Collection
from secrets import choice, randbits

import sqlalchemy as sa

from app.platform.clock import now
from app.platform.db import db, insert
from app.platform.i18n import _
from app.platform.refusal import Refused
from app.quizzes.booklets.lettering import names_in_order
from app.quizzes.booklets.models import Booklet
from app.quizzes.booklets.queries import attempts_of
from app.quizzes.models import Attempt, Question
from app.quizzes.queries.banks import bank_of
from app.quizzes.rules import AttemptMode, AttemptState, drawn
from app.quizzes.shown import Stored, shown
from app.sessions.models import TrainingSession
from app.sessions.rules import TrainingState
from app.sessions.rules.codes import draw_code

_SEED_BITS = 31


def make_booklet(
    training_id: int, unit_id: int, mode: AttemptMode, form: int, account_id: int | None
) -> None:
    """Draw the questions of a quiz once for many people, and fix the letters of their options. Of two at once one is
    made. Raises Refused when the quiz has no questions.
    """
    bank, seed = bank_of(unit_id), randbits(_SEED_BITS)
    ids = drawn(bank.items, bank.blueprint, seed=seed, form=form, mixed=bank.policy.mixed_questions)
    if not ids:
        raise Refused(_("This quiz has no questions yet."))
    made = insert(Booklet).values(
        training_id=training_id, unit_id=unit_id, mode=mode, form=form, code=draw_code(choice), seed=seed,
        question_ids=list(ids), letters=_letters(ids, seed), account_id=account_id, at=now(), ended_at=None,
    )  # fmt: skip
    db.session.execute(made.on_conflict_do_nothing())


def _letters(question_ids: Collection[int], seed: int) -> dict[str, list[str]]:
    rows = db.session.execute(
        sa.select(Question.id, Question.code, Question.kind, Question.texts).where(Question.id.in_(question_ids))
    )
    stored = [Stored(row.id, 0, row.code, row.kind, row.texts, None, 0) for row in rows]
    return {str(each.question_id): names_in_order(shown(each, seed, ())) for each in stored}


def begin_by(booklet: Booklet, person_ids: Collection[int]) -> None:
    """Begin an attempt at a booklet for people who can. The prepared one is taken, else a new one is made; what it
    asks is what the booklet asks. Three statements, however many people.
    """
    earlier = attempts_of(booklet.training_id, booklet.unit_id, person_ids)
    values = {
        "state": AttemptState.IN_PROGRESS, "seed": booklet.seed, "mode": booklet.mode, "form": booklet.form,
        "question_ids": booklet.question_ids, "started_at": now(), "deadline_at": None,
    }  # fmt: skip
    prepared = [each.id for own in earlier.values() for each in own if each.state is AttemptState.NOT_STARTED]
    if prepared:
        db.session.execute(
            sa.update(Attempt)
            .where(Attempt.id.in_(prepared), Attempt.state == AttemptState.NOT_STARTED)
            .values(values)
            .execution_options(synchronize_session=False)
        )
    taken = {each.person_id for own in earlier.values() for each in own if each.id in prepared}
    new = [
        values | {
            "training_id": booklet.training_id, "unit_id": booklet.unit_id, "person_id": person_id,
            "number": max((each.number for each in earlier.get(person_id, ())), default=0) + 1,
        }
        for person_id in sorted({*person_ids} - taken)
    ]  # fmt: skip
    if new:
        db.session.execute(insert(Attempt).values(new).on_conflict_do_nothing())


def refuse_unless_held(training: TrainingSession) -> None:
    """Raises Refused while the training session is not confirmed."""
    if training.state is not TrainingState.CONFIRMED:
        raise Refused(_("A quiz opens only while the training session is confirmed."))
