"""People who come back: a person keeps the history, whatever the number of employments."""

from collections.abc import Sequence

import sqlalchemy as sa

from app.factories.models import Employment, Person
from app.factories.roster import Row
from app.factories.roster.names import same_name_key
from app.factories.roster.numbers import number_key
from app.platform.db import db


def returning(factory_id: int, rows: Sequence[Row]) -> dict[int, int]:
    """Row number -> person, for rows whose number and name somebody had who was employed here before."""
    if not rows:
        return {}
    ended = (
        sa.select(Employment.number_key, Person.name, Person.sex, Person.id)
        .join(Person, Person.id == Employment.person_id)
        .where(Employment.factory_id == factory_id, Employment.ended_on.is_not(None))
        .order_by(Employment.ended_on)
    )
    before = {(key, same_name_key(name)): (sex, person_id) for key, name, sex, person_id in db.session.execute(ended)}
    found = {}
    for row in rows:
        sex, person_id = before.get((number_key(row.employee_number), same_name_key(row.name)), (None, None))
        if person_id is not None and (sex is None or row.sex in (None, sex)):
            found[row.row] = person_id
    return found
