"""How much each trainer of a programme has to do."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from app.accounts import queries as accounts
from app.accounts.models import Account
from app.factories.models import Programme
from app.factories.structure.rules import rest_days_of
from app.platform.db import db
from app.sessions.models import Meeting, Trainer, TrainingSession
from app.sessions.planner.loads import Load, Taught, leave_days, load
from app.sessions.planner.rules import Span
from app.sessions.registers.models import Absence
from app.sessions.rules import MeetingState, TrainingState

_NOT_HELD = (TrainingState.CANCELLED, TrainingState.POSTPONED)


@dataclass(frozen=True)
class TrainerLoad:
    """A trainer and what there is to do."""

    account: Account
    load: Load
    leave: int
    """Working days of leave."""


def loads(programme: Programme, within: Span, trainer: int | None = None) -> list[TrainerLoad]:
    """Every trainer of the programme, and who else teaches in it in these days, by name. The caller has checked.

    A half-day counts on the day on which it begins in the zone of the programme. Four statements.
    """
    of: dict[int, list[Taught]] = defaultdict(list)
    for row in _taught(programme, within):
        of[row.account_id].append(row)
    known = {account.id: account for account in accounts.trainers(programme.id)}
    known |= accounts.accounts_by_id(of.keys() - known.keys())
    shown = [account for account in known.values() if trainer in {None, account.id}]
    ordered = sorted(shown, key=lambda account: (account.name, account.id))
    away, rests = _away(known, within), rest_days_of(programme, programme)
    return [
        TrainerLoad(account, load(of.get(account.id, ())), leave_days(away[account.id], within, rests))
        for account in ordered
    ]


def _away(ids: Collection[int], within: Span) -> Mapping[int, list[tuple[date, date]]]:
    found: dict[int, list[tuple[date, date]]] = defaultdict(list)
    rows = sa.select(Absence.account_id, Absence.starts_on, Absence.ends_on).where(Absence.account_id.in_(ids))
    touching = rows.where(Absence.starts_on <= within.last, Absence.ends_on >= within.first)
    for account_id, first, last in db.session.execute(touching):
        found[account_id].append((first, last))
    return found


def _taught(programme: Programme, within: Span) -> Sequence[Taught]:
    place, midnight = ZoneInfo(programme.zone), datetime.min.time()
    rows = db.session.execute(
        sa.select(
            Trainer.account_id, Meeting.training_id, Meeting.starts_at, Meeting.ends_at, Meeting.modality,
            TrainingSession.state,
        )
        .join(TrainingSession, TrainingSession.id == Trainer.training_id)
        .join(Meeting, Meeting.training_id == TrainingSession.id)
        .where(
            TrainingSession.programme_id == programme.id,
            TrainingSession.state.not_in(_NOT_HELD),
            Meeting.state == MeetingState.PLANNED,
            Meeting.starts_at >= datetime.combine(within.first, midnight, place),
            Meeting.starts_at < datetime.combine(within.last + timedelta(days=1), midnight, place),
        )
    )  # fmt: skip
    return [Taught(*row) for row in rows]
