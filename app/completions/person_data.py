"""What is held of a person's results."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from app.completions.models import Completion, UnitResult
from app.factories.merging.rows import Moved, Rows, Tables
from app.platform.db import db


class CompletionsData(Tables):
    """Every completion goes over: periods of one course are counted anew in the order of time, so that none is lost."""

    tables = (
        Rows(UnitResult, UnitResult.person_id, (UnitResult.training_id, UnitResult.unit_id)),
        Rows(Completion, Completion.person_id),
    )

    def move(self, loser_id: int, winner_id: int) -> Moved:
        """Give the winner what may go over, with the periods that each completion had before."""
        before = _periods(loser_id, winner_id)
        _renumber(before, {row_id: -row_id for row_id in before})
        moved = super().move(loser_id, winner_id)
        _renumber(before, _in_time(winner_id))
        return {**moved, "periods": {str(row_id): period for row_id, period in before.items()}}

    def restore(self, loser_id: int, moved: Moved) -> None:
        """Give the loser back what went over, under the periods of before."""
        before = {int(row_id): period for row_id, period in moved["periods"].items()}
        _renumber(before, {row_id: -row_id for row_id in before})
        super().restore(loser_id, moved)
        _renumber(before, before)


def _periods(*people: int) -> dict[int, int]:
    rows = db.session.execute(sa.select(Completion.id, Completion.period).where(Completion.person_id.in_(people)))
    return dict(rows.all())


def _in_time(person_id: int) -> dict[int, int]:
    """Completion -> its place among those of its course."""
    rows = db.session.execute(
        sa.select(Completion.id, Completion.course_id)
        .where(Completion.person_id == person_id)
        .order_by(Completion.completed_at, Completion.id)
    )
    counted: dict[int, int] = defaultdict(int)
    places = {}
    for row_id, course_id in rows:
        counted[course_id] += 1
        places[row_id] = counted[course_id]
    return places


def _renumber(rows: Mapping[int, Any], periods: Mapping[int, int]) -> None:
    if values := [{"id": row_id, "period": periods[row_id]} for row_id in rows]:
        db.session.execute(sa.update(Completion), values)


PERSON_DATA = CompletionsData()
