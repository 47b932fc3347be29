"""What waits in the office of a programme."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.models import Factory, Programme
from app.factories.queries import visible_factories
from app.notifications.queries import visible as visible_mails
from app.platform.db import db
from app.platform.mail.models import MailMessage, MailState
from app.sessions.models import TrainingSession
from app.sessions.queries.lists import TrainingFilter, trainings
from app.sessions.rules import Phase, TrainingState

_MOST, _COUNTED = 6, 500


@dataclass(frozen=True)
class Office:
    """Counts, and the training sessions that run or wait for somebody."""

    factories: int
    running: Sequence[Any]
    coming: Sequence[Any]
    mails: dict[MailState, int]

    @property
    def waiting(self) -> Sequence[Any]:
        """Training sessions with nominations that nobody has settled."""
        return [row for row in self.coming if row.requested][:_MOST]

    @property
    def ahead(self) -> Sequence[Any]:
        """The other training sessions that run or come next."""
        return [*self.running, *(row for row in self.coming if not row.requested)][:_MOST]

    @property
    def requested(self) -> int:
        return sum(row.requested for row in self.coming)


def office(actor: Actor) -> Office:
    """The office of the programmes that the actor manages. Four statements."""
    factories = visible_factories(actor, Permission.FACTORIES_READ).with_only_columns(sa.func.count(Factory.id))
    return Office(
        factories=db.session.scalar(factories) or 0,
        running=_open(actor, Phase.RUNNING),
        coming=_open(actor, Phase.COMING),
        mails=_mails(actor),
    )


def _open(actor: Actor, phase: Phase) -> Sequence[Any]:
    is_open = TrainingSession.state.in_([TrainingState.TENTATIVE, TrainingState.CONFIRMED])
    statement = trainings(actor, TrainingFilter(phase=phase, is_dated=True)).where(is_open)
    return db.session.execute(statement.add_columns(Programme.name.label("programme")).limit(_COUNTED)).all()


def _mails(actor: Actor) -> dict[MailState, int]:
    counted = sa.select(MailMessage.state, sa.func.count()).where(visible_mails(actor)).group_by(MailMessage.state)
    return {row[0]: row[1] for row in db.session.execute(counted)}
