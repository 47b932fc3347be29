"""Photos of signed sheets. The caller has checked the half-day."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from app.accounts import queries as accounts
from app.attendance.sheets.models import SheetPhoto
from app.platform.db import db
from app.platform.refusal import NotFound
from app.sessions.models import Meeting, Seat
from app.sessions.queries.joining import exceptions, site_of, used_sites


@dataclass(frozen=True)
class Shot:
    """A photo, and who sent it; the name is empty when the system did."""

    photo: SheetPhoto
    account_name: str


def photos_of(meeting: Meeting, site_id: int | None = None) -> Sequence[Shot]:
    """The photos of a half-day, in the order in which they came: those of one site, with those whose site is open."""
    mine = sa.select(SheetPhoto).where(SheetPhoto.meeting_id == meeting.id, SheetPhoto.withdrawn_at.is_(None))
    if site_id is not None:
        mine = mine.where(sa.or_(SheetPhoto.site_id == site_id, SheetPhoto.site_id.is_(None)))
    found = db.session.scalars(mine.order_by(SheetPhoto.id)).all()
    who = accounts.accounts_by_id({photo.account_id for photo in found if photo.account_id is not None})
    return [Shot(photo, who[photo.account_id].name if photo.account_id in who else "") for photo in found]


def photos_for(meeting: Meeting, seat: Seat) -> Sequence[Shot]:
    """The photos of the sheet on which somebody stands at a half-day."""
    site = site_of(seat, meeting, exceptions(meeting.training_id), used_sites(meeting))
    return photos_of(meeting, site.id)


def photo_of(meeting: Meeting, row_id: int) -> SheetPhoto:
    """One photo of a half-day that is still there. Raises NotFound."""
    found = db.session.get(SheetPhoto, row_id)
    if found is None or found.meeting_id != meeting.id or found.file_key is None:
        raise NotFound
    return found
