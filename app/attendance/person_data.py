"""What attendance holds of a person."""

import sqlalchemy as sa

from app.attendance.models import CurrentMark, MarkEntry
from app.factories.merging.rows import Rows, Tables
from app.sessions.models import Meeting

_TRAINING = sa.select(Meeting.training_id).where(Meeting.id == CurrentMark.meeting_id).scalar_subquery()


class AttendanceData(Tables):
    """The marks of a training session stay together; the log of marking is never changed."""

    tables = (
        Rows(CurrentMark, CurrentMark.person_id, (_TRAINING,)),
        Rows(MarkEntry, MarkEntry.person_id, moves=False),
    )


PERSON_DATA = AttendanceData()
