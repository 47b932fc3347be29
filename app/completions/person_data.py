"""What is held of a person's results, and how what hangs on a completion follows it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from heapq import merge
from typing import Any

import sqlalchemy as sa

from app.completions.models import Completion, SurveyTurn, UnitResult
from app.factories.merging.rows import Moved, Parting, Rows, Tables
from app.platform.db import db


class CompletionsData(Tables):
    """Every completion goes over: periods of one course are counted anew in the order of time, so that none is lost."""

    tables = (
        Rows(
            UnitResult, UnitResult.person_id, (UnitResult.training_id, UnitResult.unit_id),
            training=UnitResult.training_id,
        ),
        Rows(Completion, Completion.person_id, training=Completion.training_id),
        Rows(
            SurveyTurn, SurveyTurn.person_id, (SurveyTurn.training_id, SurveyTurn.form),
            training=SurveyTurn.training_id,
        ),
    )

    def move(self, loser_id: int, winner_id: int) -> Moved:
        """Give the winner what may go over; each entry's own completions stay in their order."""
        rows = _in_time(loser_id, winner_id)
        _free_periods(rows)
        moved = super().move(loser_id, winner_id)
        _count_periods(rows)
        return moved

    def restore(self, parting: Parting) -> None:
        """Give the loser back what went over, and count the periods of both anew."""
        rows = _in_time(parting.loser_id, parting.winner_id)
        _free_periods(rows)
        super().restore(parting)
        _count_periods(rows)


class WithCompletion(Tables):
    """A table whose rows are always those of whom their completion is: that decides, not the number of the row. Further
    ones hold what belongs to such a row.
    """

    tables: tuple[Rows, ...]

    def move(self, loser_id: int, winner_id: int) -> Moved:
        """Follow the completions to the winner."""
        moved = self.plan(loser_id, winner_id)["moved"]
        self._follow(loser_id, winner_id)
        return {"moved": moved}

    def restore(self, parting: Parting) -> None:
        """Follow the completions back."""
        self._follow(parting.loser_id, parting.winner_id)

    def _follow(self, *people: int) -> None:
        model: Any = self.tables[0].model
        owner = sa.select(Completion.person_id).where(Completion.id == model.completion_id).scalar_subquery()
        rows = sa.update(model).where(model.person_id.in_(people)).values(person_id=owner)
        db.session.execute(rows.execution_options(synchronize_session=False))


def _in_time(*people: int) -> list[Any]:
    """Completions by course and in the order of time, those of one entry always in the order of their periods."""
    columns = (Completion.id, Completion.course_id, Completion.completed_at)
    each = (
        db.session.execute(
            sa.select(*columns)
            .where(Completion.person_id == person_id)
            .order_by(Completion.course_id, Completion.period)
        ).all()
        for person_id in people
    )
    return list(merge(*each, key=lambda row: (row.course_id, row.completed_at)))


def _free_periods(rows: Sequence[Any]) -> None:
    """Under no number that another completion may get."""
    _set_periods((row.id, -row.id) for row in rows)


def _count_periods(rows: Sequence[Any]) -> None:
    """From 1, for each person and course."""
    ids = [row.id for row in rows]
    owners = dict(
        db.session.execute(sa.select(Completion.id, Completion.person_id).where(Completion.id.in_(ids))).all()
    )
    counted: dict[tuple[int, int], int] = defaultdict(int)
    places = []
    for row in rows:
        counted[owners[row.id], row.course_id] += 1
        places.append((row.id, counted[owners[row.id], row.course_id]))
    _set_periods(places)


def _set_periods(places: Iterable[tuple[int, int]]) -> None:
    if values := [{"id": row_id, "period": period} for row_id, period in places]:
        db.session.execute(sa.update(Completion), values)


PERSON_DATA = CompletionsData()
