"""What must be learnt at the factories of a programme; what exactly, its versions say."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base


class Requirement(Base):
    """A requirement of a programme under one code, whatever its versions say. See `requirements/models.py`."""

    __tablename__ = "requirement"

    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"))
    code: Mapped[str]
    """As addresses and files name it, unique in the programme; usually that of its course."""
    title: Mapped[dict[str, str]]

    __table_args__ = (sa.UniqueConstraint("programme_id", "code"),)
