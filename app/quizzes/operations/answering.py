"""Saving an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.platform.clock import now
from app.platform.db import db, insert, run
from app.platform.faults import point
from app.platform.i18n import _
from app.platform.refusal import Refused
from app.quizzes import queries, rules
from app.quizzes.models import Answer, LateAnswer
from app.quizzes.queries import Sitting
from app.quizzes.rules import Late
from app.quizzes.rules.limits import GRACE, MOST_KEPT_APART
from app.quizzes.shown import NOT_ANSWERED, Stored, choice_of
from app.sessions.rules import SeatState, TrainingState


class StaleAnswer(Refused):
    """The page that sent the answer does not show what is saved; `number` is the question to show again."""

    def __init__(self, message: str, sitting: Sitting, number: int) -> None:
        super().__init__(message)
        self.sitting, self.number = sitting, number


@dataclass(frozen=True, slots=True)
class KeptApart:
    """The answer came too late to count by itself. It is kept, and a person decides."""

    sitting: Sitting
    why: Late


@dataclass(frozen=True, slots=True)
class Saved:
    """The attempt, the number of the question, whether an answer to it is stored now, and the next question."""

    sitting: Sitting
    number: int
    is_answered: bool
    following: Stored | None


def answer(
    actor: Actor,
    attempt_id: int,
    question_id: int,
    choice: Sequence[str],
    revision: int | None,
    language: str | None = None,
) -> Saved | KeptApart:
    """Save an answer; it is safe once the caller has committed. It can be overwritten until submission.

    `choice` holds what the page posted; `revision` the one that the page showed, 0 before the first answer; `language`
    the one in which the question was read. Sending the saved answer again changes nothing. When time is over or the
    attempt was handed in, the answer is kept apart. Raises StaleAnswer when another page saved something else since
    then or an option is unknown; Refused when the training was cancelled or the seat taken back.
    """
    sitting = queries.sitting(actor, attempt_id, hold=True)
    refuse_without_place(sitting)
    question, following = queries.with_next(sitting, question_id)
    chosen = choice_of(question, sitting.seed, choice)
    if chosen is None:
        raise StaleAnswer(_("This answer does not belong to the question. Choose again."), sitting, question.number)
    if why := rules.late(sitting.state, now(), sitting.deadline_at, GRACE):
        keep_apart(sitting.attempt_id, question, chosen, why)
        return KeptApart(sitting, why)
    _refuse_if_stale(sitting, question, chosen, revision)
    if sitting.policy.practice and question.choice and chosen != question.choice:
        raise StaleAnswer(_("You have seen what is right here, so this answer stays."), sitting, question.number)
    if _changes(question, chosen):
        point("quizzes.answering")
        if not _save(actor, sitting, question, chosen, language):
            _refuse_if_stale(sitting, queries.question_of(sitting, question_id), chosen, revision)
        point("quizzes.answered")
    return Saved(sitting, question.number, bool(chosen), following)


def keep_apart(attempt_id: int, question: Stored, chosen: list[str], why: Late) -> None:
    """Keep an answer that came too late, unless it is the saved one or was kept before."""
    if not chosen or chosen == question.choice:
        return
    of_question = LateAnswer.attempt_id == attempt_id, LateAnswer.question_id == question.question_id
    kept = db.session.scalars(sa.select(LateAnswer.choice).where(*of_question).order_by(LateAnswer.id)).all()
    if chosen in kept or len(kept) >= MOST_KEPT_APART:
        return
    db.session.add(
        LateAnswer(
            attempt_id=attempt_id, question_id=question.question_id, choice=chosen, arrived_at=now(), why=why,
        )
    )  # fmt: skip


def refuse_without_place(sitting: Sitting) -> None:
    """Raises Refused when the training was cancelled or the person's seat was taken back."""
    if sitting.training_state is TrainingState.CANCELLED:
        raise Refused(_("This training was cancelled. Your answers stay saved, but the quiz does not go on."))
    if sitting.seat_state is not SeatState.BOOKED:
        raise Refused(_("You have no seat in this training any more. Your answers stay saved; ask your trainer."))


def _refuse_if_stale(sitting: Sitting, question: Stored, chosen: list[str], revision: int | None) -> None:
    is_repeated = question.choice == chosen or question.kind in NOT_ANSWERED
    if revision is None or (revision != question.revision and not is_repeated):
        raise StaleAnswer(
            _("This question was answered in another window meanwhile. You see the answer that is saved."),
            sitting,
            question.number,
        )


def _changes(question: Stored, chosen: list[str]) -> bool:
    """Going on without choosing saves nothing; a chosen option can be changed but not taken back."""
    if not chosen and (question.choice is None or question.kind in {"single", "true_false", *NOT_ANSWERED}):
        return False
    return question.choice != chosen


def _save(actor: Actor, sitting: Sitting, question: Stored, chosen: list[str], language: str | None) -> bool:
    """Whether it was saved: not where the revision that was read is not the stored one any more."""
    values = {
        "attempt_id": sitting.attempt_id,
        "question_id": question.question_id,
        "choice": chosen,
        "seen": question.revision,
        "revision": question.revision + 1,
        "saved_at": now(),
        "language": language if language in question.texts else None,
        "account_id": actor.account_id,
    }
    return run(_upsert(db.session.get_bind().dialect.name), values).first() is not None


@cache
def _upsert(_dialect: str) -> Any:
    """Built once for each engine: building it costs more than running it."""
    columns = ("attempt_id", "question_id", "choice", "revision", "saved_at", "language", "account_id")
    statement = insert(Answer).values({name: sa.bindparam(name) for name in columns})
    taken = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=["attempt_id", "question_id"],
        set_={name: taken[name] for name in columns[2:]},
        where=Answer.revision == sa.bindparam("seen"),
    ).returning(Answer.revision)
