"""What reports of meetings hold of a person."""

from collections.abc import Collection

import sqlalchemy as sa

from app.attendance.reports import retention
from app.attendance.reports.models import MeetingReport, ReportAlias, ReportParticipant
from app.factories.known import known
from app.factories.merging.rows import Rows
from app.platform.db import db
from app.sessions.models import Meeting, Seat

TABLES = (
    Rows(ReportParticipant, ReportParticipant.person_id, hidden=frozenset({"key", "candidates"})),
    Rows(ReportAlias, ReportAlias.person_id, hidden=frozenset({"key"})),
)


def forget_participants(person_ids: Collection[int]) -> None:
    """That somebody was in a meeting stays. Names and addresses go, also where nobody decided whose they are, and what
    was remembered of them."""
    decided = sa.select(ReportParticipant.id).where(ReportParticipant.person_id.in_(person_ids))
    retention.forget({*db.session.scalars(decided), *_speaking_of(person_ids)})
    db.session.execute(sa.delete(ReportAlias).where(ReportAlias.person_id.in_(person_ids)))


def _speaking_of(person_ids: Collection[int]) -> list[int]:
    """Participants of the training sessions of these people who are called or reached like one of them, and those whom
    one of them may be."""
    words = {word.casefold() for each in known(person_ids).values() for word in each.words}
    mails = {word for word in words if "@" in word}
    trainings = sa.select(Seat.training_id).where(Seat.person_id.in_(person_ids))
    here = (
        sa.select(MeetingReport.id)
        .join(Meeting, Meeting.id == MeetingReport.meeting_id)
        .where(Meeting.training_id.in_(trainings))
    )
    wanted = sa.or_(ReportParticipant.report_id.in_(here), ReportParticipant.email.in_(mails))
    wanted_people = set(person_ids)
    return [
        row.id for row in db.session.scalars(sa.select(ReportParticipant).where(wanted))
        if wanted_people & set(row.candidates)
        or any(word in row.display_name.casefold() or word == row.email for word in words)
    ]
