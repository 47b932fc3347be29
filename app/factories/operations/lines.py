"""The lines that a roster names."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.factories.models import Line
from app.factories.plan import Plan
from app.factories.undo import LineName
from app.platform.db import db, insert


@dataclass(frozen=True)
class Lines:
    """Every line of the factory by name, and what became of them."""

    ids: Mapping[str, int]
    added: tuple[int, ...]
    renamed: tuple[LineName, ...]
    reopened: Mapping[int, date]


def prepare(factory_id: int, plan: Plan, named: Set[str], on: date) -> Lines:
    """Rename what was renamed, add what is new, reopen what was closed by the day of a roster that names it.

    `named` are the lines that the roster itself names, not those that it leaves as they were. A line whose new name
    another line already has is not renamed: its people move there.
    """
    renamed = tuple(_rename(factory_id, plan))
    known = _known(factory_id)
    rows = (*plan.joiners, *(pair.row for pair in (*plan.stayed, *plan.renumbered)))
    new = {row.line for row in rows if row.line} - known.keys()
    if new:
        added = [{"factory_id": factory_id, "name": name} for name in sorted(new)]
        db.session.execute(insert(Line).on_conflict_do_nothing(), added)
        known = _known(factory_id)
    reopened = _reopen(factory_id, named & {row.line for row in rows if row.line}, on)
    return Lines(known, tuple(known[name] for name in sorted(new)), renamed, reopened)


def _reopen(factory_id: int, names: Set[str], on: date) -> dict[int, date]:
    closed = sa.select(Line.id, Line.name, Line.closed_on).where(Line.factory_id == factory_id, Line.closed_on <= on)
    days = {line_id: day for line_id, name, day in db.session.execute(closed) if day and name in names}
    if days:
        db.session.execute(sa.update(Line).where(Line.id.in_(days)).values(closed_on=None))
    return days


def _rename(factory_id: int, plan: Plan) -> list[LineName]:
    known, renamed = _known(factory_id), []
    for change in plan.changes.lines_renamed:
        if change.before in known and change.after not in known:
            line_id = known[change.after] = known.pop(change.before)
            db.session.execute(sa.update(Line).where(Line.id == line_id).values(name=change.after))
            renamed.append(LineName(line_id, change.before, change.after))
    return renamed


def _known(factory_id: int) -> dict[str, int]:
    rows = db.session.execute(sa.select(Line.name, Line.id).where(Line.factory_id == factory_id))
    return dict(rows.all())
