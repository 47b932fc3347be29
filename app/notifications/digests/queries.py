"""What stands in the digest of an account, by what it does; and who gets one now."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor, Grant
from app.access.roles import Role
from app.accounts.models import Account, RoleGrant
from app.accounts.queries import held_now
from app.courses.models import CourseVersion
from app.factories.models import Factory, Programme
from app.notifications.choices import without_digests
from app.notifications.digests.rules import Fact, FactKind, digest_due
from app.notifications.reminders.queries import Timing, timings
from app.platform.clock import now
from app.platform.db import db
from app.sessions.models import Meeting, Seat, Trainer, TrainingSession
from app.sessions.rules import MeetingState, SeatState, TrainingState

_NEAR, _FAR = timedelta(days=7), timedelta(days=28)
_AHEAD = (TrainingState.TENTATIVE, TrainingState.CONFIRMED)
ROLES = (Role.FOCAL_POINT, Role.TRAINER, Role.ADVISOR, Role.PROGRAMME_MANAGER)
"""Roles that have a digest, in the order in which their parts stand in it."""


@dataclass(frozen=True)
class Line:
    """A training session in a digest."""

    training_id: int
    code: str
    titles: Mapping[str, str]
    starts_at: datetime
    zone: str
    facts: Sequence[Fact]


Part = tuple[Role, Sequence[Line]]


def digest(actor: Actor) -> list[Part]:
    """The parts that say something. At most three statements for each role."""
    held = [role for role in ROLES if actor.has_role(role)]
    parts = [(role, _READ[role]([grant for grant in actor.grants if grant.role is role], actor)) for role in held]
    return [(role, lines) for role, lines in parts if lines]


def _for_factories(grants: Sequence[Grant], _actor: Actor) -> list[Line]:
    """Coming training sessions with own seats: booked, without a name, waiting."""
    own = {grant.factory_id for grant in grants if grant.factory_id}
    has_seat = sa.exists().where(
        Seat.training_id == TrainingSession.id, Seat.factory_id.in_(own), Seat.state.in_(_COUNTED)
    )
    kinds = (FactKind.TENTATIVE, FactKind.BOOKED, FactKind.TO_NAME, FactKind.REQUESTED, FactKind.WAITING)
    return _lines(has_seat, _FAR, kinds, Seat.factory_id.in_(own))


def _for_trainers(_grants: Sequence[Grant], actor: Actor) -> list[Line]:
    """The half-days of the coming week; requests to answer and low numbers wherever they are."""
    teaches = sa.exists().where(Trainer.training_id == TrainingSession.id, Trainer.account_id == actor.account_id)
    kinds = (FactKind.HALF_DAYS, FactKind.TENTATIVE, FactKind.BOOKED, FactKind.REQUESTED, FactKind.FEW)
    return [line for line in _lines(teaches, _FAR, kinds) if _wants_a_trainer(line)]


def _wants_a_trainer(line: Line) -> bool:
    asked = {FactKind.HALF_DAYS, FactKind.REQUESTED, FactKind.FEW}
    return any(fact.kind in asked for fact in line.facts)


def _for_advisors(grants: Sequence[Grant], _actor: Actor) -> list[Line]:
    """Coming training sessions with seats of the factories that are advised."""
    advised = _factories(grants)
    has_seat = sa.exists().where(
        Seat.training_id == TrainingSession.id, Seat.factory_id.in_(advised), Seat.state.in_(_COUNTED)
    )
    kinds = (FactKind.TENTATIVE, FactKind.BOOKED, FactKind.TO_NAME, FactKind.WAITING)
    return _lines(has_seat, _FAR, kinds, Seat.factory_id.in_(advised))


def _for_managers(grants: Sequence[Grant], _actor: Actor) -> list[Line]:
    """The coming week of the programme."""
    within = TrainingSession.programme_id.in_({grant.programme_id for grant in grants if grant.is_in_programme})
    kinds = (FactKind.HALF_DAYS, FactKind.TENTATIVE, FactKind.BOOKED, FactKind.REQUESTED, FactKind.FEW)
    return _lines(within, _NEAR, kinds)


_READ: dict[Role, Callable[[Sequence[Grant], Actor], list[Line]]] = {
    Role.FOCAL_POINT: _for_factories,
    Role.TRAINER: _for_trainers,
    Role.ADVISOR: _for_advisors,
    Role.PROGRAMME_MANAGER: _for_managers,
}


def _factories(grants: Sequence[Grant]) -> sa.Select[Any]:
    programmes = {grant.programme_id for grant in grants if grant.is_in_programme}
    own = {grant.factory_id for grant in grants if grant.factory_id}
    return sa.select(Factory.id).where(sa.or_(Factory.id.in_(own), Factory.programme_id.in_(programmes)))


_COUNTED = {
    SeatState.BOOKED: FactKind.BOOKED, SeatState.RESERVED: FactKind.TO_NAME, SeatState.REQUESTED: FactKind.REQUESTED,
    SeatState.WAIT_LISTED: FactKind.WAITING,
}  # fmt: skip


def _lines(
    which: sa.ColumnElement[bool], ahead: timedelta, kinds: Collection[FactKind],
    seats: sa.ColumnElement[bool] | None = None,
) -> list[Line]:  # fmt: skip
    """Training sessions with a half-day within `ahead`, the nearest first, with what `kinds` say of them."""
    near = sa.case((Meeting.starts_at < now() + _NEAR, Meeting.id))
    half_days = (
        sa.select(Meeting.training_id, sa.func.min(Meeting.starts_at).label("first"), sa.func.count(near).label("near"))
        .where(Meeting.state == MeetingState.PLANNED, Meeting.starts_at > now(), Meeting.starts_at < now() + ahead)
        .group_by(Meeting.training_id)
        .subquery()
    )
    rows = db.session.execute(
        sa.select(
            TrainingSession.id, TrainingSession.code, TrainingSession.state, TrainingSession.least_people,
            CourseVersion.titles, Programme.zone, half_days.c.first, half_days.c.near,
        )
        .join(half_days, half_days.c.training_id == TrainingSession.id)
        .join(CourseVersion, CourseVersion.id == TrainingSession.version_id)
        .join(Programme, Programme.id == TrainingSession.programme_id)
        .where(TrainingSession.state.in_(_AHEAD), which)
        .order_by(half_days.c.first, TrainingSession.id)
    ).all()
    counts = _counts([row.id for row in rows], seats)
    return [
        Line(
            row.id, row.code, row.titles, row.first, row.zone,
            [fact for fact in _facts(row, counts[row.id]) if fact.kind in kinds],
        )
        for row in rows
    ]  # fmt: skip


def _facts(row: Any, counts: Mapping[FactKind, int]) -> list[Fact]:
    is_tentative = row.state is TrainingState.TENTATIVE
    is_low = row.least_people is not None and counts[FactKind.BOOKED] < row.least_people
    numbers = {
        FactKind.HALF_DAYS: row.near,
        FactKind.TENTATIVE: int(is_tentative),
        **{kind: counts[kind] for kind in _COUNTED.values()},
        FactKind.FEW: row.least_people if is_low else 0,
    }
    return [Fact(kind, number) for kind, number in numbers.items() if number]


def _counts(
    training_ids: Collection[int], seats: sa.ColumnElement[bool] | None
) -> Mapping[int, Mapping[FactKind, int]]:
    found: dict[int, dict[FactKind, int]] = defaultdict(lambda: defaultdict(int))
    own = [seats] if seats is not None else []
    counted = sa.select(Seat.training_id, Seat.state, sa.func.count()).where(
        Seat.training_id.in_(training_ids), Seat.state.in_(_COUNTED), *own
    )
    for training_id, state, number in db.session.execute(counted.group_by(Seat.training_id, Seat.state)):
        found[training_id][_COUNTED[state]] = number
    return found


def due_accounts() -> list[tuple[int, date]]:
    """Accounts whose digest is to be sent now, and of which week. An account keeps the week of its first programme."""
    due = {programme_id: week for programme_id, timing in timings().items() if (week := due_week(timing))}
    if not due:
        return []
    homes = _homes()
    off = without_digests(list(homes))
    return [(account, due[home]) for account, home in homes.items() if home in due and account not in off]


def due_week(timing: Timing) -> date | None:
    """The week whose digest a programme sends now."""
    return None if timing.is_quiet_now else digest_due(timing.at().date(), timing.rest, timing.holidays)


def home_of(account_id: int) -> int | None:
    """The first programme in which an account has a role with a digest."""
    return _homes(account_id).get(account_id)


def _homes(account_id: int | None = None) -> dict[int, int]:
    of_factory = sa.or_(Factory.id == RoleGrant.factory_id, Factory.group_id == RoleGrant.group_id)
    home = sa.func.min(sa.func.coalesce(RoleGrant.programme_id, Factory.programme_id))
    statement = (
        sa.select(RoleGrant.account_id, home)
        .join(Account, Account.id == RoleGrant.account_id)
        .outerjoin(Factory, of_factory)
        .where(RoleGrant.role.in_(ROLES), Account.disabled_at.is_(None), held_now())
        .group_by(RoleGrant.account_id)
        .order_by(RoleGrant.account_id)
    )
    if account_id is not None:
        statement = statement.where(RoleGrant.account_id == account_id)
    return {account: programme for account, programme in db.session.execute(statement) if programme is not None}
