"""Setting rules, modes and cycles; granting entitlements and counting them down. None of them commits."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.queries import factory_by_code, programme_by_code
from app.factories.structure.rules import EngagementMode, SupportTier
from app.platform import audit
from app.platform.clock import now, today
from app.platform.db import db, insert
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.sessions import policy
from app.sessions.models import Seat, TrainingSession
from app.sessions.operations.loading import hold
from app.sessions.rules import HOLDING, MeetingState, TrainingState
from app.sessions.service import queries
from app.sessions.service.models import Charge, Cycle, EntitlementEntry, ProvinceMode, ServiceRule
from app.sessions.service.rules import Cause, Kind, Payer

_MAY = Permission.SERVICE_MANAGE
_TAKES = (TrainingState.CONFIRMED, TrainingState.CLOSED)
MOST = 10_000
"""The largest amount that one entry can have."""


class Taken(NamedTuple):
    """What a training session takes is counted by factory, cycle and kind."""

    factory_id: int
    cycle_on: date
    kind: Kind


def set_rule(actor: Actor, programme_code: str, tier: SupportTier, starts_on: date, hours: int) -> None:
    """From a day on a tier gets at least so many hours in person in a cycle; the same day again corrects it.

    Raises NotFound out of scope.
    """
    programme = programme_by_code(actor, programme_code, _MAY)
    key = {"programme_id": programme.id, "tier": tier, "starts_on": starts_on}
    said = {"hours": hours, "account_id": actor.account_id}
    rule = insert(ServiceRule).values(**key, **said)
    db.session.execute(rule.on_conflict_do_update(index_elements=list(key), set_=said))
    details = {"tier": tier.value, "starts_on": starts_on.isoformat(), "hours": hours}
    audit.record(actor, "service.set_rule", f"programme:{programme.id}", **details)


def set_mode(actor: Actor, programme_code: str, province: str, mode: EngagementMode, starts_on: date) -> None:
    """From a day on the programme works so in a province; the same day again corrects it. Raises NotFound."""
    programme = programme_by_code(actor, programme_code, _MAY)
    key = {"programme_id": programme.id, "province": province, "starts_on": starts_on}
    said = {"mode": mode, "account_id": actor.account_id}
    row = insert(ProvinceMode).values(**key, **said)
    db.session.execute(row.on_conflict_do_update(index_elements=list(key), set_=said))
    details = {"province": province, "mode": mode.value, "starts_on": starts_on.isoformat()}
    audit.record(actor, "service.set_mode", f"programme:{programme.id}", **details)


def begin_cycle(actor: Actor, factory_code: str, starts_on: date) -> None:
    """A cycle of the factory begins on this day; what was taken since is counted in it. Again changes nothing.

    Raises NotFound out of scope.
    """
    factory = factory_by_code(actor, factory_code, _MAY)
    row = insert(Cycle).values(factory_id=factory.id, starts_on=starts_on, account_id=actor.account_id)
    row = row.on_conflict_do_nothing(index_elements=["factory_id", "starts_on"])
    if db.session.scalar(row.returning(Cycle.id)) is None:
        return
    audit.record(actor, "service.begin_cycle", f"factory:{factory.id}", starts_on=starts_on.isoformat())
    charged = sa.select(Charge.training_id).join(Seat, Seat.training_id == Charge.training_id)
    mine = charged.where(Seat.factory_id == factory.id).distinct().order_by(Charge.training_id)
    for training_id in db.session.scalars(mine).all():
        db.session.execute(sa.select(TrainingSession.id).where(TrainingSession.id == training_id).with_for_update())
        settle(training_id)


def grant(actor: Actor, factory_code: str, kind: Kind, amount: int, payer: Payer, note: str) -> EntitlementEntry:
    """Put training days (in half-days) or seats into the present cycle of a factory; less than nothing corrects it.

    Raises NotFound out of scope, Refused for nothing and for a correction without a reason.
    """
    factory = factory_by_code(actor, factory_code, _MAY)
    if not amount or abs(amount) > MOST:
        raise Refused(_("Write how much is granted."))
    if amount < 0 and not note.strip():
        raise Refused(_("Say why something is taken away."))
    day = today(factory.programme.zone)
    entry = EntitlementEntry(
        factory_id=factory.id,
        cycle_on=queries.cycles_of([factory.id], day)[factory.id].starts_on,
        kind=kind,
        amount=amount,
        cause=Cause.GRANTED if amount > 0 else Cause.CORRECTED,
        payer=payer,
        note=note.strip(),
        training_id=None,
        at=now(),
        account_id=actor.account_id,
    )
    db.session.add(entry)
    audit.record(actor, "service.grant", f"factory:{factory.id}", kind=kind.value, amount=amount, payer=payer.value)
    return entry


def charge(actor: Actor, training_id: int, kind: Kind | None, payer: Payer) -> TrainingSession:
    """Say what a training session takes from the entitlements of its factories, and who pays for what is beyond them.

    None: nothing. What was taken before is counted anew at once. Raises NotFound.
    """
    training = hold(actor, training_id)
    if not policy.may_plan(actor, training):
        raise NotFound
    found = queries.charge_of(training_id)
    if kind is None:
        if found is not None:
            db.session.delete(found)
    elif found is None:
        db.session.add(Charge(training_id=training_id, kind=kind, payer=payer))
    else:
        found.kind, found.payer = kind, payer
    db.session.flush()  # what is taken is counted from the row
    audit.record(
        actor, "service.charge", f"training:{training_id}", kind=kind.value if kind else None, payer=payer.value
    )
    settle(training_id)
    return training


def settle(training_id: int) -> None:
    """Make the ledger say what the training session takes now: one more entry wherever it said something else.

    Doing it again adds nothing. The caller holds the training session.
    """
    found = queries.charge_of(training_id)
    wanted, said = _wanted(training_id, found), _said(training_id)
    payer = found.payer if found else Payer.PROGRAMME
    for key in sorted({*wanted, *said}):
        change = -wanted.get(key, 0) - said.get(key, 0)
        if change:
            cause = Cause.USED if change < 0 else Cause.RETURNED
            db.session.add(
                EntitlementEntry(
                    **key._asdict(), amount=change, cause=cause, payer=payer, note="", training_id=training_id,
                    at=now(), account_id=None,
                )
            )  # fmt: skip
    db.session.flush()  # who counts next must find it


def _wanted(training_id: int, found: Charge | None) -> Mapping[Taken, int]:
    """What it takes: its half-days from each factory, or a seat for each that a factory holds."""
    training = db.session.get_one(TrainingSession, training_id)
    if found is None or training.state not in _TAKES:
        return {}
    planned = [meeting.starts for meeting in training.meetings if meeting.state is MeetingState.PLANNED]
    if not planned:
        return {}
    held = sa.select(Seat.factory_id, sa.func.count().label("seats")).where(
        Seat.training_id == training_id, Seat.state.in_(HOLDING)
    )
    rows = db.session.execute(held.group_by(Seat.factory_id)).all()
    cycles = queries.cycles_of([row.factory_id for row in rows], min(planned).date())
    return {
        Taken(row.factory_id, cycles[row.factory_id].starts_on, found.kind): (
            len(planned) if found.kind is Kind.HALF_DAYS else row.seats
        )
        for row in rows
    }


def _said(training_id: int) -> Mapping[Taken, int]:
    keys = (EntitlementEntry.factory_id, EntitlementEntry.cycle_on, EntitlementEntry.kind)
    rows = db.session.execute(
        sa.select(*keys, sa.func.sum(EntitlementEntry.amount))
        .where(EntitlementEntry.training_id == training_id)
        .group_by(*keys)
    )
    sums: dict[Taken, int] = defaultdict(int)
    for factory_id, first, kind, amount in rows:
        sums[Taken(factory_id, first, kind)] += int(amount)
    return sums


