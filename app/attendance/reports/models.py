"""Reports of meetings, who was in them, and what was decided about names."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.attendance.reports.results import Status
from app.attendance.reports.rules import Decision
from app.factories.models import Person
from app.platform.db import Base
from app.sessions.models import Site


class MeetingReport(Base):
    """What all report files of one half-day say together. The files themselves are not kept."""

    __tablename__ = "meeting_report"

    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), unique=True)
    provider: Mapped[str]
    format: Mapped[str]
    zone: Mapped[str]
    """Of whoever downloaded it."""
    parts: Mapped[dict[str, Any]]
    """`spans`: when the meeting was, as pairs of moments."""
    seconds: Mapped[int]
    account_id: Mapped[int | None]
    at: Mapped[datetime]
    times_applied: Mapped[int] = mapped_column(server_default="0")
    """How often marks were made of it."""
    applied_at: Mapped[datetime | None]

    files: Mapped[list["ReportFile"]] = relationship(order_by="ReportFile.id")
    participants: Mapped[list["ReportParticipant"]] = relationship(order_by="ReportParticipant.id")


class ReportFile(Base):
    """One file of a report: the same bytes count once."""

    __tablename__ = "report_file"

    report_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting_report.id"))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    name: Mapped[str]
    account_id: Mapped[int | None]
    at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("report_id", "sha256"),)


class ReportParticipant(Base):
    """One name or address of a report. The name is let go after a time; the minutes stay."""

    __tablename__ = "report_participant"

    report_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting_report.id"))
    key: Mapped[str] = mapped_column(sa.String(64))
    """SHA-256 of what makes rows one participant."""
    display_name: Mapped[str]
    email: Mapped[str | None] = mapped_column(index=True)
    is_host: Mapped[bool]
    said: Mapped[dict[str, Any]]
    """`joins`: connections as pairs of moments; `lengths`: seconds, first and last moment."""
    status: Mapped[Status]
    by: Mapped[str | None]
    candidates: Mapped[list[int]]
    """People whom it may be."""
    decision: Mapped[Decision | None]
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    site_id: Mapped[int | None] = mapped_column(sa.ForeignKey("site.id"))
    decided_by: Mapped[int | None]
    decided_at: Mapped[datetime | None]

    person: Mapped[Person | None] = relationship()
    site: Mapped[Site | None] = relationship()

    __table_args__ = (sa.UniqueConstraint("report_id", "key"),)


class ReportAlias(Base):
    """What was decided about a name or address before, in a programme: it proposes, and a person confirms."""

    __tablename__ = "report_alias"

    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"))
    key: Mapped[str] = mapped_column(sa.String(64))
    decision: Mapped[Decision]
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    site_name: Mapped[str | None]
    """The room, which is another site in every training session."""
    account_id: Mapped[int | None]
    at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("programme_id", "key"),)
