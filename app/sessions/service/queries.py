"""How factories are served in their cycles, always as far as the actor may see. A fixed number of statements."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.models import Factory, FactoryTerm, Programme
from app.factories.queries import visible_factories
from app.factories.rules import TermKind
from app.factories.structure.rules import history, term_on
from app.platform.clock import now, today
from app.platform.db import db
from app.sessions.models import Meeting, Seat, SeatAtMeeting, TrainingSession
from app.sessions.rules import HOLDING, MeetingState, Modality, TrainingState
from app.sessions.service.models import Charge, Cycle, EntitlementEntry, ProvinceMode, ServiceRule
from app.sessions.service.rules import (
    Concern,
    Half,
    Hours,
    Kind,
    Span,
    asked,
    concerns,
    cycle_on,
    hours,
    mode_on,
    taken_part,
)

_COUNTED = (TrainingState.TENTATIVE, TrainingState.CONFIRMED, TrainingState.CLOSED)


@dataclass(frozen=True)
class ServiceFilter:
    """What the address of the list asks for; empty means all."""

    programme: str = ""
    province: str = ""
    tier: str = ""
    only_concerns: bool = False

    @property
    def is_empty(self) -> bool:
        return self == ServiceFilter(programme=self.programme)


@dataclass(frozen=True)
class Served:
    """How one factory is served in its cycle. Minutes; `left` is what its entitlement still holds."""

    factory: Factory
    tier: str | None
    mode: str | None
    cycle: Span
    asked: int
    """Hours in person that its tier asks for."""
    hours: Hours
    granted: Mapping[Kind, int]
    left: Mapping[Kind, int]
    concerns: Sequence[Concern]


def listed(actor: Actor, wanted: ServiceFilter) -> list[Served]:
    """The factories in reach, those with most to mend first, then by name."""
    statement = visible_factories(actor, Permission.SERVICE_READ).options(joinedload(Factory.programme))
    if wanted.programme:
        statement = statement.join(Programme, Programme.id == Factory.programme_id)
        statement = statement.where(Programme.code == wanted.programme)
    if wanted.province:
        statement = statement.where(Factory.province == wanted.province)
    rows = served(list(db.session.scalars(statement.order_by(Factory.name, Factory.id))))
    if wanted.tier:
        rows = [row for row in rows if row.tier == wanted.tier]
    if wanted.only_concerns:
        rows = [row for row in rows if row.concerns]
    return sorted(rows, key=lambda row: -len(row.concerns))


def provinces(actor: Actor, programme_code: str = "") -> list[str]:
    """The provinces of the factories in reach, by name."""
    reach = visible_factories(actor, Permission.SERVICE_READ).with_only_columns(Factory.province).distinct()
    if programme_code:
        reach = reach.join(Programme, Programme.id == Factory.programme_id).where(Programme.code == programme_code)
    return sorted(province for province in db.session.scalars(reach) if province)


def served(factories: Sequence[Factory]) -> list[Served]:
    """How factories are served in their present cycles. Six statements; the caller has checked the factories."""
    if not factories:
        return []
    ids, programmes = [factory.id for factory in factories], {factory.programme_id for factory in factories}
    days = {factory.id: today(factory.programme.zone) for factory in factories}
    spans = {factory_id: cycle_on(starts, days[factory_id]) for factory_id, starts in _cycles(ids).items()}
    terms, modes, rules = _terms(ids), _modes(programmes), _rules(programmes)
    halves, ledger = _halves(ids, spans), _ledger(ids, spans)
    return [
        _served(
            factory, days[factory.id], spans[factory.id], terms[factory.id],
            modes[factory.programme_id, factory.province], rules[factory.programme_id], halves[factory.id],
            ledger[factory.id],
        )
        for factory in factories
    ]  # fmt: skip


def standing(factories: Sequence[Factory]) -> dict[int, tuple[str | None, str | None]]:
    """Tier and mode of each factory today. Two statements; the caller has checked the factories."""
    terms, modes = _terms([each.id for each in factories]), _modes({each.programme_id for each in factories})
    found = {}
    for factory in factories:
        day, own = today(factory.programme.zone), terms[factory.id]
        tier = term_on(history(own.get(TermKind.SUPPORT_TIER, [])), day)
        of_province = modes[factory.programme_id, factory.province]
        found[factory.id] = (tier, mode_on(history(own.get(TermKind.ENGAGEMENT_MODE, [])), of_province, day))
    return found


def _served(
    factory: Factory,
    day: date,
    span: Span,
    terms: Mapping[TermKind, list[tuple[date, str]]],
    modes: list[tuple[date, str]],
    rules: list[tuple[str, date, int]],
    halves: list[Half],
    ledger: Mapping[Kind, list[int]],
) -> Served:
    tier = term_on(history(terms.get(TermKind.SUPPORT_TIER, [])), day)
    number, summed = asked(rules, tier, day), hours(halves)
    left = {kind: sum(amounts) for kind, amounts in ledger.items()}
    return Served(
        factory=factory,
        tier=tier,
        mode=mode_on(history(terms.get(TermKind.ENGAGEMENT_MODE, [])), modes, day),
        cycle=span,
        asked=number,
        hours=summed,
        granted={kind: sum(each for each in amounts if each > 0) for kind, amounts in ledger.items()},
        left=left,
        concerns=concerns(number, summed, left),
    )


def _cycles(ids: Collection[int]) -> dict[int, list[date]]:
    found: dict[int, list[date]] = {factory_id: [] for factory_id in ids}
    for row in db.session.execute(sa.select(Cycle.factory_id, Cycle.starts_on).where(Cycle.factory_id.in_(ids))):
        found[row.factory_id].append(row.starts_on)
    return found


def _terms(ids: Collection[int]) -> dict[int, dict[TermKind, list[tuple[date, str]]]]:
    found: dict[int, dict[TermKind, list[tuple[date, str]]]] = defaultdict(lambda: defaultdict(list))
    statement = sa.select(FactoryTerm.factory_id, FactoryTerm.kind, FactoryTerm.starts_on, FactoryTerm.value)
    for row in db.session.execute(statement.where(FactoryTerm.factory_id.in_(ids))):
        found[row.factory_id][row.kind].append((row.starts_on, row.value))
    return found


def _modes(programmes: Collection[int]) -> dict[tuple[int, str], list[tuple[date, str]]]:
    found: dict[tuple[int, str], list[tuple[date, str]]] = defaultdict(list)
    for row in db.session.scalars(sa.select(ProvinceMode).where(ProvinceMode.programme_id.in_(programmes))):
        found[row.programme_id, row.province].append((row.starts_on, row.mode.value))
    return found


def _rules(programmes: Collection[int]) -> dict[int, list[tuple[str, date, int]]]:
    found: dict[int, list[tuple[str, date, int]]] = defaultdict(list)
    for row in db.session.scalars(sa.select(ServiceRule).where(ServiceRule.programme_id.in_(programmes))):
        found[row.programme_id].append((row.tier.value, row.starts_on, row.hours))
    return found


def _halves(ids: Collection[int], spans: Mapping[int, Span]) -> dict[int, list[Half]]:
    """The half-days of each factory's cycle in which it holds seats; a tentative one counts while it is to come."""
    first = min(span.starts_on for span in spans.values())
    last = max(span.ends_on for span in spans.values()) + timedelta(days=1)
    way = sa.func.coalesce(SeatAtMeeting.modality, Seat.modality)
    comes = sa.func.max(sa.case((way == Modality.IN_PERSON, 1), else_=0)).label("comes")
    mine = (Seat.factory_id, Meeting.id, Meeting.starts, Meeting.starts_at, Meeting.ends_at, Meeting.modality)
    rows = db.session.execute(
        sa.select(*mine, TrainingSession.state, comes)
        .join(TrainingSession, TrainingSession.id == Seat.training_id)
        .join(Meeting, Meeting.training_id == Seat.training_id)
        .outerjoin(
            SeatAtMeeting, sa.and_(SeatAtMeeting.seat_id == Seat.id, SeatAtMeeting.meeting_id == Meeting.id)
        )
        .where(
            Seat.factory_id.in_(ids), Seat.state.in_(HOLDING), TrainingSession.state.in_(_COUNTED),
            Meeting.state == MeetingState.PLANNED, Meeting.starts >= first, Meeting.starts < last,
        )
        .group_by(*mine, TrainingSession.state)
    )  # fmt: skip
    found: dict[int, list[Half]] = defaultdict(list)
    for row in rows:
        is_over = row.ends_at <= now()
        if spans[row.factory_id].holds(row.starts.date()) and not (is_over and row.state is TrainingState.TENTATIVE):
            seats = [Modality.IN_PERSON if row.comes else Modality.VIRTUAL]
            minutes = int((row.ends_at - row.starts_at).total_seconds()) // 60
            found[row.factory_id].append(Half(minutes, taken_part(row.modality, seats), is_over))
    return found


