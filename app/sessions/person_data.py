"""What training sessions hold of a person."""

from collections import defaultdict
from collections.abc import Collection

import sqlalchemy as sa

from app.accounts.addresses import addresses_of, own_addresses
from app.factories.known import ever_joined, known
from app.factories.merging.rows import Exported, Rows, Tables, plain
from app.platform.db import db
from app.sessions.models import Invitation, Meeting, Seat


class SessionsData(Tables):
    """A seat goes over unless the winner has one in the same training session. Calendars are known by address."""

    tables = (Rows(Seat, Seat.person_id, (Seat.training_id,)),)

    def export(self, person_id: int) -> Exported:
        """Seats, and the entries in the calendar at the person's address."""
        columns = list(Invitation.__table__.columns)
        mine = Invitation.address.in_(addresses_of([person_id]))
        found = db.session.execute(sa.select(*columns).where(mine).order_by(Invitation.id))
        rows = [{name: plain(value) for name, value in row._mapping.items()} for row in found]
        return {**super().export(person_id), "invitation": rows}

    def erase(self, person_ids: Collection[int]) -> list[str]:
        """That there was an entry in a calendar stays. At an address that others share, only the name goes."""
        forget_calendars(own_addresses(person_ids))
        names = {name for each in known(person_ids).values() for name in each.names}
        meetings = sa.select(Meeting.id).where(Meeting.training_id.in_(trainings_naming(person_ids)))
        shared = sa.and_(Invitation.meeting_id.in_(meetings), Invitation.name.in_(names))
        db.session.execute(sa.update(Invitation).where(shared).values(name=""))
        return []


def trainings_naming(person_ids: Collection[int]) -> dict[int, set[int]]:
    """Training sessions in whose letters and calendars people may be named -> whom of them."""
    called = ever_joined(person_ids)
    found: dict[int, set[int]] = defaultdict(set)
    seats = sa.select(Seat.training_id, Seat.person_id).where(Seat.person_id.in_(called))
    for training_id, person_id in db.session.execute(seats):
        found[training_id] |= called[person_id]
    return found


def forget_calendars(addresses: Collection[str]) -> None:
    """Whose calendars these were. Nothing is said to them any more."""
    for row in db.session.scalars(sa.select(Invitation).where(Invitation.address.in_(addresses))):
        row.address, row.name, row.told = f"erased-{row.id}@invalid", "", {}
    db.session.flush()


PERSON_DATA = SessionsData()
