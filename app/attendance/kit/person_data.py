"""What phones without network brought of a person."""

from collections.abc import Collection

import sqlalchemy as sa

from app.attendance.kit import retention
from app.attendance.kit.models import HeldMark, KitReceipt
from app.attendance.kit.naming import noting, speaking_of
from app.factories.merging.rows import Rows, Tables
from app.platform.db import db
from app.sessions.models import Meeting

_TRAINING = sa.select(Meeting.training_id).where(Meeting.id == HeldMark.meeting_id).scalar_subquery()


class KitData(Tables):
    """Held records go with the person; receipts are a log and stay."""

    tables = (
        Rows(HeldMark, HeldMark.person_id, training=_TRAINING),
        Rows(KitReceipt, KitReceipt.person_id, moves=False),
    )

    def erase(self, person_ids: Collection[int]) -> list[str]:
        """The content of held records: names of guests, texts of cards, what was said, photos of sheets."""
        noted = sa.update(HeldMark).where(HeldMark.id.in_(noting(person_ids)))
        keys = retention.forget(speaking_of(person_ids))
        db.session.execute(noted.values(note=""))
        return keys


PERSON_DATA = KitData()
