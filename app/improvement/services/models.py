"""The log of services. Triggers refuse to change or remove a row: a correction is a row of its own."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.factories.models import Factory
from app.improvement.roadmap.models import RoadmapAction
from app.improvement.services.rules import ServiceKind
from app.platform.db import Base
from app.sessions.rules import Modality


class ServiceLog(Base):
    """Something that the programme did for a factory on a day that was over, or had begun, when it was written down."""

    __tablename__ = "service_log"

    sent_id: Mapped[str | None] = mapped_column(sa.String(32))
    """128 random bits of the form, so that a repeat is recognised."""
    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"))
    kind: Mapped[ServiceKind]
    theme: Mapped[str | None]
    mode: Mapped[Modality]
    held_on: Mapped[date]
    minutes: Mapped[int]
    women: Mapped[int]
    men: Mapped[int]
    notes: Mapped[list[str]]
    corrects_id: Mapped[int | None] = mapped_column(sa.ForeignKey("service_log.id"), unique=True)
    """The row that no longer counts since this one."""
    is_withdrawn: Mapped[bool] = mapped_column(default=False)
    """It says that the one that it corrects did not take place."""
    logged_at: Mapped[datetime]
    account_id: Mapped[int | None]

    factory: Mapped[Factory] = relationship()
    actions: Mapped[list[RoadmapAction]] = relationship(
        secondary="service_action", order_by="RoadmapAction.id", viewonly=True)

    __table_args__ = (
        sa.Index("ix_service_log_factory_held", "factory_id", "held_on"),
        sa.Index("uq_service_log_sent_id", "sent_id", unique=True),
    )


class ServiceAction(Base):
    """A service helped an action of the roadmap on."""

    __tablename__ = "service_action"

    service_id: Mapped[int] = mapped_column(sa.ForeignKey("service_log.id"))
    action_id: Mapped[int] = mapped_column(sa.ForeignKey("roadmap_action.id"), index=True)

    __table_args__ = (sa.UniqueConstraint("service_id", "action_id"),)
