"""What attendance holds of a person."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.attendance.models import CurrentMark, MarkEntry
from app.completions.models import UnitResult
from app.courses.models import Unit
from app.courses.rules import UnitKind
from app.factories.merging.rows import Moved, Parting, Rows, Tables, plain
from app.platform.db import db
from app.sessions import queries as sessions
from app.sessions.models import Meeting

_TRAINING = sa.select(Meeting.training_id).where(Meeting.id == CurrentMark.meeting_id).scalar_subquery()
_CONTENT = ("mark", "evidence", "at")


class AttendanceData(Tables):
    """Half-days of the two add up; where both have a mark the person has the one that counts. The log never changes."""

    tables = (
        Rows(CurrentMark, CurrentMark.person_id, (CurrentMark.meeting_id,), training=_TRAINING),
        Rows(MarkEntry, MarkEntry.person_id, moves=False),
    )

    def move(self, loser_id: int, winner_id: int) -> Moved:
        """Give the winner the marks, and note the shares of before: they are counted anew when all has moved."""
        shares, exchanged = _shares(winner_id, loser_id), _better(winner_id, loser_id)
        moved = super().move(loser_id, winner_id)
        _exchange(exchanged)
        return {**moved, "exchanged": exchanged, "shares": shares}

    def restore(self, parting: Parting) -> None:
        """Give the marks back. The shares of before hold unless counting anew gives others."""
        super().restore(parting)
        _exchange(parting.moved["exchanged"])
        for key, (share, at) in parting.moved["shares"].items():
            values = {"share": Decimal(share), "at": datetime.fromisoformat(at)}
            db.session.execute(sa.update(UnitResult).where(UnitResult.id == int(key)).values(**values))


def _shares(*people: int) -> dict[str, list[Any]]:
    """Result -> share and moment, of the half-days of training sessions in which both have a seat."""
    rows = db.session.execute(
        sa.select(UnitResult.id, UnitResult.share, UnitResult.at)
        .join(Unit, Unit.id == UnitResult.unit_id)
        .where(
            UnitResult.person_id.in_(people), UnitResult.training_id.in_(sessions.shared_trainings(people)),
            Unit.kind == UnitKind.MEETING,
        )
        .order_by(UnitResult.id)
    )  # fmt: skip
    return {str(row_id): [plain(share), plain(at)] for row_id, share, at in rows}


def _better(winner_id: int, loser_id: int) -> list[tuple[int, int]]:
    """Marks of both at one half-day of which only the loser's counts."""
    theirs = aliased(CurrentMark)
    rows = db.session.execute(
        sa.select(CurrentMark.id, CurrentMark.mark, theirs.id, theirs.mark)
        .join(theirs, theirs.meeting_id == CurrentMark.meeting_id)
        .where(CurrentMark.person_id == winner_id, theirs.person_id == loser_id)
        .order_by(CurrentMark.id)
    )
    return [(mine_id, theirs_id) for mine_id, mine, theirs_id, other in rows if other.counts and not mine.counts]


def _exchange(pairs: Sequence[Sequence[int]]) -> None:
    """Let two marks change everything but whose they are."""
    for mine_id, theirs_id in pairs:
        mine, theirs = (db.session.get_one(CurrentMark, each, populate_existing=True) for each in (mine_id, theirs_id))
        for name in _CONTENT:
            before = getattr(mine, name)
            setattr(mine, name, getattr(theirs, name))
            setattr(theirs, name, before)
    db.session.flush()  # what comes next writes past the session


PERSON_DATA = AttendanceData()
