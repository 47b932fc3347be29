"""What happened to seats."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.accounts import queries as accounts
from app.factories.models import Person
from app.platform.db import db
from app.sessions.models import SeatMove
from app.sessions.rules import SeatState


@dataclass(frozen=True)
class Move:
    """One move of a seat; `account_name` is empty when the person did it, or the system."""

    at: datetime
    before: SeatState | None
    after: SeatState
    account_name: str
    person: Person | None


def history(seat_id: int) -> list[Move]:
    """Every move of a seat, the latest first. Two statements."""
    rows = db.session.execute(
        sa.select(SeatMove, Person)
        .outerjoin(Person, Person.id == SeatMove.person_id)
        .where(SeatMove.seat_id == seat_id)
        .order_by(SeatMove.id.desc())
    ).all()
    who = accounts.accounts_by_id({move.account_id for move, _person in rows if move.account_id is not None})
    return [
        Move(move.at, move.before, move.after, who[move.account_id].name if move.account_id in who else "", person)
        for move, person in rows
    ]


def last_moves(seat_ids: Collection[int]) -> dict[int, SeatState | None]:
    """The state of each seat before its last move. One statement."""
    latest = sa.select(sa.func.max(SeatMove.id)).where(SeatMove.seat_id.in_(seat_ids)).group_by(SeatMove.seat_id)
    rows = db.session.execute(sa.select(SeatMove.seat_id, SeatMove.before).where(SeatMove.id.in_(latest)))
    return {seat_id: before for seat_id, before in rows}  # noqa: C416 - rows are not pairs to a type checker
