"""People who come back: a person keeps the history, whatever the number of employments."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.factories import queries
from app.factories.models import Employment
from app.factories.proposal import recognise
from app.factories.roster import Row
from app.platform.db import db


@dataclass(frozen=True)
class Returning:
    """Somebody who worked here before; the last employment ended on `ended_on`."""

    person_id: int
    ended_on: date


def returning(factory_id: int, rows: Sequence[Row]) -> dict[int, Returning]:
    """Row number -> who comes back: the row's number and name are of somebody who was employed here and no longer is.

    A person comes back once, whatever the number of rows.
    """
    known = recognise(rows, queries.former(factory_id)) if rows else {}
    ends = _last_ends(factory_id) if known else {}
    return dict(_once((row, Returning(one.person_id, ends[one.person_id])) for row, one in known.items()
                      if one.person_id in ends))


def _once(found: Iterator[tuple[int, Returning]]) -> Iterator[tuple[int, Returning]]:
    seen: set[int] = set()
    for row, one in found:
        if one.person_id not in seen:
            seen.add(one.person_id)
            yield row, one


def _last_ends(factory_id: int) -> dict[int, date]:
    """The last day of everybody who was employed here and is not any more."""
    rows: sa.Result[Any] = db.session.execute(
        sa.select(Employment.person_id, sa.func.max(Employment.ended_on).label("ended"))
        .where(Employment.factory_id == factory_id)
        .group_by(Employment.person_id)
        .having(sa.func.count() == sa.func.count(Employment.ended_on))
    )
    return {row.person_id: row.ended for row in rows}
