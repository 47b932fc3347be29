"""What new results would do to completions, before anybody writes them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

import sqlalchemy as sa

from app.completions.models import Completion, UnitResult
from app.completions.queries import USUAL_RENEWAL_DAYS, needs
from app.completions.rules import is_complete, opens_new_period, stored_share
from app.courses.models import CourseVersion
from app.factories.models import Factory, Person, Programme
from app.platform.clock import now
from app.platform.db import db

Place = tuple[int, int]
"""A training session and a person."""


@dataclass(frozen=True, slots=True)
class Following:
    """A completion that a new result of a person would make, or else end."""

    training_id: int
    person_id: int
    is_made: bool


def would_follow(version_id: int, unit_id: int, shares: Mapping[Place, Fraction]) -> list[Following]:
    """What new shares in a unit would do to completions of its course version. It decides nothing and writes nothing.

    Whether another training session of the person takes over a completion that ends is left out. Two statements beside
    those for what the version asks for, however many people they are.
    """
    if not shares:
        return []
    wanted = needs(version_id)
    reached, holders = _reached({training_id for training_id, _ in shares})
    for place, share in shares.items():
        reached[place][unit_id] = stored_share(share)
    places = {(training_id, holders.get(entry_id, entry_id)) for training_id, entry_id in shares}
    best = _of_holders(reached, holders)
    held, holding = _held(db.session.get_one(CourseVersion, version_id).course_id)
    found = []
    for training_id, person_id in sorted(places):
        is_met, is_held = is_complete(wanted, best[training_id, person_id]), (training_id, person_id) in held
        is_free = person_id not in holding or opens_new_period(*holding[person_id], now())
        if is_met != is_held and (is_held or is_free):
            found.append(Following(training_id, person_id, is_made=is_met))
    return found


def _reached(training_ids: Collection[int]) -> tuple[dict[Place, dict[int, Decimal]], dict[int, int]]:
    """The results by entry; and each entry with the person that it is."""
    rows = db.session.execute(
        sa.select(
            UnitResult.training_id, UnitResult.person_id, UnitResult.unit_id, UnitResult.share,
            sa.func.coalesce(Person.merged_into_id, Person.id).label("holder_id"),
        )
        .join(Person, Person.id == UnitResult.person_id)
        .where(UnitResult.training_id.in_(training_ids))
    ).all()  # fmt: skip
    reached: dict[Place, dict[int, Decimal]] = defaultdict(dict)
    for row in rows:
        reached[row.training_id, row.person_id][row.unit_id] = row.share
    return reached, {row.person_id: row.holder_id for row in rows}


def _of_holders(
    reached: Mapping[Place, Mapping[int, Decimal]], holders: Mapping[int, int]
) -> Mapping[Place, Mapping[int, Decimal]]:
    """The best result of all entries of a person."""
    best: dict[Place, dict[int, Decimal]] = defaultdict(dict)
    for (training_id, entry_id), shares in reached.items():
        known = best[training_id, holders.get(entry_id, entry_id)]
        for unit_id, share in shares.items():
            known[unit_id] = max(share, known.get(unit_id, share))
    return best


Period = tuple[datetime, datetime | None, int]
"""Since when and until when something holds, and how many days before its end it can be renewed."""


def _held(course_id: int) -> tuple[set[Place], dict[int, Period]]:
    """Where a completion of the course holds now, and the last period of each person.

    What was taken over from a list stands in nobody's way.
    """
    days = sa.func.coalesce(Programme.renewal_days, USUAL_RENEWAL_DAYS).label("days")
    rows = db.session.execute(
        sa.select(
            Completion.person_id, Completion.training_id, Completion.completed_at, Completion.valid_until, days,
        )
        .outerjoin(Factory, Factory.id == Completion.factory_id)
        .outerjoin(Programme, Programme.id == Factory.programme_id)
        .where(
            Completion.course_id == course_id,
            Completion.withdrawn_at.is_(None),
            Completion.training_id.is_not(None),
        )
        .order_by(Completion.completed_at, Completion.period)
    ).all()
    return {(row.training_id, row.person_id) for row in rows}, {
        row.person_id: (row.completed_at, row.valid_until, row.days) for row in rows
    }
