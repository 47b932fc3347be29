"""What the product knows of a half-day before it reads a report."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from app.accounts.models import Account, RoleGrant
from app.attendance import queries as marks
from app.attendance.reports.models import ReportAlias
from app.attendance.reports.results import Known, Listed
from app.factories.models import Programme
from app.platform.db import db
from app.sessions import queries as sessions
from app.sessions.models import Meeting, Seat, Site
from app.sessions.rules import SiteKind


@dataclass(frozen=True)
class Around:
    """The people of a half-day, in the order of the list that is matched against, and what the report is read with."""

    meeting: Meeting
    seats: Sequence[Seat]
    listed: tuple[Listed, ...]
    known: Known
    sites: Sequence[Site]
    """Rooms that are one connection."""

    def seat_numbered(self, number: str) -> Seat | None:
        """The seat of the person with this employee number, as the list writes it."""
        pairs = zip(self.seats, self.listed, strict=True)
        return next((seat for seat, person in pairs if person.employee_number == number), None)


def around(meeting: Meeting, zone: str | None = None, date_order: str | None = None) -> Around:
    """The caller has checked the half-day. `zone` is that of whoever downloaded the report."""
    training = meeting.training
    seats, numbers = sessions.booked(training.id), marks.numbers(training.id)
    listed = tuple(_listed(seat, numbers.get(seat.person_id, "")) for seat in seats)
    sites = [site for site in training.sites if site.kind is SiteKind.FACTORY_ROOM and site.name]
    clock = ZoneInfo(zone or meeting.zone)
    known = Known(
        clock, meeting.starts_at.astimezone(clock).date(), date_order, tuple(site.name for site in sites),
        tuple(_staff(training.programme_id)), ((meeting.starts_at, meeting.ends_at),),
    )  # fmt: skip
    return Around(meeting, seats, listed, known, sites)


def _listed(seat: Seat, number: str) -> Listed:
    person = seat.person
    return Listed(number, person.name, person.local_name, person.email, person.phone)


def _staff(programme_id: int) -> Sequence[str]:
    """Addresses of who works in the programme; focal points of factories may well be trained themselves."""
    works = sa.exists().where(
        RoleGrant.account_id == Account.id, RoleGrant.factory_id.is_(None), RoleGrant.group_id.is_(None),
        sa.or_(RoleGrant.programme_id == programme_id, RoleGrant.programme_id.is_(None)),
    )  # fmt: skip
    return db.session.scalars(sa.select(Account.email).where(works)).all()


def remembered(programme_id: int, keys: Collection[str]) -> dict[str, ReportAlias]:
    """What was decided about these names before, by key."""
    found = sa.select(ReportAlias).where(ReportAlias.programme_id == programme_id, ReportAlias.key.in_(keys))
    return {row.key: row for row in db.session.scalars(found)}


def zones(meeting: Meeting) -> list[str]:
    """In which a report may be: that of the half-day, of its programme, and of the others, for trainers travel."""
    others = sorted(set(db.session.scalars(sa.select(Programme.zone))))
    return [meeting.zone, meeting.training.programme.zone, *others, "UTC"]
