"""Photos in the storage. Each is a file of its own, so that deleting one takes it from nobody else."""

from collections.abc import Collection, Iterator
from contextlib import suppress

import sqlalchemy as sa

from app.lessons.models import PracticeLog
from app.platform.db import db
from app.platform.files import FileMissing, single
from app.platform.files.photos import Photo


def keep(photo: Photo) -> str:
    """Store and return the key."""
    return single.keep(photo.data)


def kept(key: str) -> bytes:
    """The photo of a key. Raises FileMissing."""
    return single.kept(key)


def file_name(log: PracticeLog) -> str:
    """What the photo of a log is called where it is handed out."""
    return f"practice-{log.id}.{log.photo_kind}"


def photos_of_person(person_ids: Collection[int]) -> Iterator[tuple[str, bytes]]:
    """Name and content of every photo of a person that is there. The caller has checked the person."""
    mine = sa.select(PracticeLog).where(PracticeLog.person_id.in_(person_ids), PracticeLog.photo_key.is_not(None))
    for log in db.session.scalars(mine.order_by(PracticeLog.id)):
        with suppress(FileMissing):
            yield file_name(log), kept(log.photo_key or "")