def _ledger(ids: Collection[int], spans: Mapping[int, Span]) -> dict[int, dict[Kind, list[int]]]:
    """The sums of grants and of what was taken in each factory's cycle; an entry belongs to the cycle of its day."""
    is_grant = sa.case((EntitlementEntry.training_id.is_(None), 1), else_=0)
    keys = (EntitlementEntry.factory_id, EntitlementEntry.cycle_on, EntitlementEntry.kind, is_grant)
    statement = sa.select(*keys[:3], sa.func.sum(EntitlementEntry.amount).label("amount"))
    rows = db.session.execute(statement.where(EntitlementEntry.factory_id.in_(ids)).group_by(*keys))
    found: dict[int, dict[Kind, list[int]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if spans[row.factory_id].holds(row.cycle_on):
            found[row.factory_id][row.kind].append(int(row.amount))
    return found


def cycles_of(factory_ids: Collection[int], day: date) -> dict[int, Span]:
    """The cycles of factories on a day. One statement."""
    return {factory_id: cycle_on(starts, day) for factory_id, starts in _cycles(factory_ids).items()}


def entries(factory_id: int, most: int = 200) -> Sequence[Any]:
    """The ledger of a factory, the latest first, with the code of the training session."""
    return db.session.execute(
        sa.select(EntitlementEntry, TrainingSession.code)
        .outerjoin(TrainingSession, TrainingSession.id == EntitlementEntry.training_id)
        .where(EntitlementEntry.factory_id == factory_id)
        .order_by(EntitlementEntry.id.desc())
        .limit(most)
    ).all()


def rules_of(programme_id: int) -> Sequence[ServiceRule]:
    """The rules of a programme, the latest first."""
    mine = sa.select(ServiceRule).where(ServiceRule.programme_id == programme_id)
    return db.session.scalars(mine.order_by(ServiceRule.starts_on.desc(), ServiceRule.tier)).all()


def modes_of(programme_id: int) -> Sequence[ProvinceMode]:
    """The modes of its provinces, the latest first."""
    mine = sa.select(ProvinceMode).where(ProvinceMode.programme_id == programme_id)
    return db.session.scalars(mine.order_by(ProvinceMode.starts_on.desc(), ProvinceMode.province)).all()


def charge_of(training_id: int) -> Charge | None:
    """What the training session takes from entitlements."""
    return db.session.scalar(sa.select(Charge).where(Charge.training_id == training_id))


def served_in(actor: Actor, training: TrainingSession) -> list[Served]:
    """How the factories that hold seats in a training session are served, as far as the actor may know it."""
    seats = sa.select(Seat.factory_id).where(Seat.training_id == training.id, Seat.state.in_(HOLDING))
    statement = visible_factories(actor, Permission.SERVICE_READ).where(Factory.id.in_(seats))
    return served(list(db.session.scalars(statement.options(joinedload(Factory.programme)).order_by(Factory.name))))
