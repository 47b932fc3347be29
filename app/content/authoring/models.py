"""Drafts: courses that are being written."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.content.authoring.rules import DraftState
from app.platform.db import Base


class Draft(Base):
    """A course that is being written. All who may write courses work on it together."""

    __tablename__ = "draft"

    code: Mapped[str] = mapped_column(index=True)
    """The code of the course that it becomes."""
    titles: Mapped[dict[str, str]]
    """As course.yaml last said them; empty while it cannot be read."""
    based_on_id: Mapped[int | None] = mapped_column(sa.ForeignKey("course_version.id"))
    """The version it was begun from; None when it was begun blank or came as a ZIP."""
    published_id: Mapped[int | None] = mapped_column(sa.ForeignKey("course_version.id"))
    """The version it was published as."""
    state: Mapped[DraftState] = mapped_column(default=DraftState.OPEN, index=True)
    revision: Mapped[int] = mapped_column(default=0)
    """Counts every change of a file."""
    created_at: Mapped[datetime]
    created_by: Mapped[int | None]
    changed_at: Mapped[datetime]
    changed_by: Mapped[int | None]

    @property
    def is_open(self) -> bool:
        return self.state is DraftState.OPEN


class DraftFile(Base):
    """A file of a draft; its bytes lie under `blob_key`."""

    __tablename__ = "draft_file"

    draft_id: Mapped[int] = mapped_column(sa.ForeignKey("draft.id"))
    path: Mapped[str]
    blob_key: Mapped[str] = mapped_column(sa.ForeignKey("course_blob.key"))
    size: Mapped[int]
    """In bytes."""
    revision: Mapped[int]
    """That of the draft when the file was written; whoever writes it next says which one was seen."""
    changed_at: Mapped[datetime]
    changed_by: Mapped[int | None]

    __table_args__ = (sa.UniqueConstraint("draft_id", "path"),)
