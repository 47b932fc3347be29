"""What factories said of themselves. Triggers refuse to change or remove it: who looks again fills in again."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.factories.models import Factory
from app.platform.db import Base


class Diagnostic(Base):
    """The form of a theme, filled in for a factory on a day. `answers` are question -> yes, partly or no."""

    __tablename__ = "diagnostic"

    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"))
    theme: Mapped[str]
    version: Mapped[str]
    """The edition of the form: it changes with its questions."""
    answers: Mapped[dict[str, str]]
    filled_on: Mapped[date]
    at: Mapped[datetime]
    account_id: Mapped[int | None]

    factory: Mapped[Factory] = relationship()

    __table_args__ = (sa.Index("ix_diagnostic_factory_theme", "factory_id", "theme", "id"),)
