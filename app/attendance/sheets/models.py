"""Photos of signed sheets."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.platform.db import Base
from app.platform.files.photos import PhotoKind
from app.sessions.models import Meeting, Site


class SheetPhoto(Base):
    """A photo of a sheet that people signed, kept as evidence until it is taken back or was kept long enough."""

    __tablename__ = "sheet_photo"

    sent_id: Mapped[str] = mapped_column(sa.String(32), unique=True)
    """128 random bits, chosen by whoever sends it, so that a repeat is recognised."""
    sha: Mapped[str] = mapped_column(sa.String(64))
    """SHA-256 of what was sent, before place, time and device were taken out of it."""
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    site_id: Mapped[int | None] = mapped_column(sa.ForeignKey("site.id", ondelete="SET NULL"))
    """Whose sheet it is, where that is known."""
    file_key: Mapped[str | None]
    kind: Mapped[PhotoKind]
    account_id: Mapped[int | None]
    at: Mapped[datetime]
    """When the server took it."""
    device_at: Mapped[datetime | None]
    """What the clock of the device said; shown, and never used to decide."""
    withdrawn_at: Mapped[datetime | None]

    meeting: Mapped[Meeting] = relationship()
    site: Mapped[Site | None] = relationship()
