"""What is kept of unknown people who turned out to be somebody."""

from collections.abc import Collection

import sqlalchemy as sa

from app.attendance.guests.models import Guest, GuestMark
from app.factories.known import known
from app.factories.merging.rows import Rows
from app.factories.models import Employment
from app.platform.db import db

_WHOSE = sa.select(Guest.person_id).where(Guest.id == GuestMark.guest_id).scalar_subquery()

TABLES = (
    Rows(Guest, Guest.person_id, training=Guest.training_id),
    Rows(GuestMark, _WHOSE, moves=False),
)


def forget_guests(person_ids: Collection[int]) -> None:
    """That somebody unknown was there stays; not the name and number, under which one of these people was met. The same
    of guests whom nobody has found yet, when they are named like one of them and came from the same factory.
    """
    theirs = sa.select(Employment.factory_id).where(Employment.person_id.in_(person_ids))
    names = {name for each in known(person_ids).values() for name in each.names}
    named = sa.and_(Guest.name.in_(names), Guest.factory_id.in_(theirs))
    found = sa.or_(Guest.person_id.in_(person_ids), named)
    db.session.execute(sa.update(Guest).where(found).values(name="", number="", factory_name=""))
