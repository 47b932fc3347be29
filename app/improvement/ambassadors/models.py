"""Who is an ambassador of a factory, and what was said of the tasks that ambassadors did there."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.courses.models import PathwayVersion
from app.factories.models import Factory, Person
from app.improvement.ambassadors.rules import AmbassadorKind, Verdict
from app.platform.db import Base


class Ambassador(Base):
    """A person trains colleagues at a factory for a term, on the edition of a pathway that was current at its start.

    `ends_on` is the last day. The term ends before it when the person leaves the factory: nobody writes that down, it
    is seen from the employments whenever the term is read.
    """

    __tablename__ = "ambassador"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"), index=True)
    kind: Mapped[AmbassadorKind]
    pathway_version_id: Mapped[int] = mapped_column(sa.ForeignKey("pathway_version.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    account_id: Mapped[int | None]
    """Who appointed; None for the system."""
    appointed_at: Mapped[datetime]

    person: Mapped[Person] = relationship()
    factory: Mapped[Factory] = relationship()
    pathway_version: Mapped[PathwayVersion] = relationship()

    __table_args__ = (sa.UniqueConstraint("factory_id", "person_id", "starts_on"),)


class TaskVerdict(Base):
    """What somebody said of a log of a practice task, once more when the mind changed: the last row counts."""

    __tablename__ = "task_verdict"

    log_id: Mapped[int] = mapped_column(sa.ForeignKey("practice_log.id"), index=True)
    verdict: Mapped[Verdict]
    account_id: Mapped[int | None]
    at: Mapped[datetime]
