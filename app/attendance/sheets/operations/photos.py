"""Keeping photos of signed sheets, and taking them back."""

import hashlib
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.attendance.operations.loading import hold
from app.attendance.rules import is_mark_id
from app.attendance.sheets.models import SheetPhoto
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db, insert
from app.platform.faults import point
from app.platform.files import single
from app.platform.files.photos import PhotoFault, PhotoKind, PhotoRefused, clean
from app.platform.i18n import _
from app.platform.jobs import enqueue
from app.platform.refusal import NotFound, Refused
from app.sessions.models import Meeting

MOST_OF_A_HALF_DAY = 200
"""Photos: far more than sheets can have pages, far less than would fill a disk."""


class PhotoClash(Refused):
    """The id was used before for another photo. Nothing was kept."""


def keep_photo(
    actor: Actor,
    meeting_id: int,
    photo_id: str,
    data: bytes,
    *,
    site_id: int | None = None,
    device_at: datetime | None = None,
) -> SheetPhoto:
    """Keep a photo of a signed sheet, without place, time and device in it, as evidence of a half-day.

    Whatever has become of the half-day meanwhile: somebody signed. `photo_id` are 128 random bits in hex digits:
    the same photo again answers what was kept. A site that is none of the training session's, or no more, is left open.
    Raises NotFound; PhotoRefused for anything but a sound JPEG or PNG of at most 12 MB; PhotoClash when the id was used
    for another photo; Refused when there are too many.
    """
    if not is_mark_id(photo_id):
        raise Refused(_("This photo could not be read. Load the page again, then choose it once more."))
    meeting, sha = hold(actor, meeting_id), hashlib.sha256(data).hexdigest()
    photo = clean(data)
    if photo.kind is PhotoKind.WEBP:
        raise PhotoRefused(PhotoFault.UNKNOWN)
    values = {
        "sent_id": photo_id, "sha": sha, "meeting_id": meeting.id, "site_id": _own_site(meeting, site_id),
        "kind": photo.kind, "account_id": actor.account_id, "at": now(), "device_at": device_at,
    }  # fmt: skip
    new = insert(SheetPhoto).values(**values).on_conflict_do_nothing(index_elements=["sent_id"])
    is_new = db.session.scalar(new.returning(SheetPhoto.id)) is not None
    row = db.session.scalars(sa.select(SheetPhoto).where(SheetPhoto.sent_id == photo_id)).one()
    if is_new:
        _refuse_too_many(meeting.id)
        row.file_key = single.keep(photo.data)
        point("attendance.photo_kept")
        audit.record(actor, "attendance.keep_photo", f"meeting:{meeting.id}", photo=row.id)
    elif (row.sha, row.meeting_id) != (sha, meeting.id):
        raise PhotoClash(_("Another photo was sent under this number. Load the page again, then choose it once more."))
    return row


def withdraw_photo(actor: Actor, meeting_id: int, row_id: int) -> SheetPhoto:
    """Take a photo back for good: the picture is deleted; that there was one, and when, stays. Marks stay as they are.

    Doing it again changes nothing. Raises NotFound.
    """
    meeting = hold(actor, meeting_id)
    row = db.session.get(SheetPhoto, row_id, with_for_update=True)
    if row is None or row.meeting_id != meeting.id:
        raise NotFound
    if row.withdrawn_at is None:
        row.withdrawn_at = now()
        if row.file_key:
            enqueue("privacy.delete_file", key=row.file_key)
        row.file_key = None
        audit.record(actor, "attendance.withdraw_photo", f"meeting:{meeting.id}", photo=row.id)
    return row


def _own_site(meeting: Meeting, site_id: int | None) -> int | None:
    return site_id if site_id in {site.id for site in meeting.training.sites} else None


def _refuse_too_many(meeting_id: int) -> None:
    kept = sa.select(sa.func.count()).where(SheetPhoto.meeting_id == meeting_id)
    if (db.session.scalar(kept) or 0) > MOST_OF_A_HALF_DAY:
        raise Refused(_("There are too many photos of this half-day already."))
