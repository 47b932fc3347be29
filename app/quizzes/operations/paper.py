"""A test that was taken on paper and counted by hand."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import sqlalchemy as sa

from app.access.actor import Actor
from app.completions.operations import hold_person, note_unit
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db, insert
from app.platform.i18n import _
from app.platform.refusal import Refused
from app.quizzes import queries
from app.quizzes.models import PaperScore
from app.quizzes.queries.paper import paper_test
from app.quizzes.rules import counted_share
from app.sessions.models import Seat, TrainingSession
from app.sessions.rules import TrainingState


@dataclass(frozen=True)
class PaperScored:
    """A score, before it is taken down. `record_id` are 128 random bits in hexadecimal digits, `unit_id` the test;
    `marker` and `counter` are those of whoever counted: a greater counter corrects.
    """

    record_id: str
    person_id: int
    unit_id: int
    points: Decimal
    of: int
    marker: str
    counter: int
    device_at: datetime | None = None


@dataclass(frozen=True)
class PaperReceipt:
    """What was taken down for a score; the same however often it is sent. `number` is the server's count."""

    number: int
    record_id: str
    person_id: int
    unit_id: int
    points: Decimal
    of: int


@dataclass(frozen=True)
class PaperClash:
    """The id was used before for another score, whose receipt this is. Nothing was taken down."""

    earlier: PaperReceipt


def note_paper(actor: Actor, training: TrainingSession, seat: Seat, scored: PaperScored) -> PaperReceipt | PaperClash:
    """Take down a score; of all that the person reached in the test, on paper or not, its rules say what counts. The
    same again answers the same. The caller has asked who may, and holds the training session.

    Raises Refused when this is not the test of the training session, or not its points.
    """
    hold_person(scored.person_id)
    if _receipt(scored.record_id) is None:
        _refuse_other_test(training, scored)
        new = insert(PaperScore).values(
            record_id=scored.record_id, training_id=training.id, unit_id=scored.unit_id, person_id=scored.person_id,
            points=scored.points, of=scored.of, marker=scored.marker, counter=scored.counter,
            account_id=actor.account_id, at=now(), device_at=scored.device_at,
        )  # fmt: skip
        made = new.on_conflict_do_nothing(index_elements=["record_id"]).returning(PaperScore.id)
        if (number := db.session.scalar(made)) is not None:
            audit.record(actor, "quizzes.note_paper", f"paper_score:{number}", score=str(scored.points), of=scored.of)
            if training.state is not TrainingState.CANCELLED:
                _note_counted(training, seat, scored)
    receipt = _receipt(scored.record_id)
    assert receipt is not None, "it was there or was written"
    is_same = (receipt.person_id, receipt.unit_id, receipt.points, receipt.of) == (
        scored.person_id, scored.unit_id, scored.points, scored.of,
    )  # fmt: skip
    return receipt if is_same else PaperClash(receipt)


def _refuse_other_test(training: TrainingSession, scored: PaperScored) -> None:
    found = paper_test(training)
    is_test = found is not None and (found[0].id, found[1]) == (scored.unit_id, scored.of)
    if not is_test or scored.points > scored.of:
        raise Refused(_("This is not the test of the training session, or not its points."))


def _note_counted(training: TrainingSession, seat: Seat, scored: PaperScored) -> None:
    reached = queries.shares_reached(training.id, scored.unit_id, scored.person_id)
    counted = counted_share(reached, queries.policy_of(scored.unit_id).counts)
    assert counted is not None, "one was written just now"
    note_unit(
        person_id=scored.person_id, training_id=training.id, version_id=training.version_id, unit_id=scored.unit_id,
        share=counted, factory_id=seat.factory_id, at=now(),
    )  # fmt: skip


def _receipt(record_id: str) -> PaperReceipt | None:
    row = db.session.execute(
        sa.select(
            PaperScore.id, PaperScore.record_id, PaperScore.person_id, PaperScore.unit_id, PaperScore.points,
            PaperScore.of,
        ).where(PaperScore.record_id == record_id)
    ).first()  # fmt: skip
    return PaperReceipt(*row) if row else None
