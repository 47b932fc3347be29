"""Attempts with the questions that were drawn for them, before or when they begin."""

from collections.abc import Collection
from datetime import datetime
from secrets import randbits
from typing import Any

import sqlalchemy as sa

from app.platform.clock import now
from app.platform.db import db, insert
from app.platform.faults import point
from app.quizzes.models import Attempt
from app.quizzes.queries.banks import Bank, bank_of
from app.quizzes.rules import AttemptMode, AttemptState
from app.sessions.models import Seat
from app.sessions.rules import SeatState

_SEED_BITS = 31


def prepare(training_id: int, unit_id: int, leaving_out: Collection[int] = ()) -> int:
    """Draw the questions of everybody who has a booked seat and no attempt yet, so that many can begin at one moment;
    how many were made. Three statements and one for all attempts. Repeating it makes none twice. `leaving_out` are
    people who are not expected.
    """
    has_one = sa.select(Attempt.id).where(
        Attempt.training_id == training_id, Attempt.unit_id == unit_id, Attempt.person_id == Seat.person_id
    )
    waiting = db.session.scalars(
        sa.select(Seat.person_id).where(
            Seat.training_id == training_id, Seat.state == SeatState.BOOKED, Seat.person_id.is_not(None),
            ~has_one.exists(),
        )
    ).all()  # fmt: skip
    people = [person_id for person_id in waiting if person_id is not None and person_id not in leaving_out]
    made = _write(bank_of(unit_id), training_id, people, number=1)
    point("quizzes.prepared")
    return made


def begin_new(
    training_id: int, unit_id: int, person_id: int, number: int, *, deadline_at: datetime | None, mode: AttemptMode
) -> None:
    """Begin an attempt now. A second one at the same moment loses against the constraints and finds the first one's."""
    running: dict[str, Any] = {
        "state": AttemptState.IN_PROGRESS, "started_at": now(), "deadline_at": deadline_at, "mode": mode,
    }  # fmt: skip
    _write(bank_of(unit_id), training_id, [person_id], number=number, **running)


def _write(bank: Bank, training_id: int, person_ids: Collection[int], *, number: int, **values: Any) -> int:
    if not person_ids:
        return 0
    common = {
        "training_id": training_id, "unit_id": bank.unit_id, "number": number, "state": AttemptState.NOT_STARTED,
        "mode": AttemptMode.OWN, "started_at": None, "deadline_at": None, **values,
    }  # fmt: skip
    rows = [
        {**common, "person_id": each, "seed": seed, **bank.draw(training_id, each, seed)}
        for each in sorted(person_ids)
        for seed in [randbits(_SEED_BITS)]
    ]
    made = db.session.execute(insert(Attempt).on_conflict_do_nothing().returning(Attempt.id), rows)
    return len(made.all())
