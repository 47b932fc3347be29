"""What attendance holds of a person."""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from app.attendance.checkin.models import CheckIn
from app.attendance.guests import person_data as guests
from app.attendance.models import CurrentMark, MarkEntry
from app.attendance.operations.joining import repeat_for
from app.attendance.reports import person_data as reports
from app.attendance.sheets import retention as sheets
from app.completions.models import UnitResult
from app.courses.models import Unit
from app.courses.rules import UnitKind
from app.factories.merging.rows import Moved, Parting, Rows, Tables, plain
from app.platform.db import db
from app.sessions import queries as sessions
from app.sessions.models import Meeting

_TRAINING = sa.select(Meeting.training_id).where(Meeting.id == CurrentMark.meeting_id).scalar_subquery()
_CAME_TO = sa.select(Meeting.training_id).where(Meeting.id == CheckIn.meeting_id).scalar_subquery()


class AttendanceData(Tables):
    """Half-days of the two add up; where both have a mark the log of both decides. The log never changes."""

    tables = (
        Rows(CurrentMark, CurrentMark.person_id, (CurrentMark.meeting_id,), training=_TRAINING),
        Rows(MarkEntry, MarkEntry.person_id, moves=False),
        Rows(CheckIn, CheckIn.person_id, (CheckIn.meeting_id,), training=_CAME_TO, hidden=frozenset({"device"})),
        *guests.TABLES,
        *reports.TABLES,
    )

    def move(self, loser_id: int, winner_id: int) -> Moved:
        """Give the winner the marks, and note the shares of before: they are counted anew when all has moved."""
        return {**super().move(loser_id, winner_id), "shares": _shares(winner_id, loser_id)}

    def restore(self, parting: Parting) -> None:
        """Give the marks back. The shares of before hold unless counting anew gives others."""
        super().restore(parting)
        repeat_for(parting.loser_id, parting.winner_id)
        for key, (share, at) in parting.moved["shares"].items():
            values = {"share": Decimal(share), "at": datetime.fromisoformat(at)}
            db.session.execute(sa.update(UnitResult).where(UnitResult.id == int(key)).values(**values))

    def erase(self, person_ids: Collection[int]) -> list[str]:
        """Marks hold no names. Guests and names in reports that some of these people were lose theirs, with which phone
        they checked in is forgotten, and photos of sheets go on which nobody else is left; the evidence of others stays
        as long as evidence is kept.
        """
        db.session.execute(sa.update(CheckIn).where(CheckIn.person_id.in_(person_ids)).values(device=""))
        guests.forget_guests(person_ids)
        reports.forget_participants(person_ids)
        return sheets.forget(sheets.of_nobody_else(person_ids))


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


PERSON_DATA = AttendanceData()
