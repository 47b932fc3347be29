"""Entitlements are counted down and given back by what happens to training sessions."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.factories.models import Factory
from app.factories.rules import TermKind
from app.factories.structure import operations as structure
from app.factories.structure.rules import EngagementMode, SupportTier
from app.platform.db import db
from app.platform.refusal import NotFound, Refused
from app.sessions import operations as sessions
from app.sessions.models import Seat, SeatAtMeeting, TrainingSession
from app.sessions.rules import Modality, SeatState, SiteKind, TrainingState
from app.sessions.service import operations, queries
from app.sessions.service.models import EntitlementEntry
from app.sessions.service.rules import Cause, Concern, Kind, Payer
from tests.make import accounts, factories
from tests.make import sessions as make
from tests.make.statements import counted

PAST = date(2020, 1, 1)


@pytest.fixture
def mill(app: Flask) -> Factory:
    found = factories.factory("MILL")
    structure.begin_term(SYSTEM, "MILL", TermKind.SUPPORT_TIER, "intensive", PAST)
    return found


def _training(mill: Factory, people: int = 2, kind: SiteKind = SiteKind.VENUE, **values: object) -> TrainingSession:
    training = make.training(rooms=[mill], **values)
    for _ in range(people):
        make.seat(training, mill, kind=kind)
    return training


def _left(factory: Factory) -> dict[Kind, int]:
    [row] = queries.served([factory])
    return dict(row.left)


def _amounts() -> list[tuple[int, Cause]]:
    return [(row.amount, row.cause) for row in db.session.scalars(sa.select(EntitlementEntry).order_by(EntitlementEntry.id))]


def test_days_are_taken_when_it_is_confirmed_and_given_back_when_it_is_cancelled(mill: Factory) -> None:
    operations.grant(SYSTEM, "MILL", Kind.HALF_DAYS, 8, Payer.PROGRAMME, "")
    training = _training(mill, days=(7, 8, 9))
    operations.charge(SYSTEM, training.id, Kind.HALF_DAYS, Payer.FACTORY)
    assert _left(mill) == {Kind.HALF_DAYS: 8}
    sessions.confirm(SYSTEM, training.id)
    sessions.confirm(SYSTEM, training.id)
    assert _left(mill) == {Kind.HALF_DAYS: 5}
    sessions.cancel_meeting(SYSTEM, training.id, 3)
    assert _left(mill) == {Kind.HALF_DAYS: 6}
    sessions.cancel(SYSTEM, training.id, "Flood")
    assert _left(mill) == {Kind.HALF_DAYS: 8}
    assert _amounts() == [(8, Cause.GRANTED), (-3, Cause.USED), (1, Cause.RETURNED), (2, Cause.RETURNED)]


def test_seats_follow_bookings_and_withdrawals(mill: Factory) -> None:
    other = factories.factory("OTHER")
    training = _training(mill, people=3)
    make.seat(training, other)
    sessions.confirm(SYSTEM, training.id)
    operations.charge(SYSTEM, training.id, Kind.SEATS, Payer.BRAND)
    assert (_left(mill), _left(other)) == ({Kind.SEATS: -3}, {Kind.SEATS: -1})
    seat = next(seat for seat in db.session.scalars(sa.select(Seat)) if seat.factory_id == mill.id)
    sessions.withdraw(SYSTEM, training.id, seat.id)
    assert _left(mill) == {Kind.SEATS: -2}
    assert queries.served([mill])[0].concerns == [Concern.OVERDRAWN]
    operations.charge(SYSTEM, training.id, None, Payer.PROGRAMME)
    assert (_left(mill), _left(other)) == ({Kind.SEATS: 0}, {Kind.SEATS: 0})


def test_settling_again_adds_nothing(mill: Factory) -> None:
    training = _training(mill)
    operations.charge(SYSTEM, training.id, Kind.SEATS, Payer.BRAND)
    sessions.confirm(SYSTEM, training.id)
    before = _amounts()
    operations.settle(training.id)
    operations.settle(training.id)
    assert _amounts() == before == [(-2, Cause.USED)]


def test_a_cycle_that_begins_takes_over_what_is_counted_in_it(mill: Factory) -> None:
    training = _training(mill)
    operations.charge(SYSTEM, training.id, Kind.SEATS, Payer.BRAND)
    sessions.confirm(SYSTEM, training.id)
    begins = min(meeting.starts for meeting in training.meetings).date()
    operations.begin_cycle(SYSTEM, "MILL", begins)
    operations.begin_cycle(SYSTEM, "MILL", begins)
    sums = db.session.execute(
        sa.select(EntitlementEntry.cycle_on, sa.func.sum(EntitlementEntry.amount)).group_by(EntitlementEntry.cycle_on)
    ).all()
    assert {day: int(amount) for day, amount in sums if amount} == {begins: -2}


def test_a_correction_needs_a_reason_and_nothing_is_no_grant(mill: Factory) -> None:
    for amount, note in ((0, ""), (-1, " "), (operations.MOST + 1, "")):
        with pytest.raises(Refused):
            operations.grant(SYSTEM, "MILL", Kind.SEATS, amount, Payer.DONOR, note)
    assert operations.grant(SYSTEM, "MILL", Kind.SEATS, -1, Payer.DONOR, "Typed twice").cause is Cause.CORRECTED


def test_hours_are_counted_by_how_the_people_of_the_factory_join(mill: Factory) -> None:
    operations.set_rule(SYSTEM, "KH", SupportTier.INTENSIVE, PAST, 10)
    alone = _training(mill, kind=SiteKind.REMOTE, days=(7,), state=TrainingState.CONFIRMED)
    assert _row(mill).hours.by_link_planned == 240 and _row(mill).concerns == [Concern.ONLY_BY_LINK]
    override = SeatAtMeeting(
        seat_id=db.session.scalar(sa.select(Seat.id)), meeting_id=alone.meetings[0].id,
        site_id=make.site(alone).id, modality=Modality.IN_PERSON, place=1,
    )
    db.session.add(override)
    db.session.flush()
    assert _row(mill).hours.in_person_planned == 240
    _training(mill, people=1, modality=Modality.IN_PERSON, days=(14, 15), state=TrainingState.TENTATIVE)
    make.seat(_training(mill, people=0), mill, state=SeatState.REQUESTED)
    row = _row(mill)
    assert (row.asked, row.hours.in_person, row.hours.by_link) == (10, 720, 0)
    assert row.concerns == []


def _row(factory: Factory) -> queries.Served:
    [row] = queries.served([factory])
    return row


def test_what_is_over_counts_as_held_and_a_tentative_one_never_was(mill: Factory) -> None:
    operations.begin_cycle(SYSTEM, "MILL", (date.today() - timedelta(days=60)))
    _training(mill, days=(-20, -19), modality=Modality.IN_PERSON, state=TrainingState.CLOSED)
    _training(mill, days=(-10,), modality=Modality.IN_PERSON, state=TrainingState.TENTATIVE)
    _training(mill, days=(-90,), modality=Modality.IN_PERSON, state=TrainingState.CLOSED)
    assert (_row(mill).hours.in_person_held, _row(mill).hours.in_person_planned) == (480, 0)


def test_modes_of_a_province(mill: Factory) -> None:
    operations.set_mode(SYSTEM, "KH", "Kandal", EngagementMode.ON_SITE, PAST)
    operations.set_mode(SYSTEM, "KH", "Kandal", EngagementMode.VIRTUAL, PAST)
    assert _row(mill).mode == "virtual"
    structure.begin_term(SYSTEM, "MILL", TermKind.ENGAGEMENT_MODE, "hybrid", PAST)
    assert _row(mill).mode == "hybrid"


def test_only_managers_of_the_programme(mill: Factory) -> None:
    factories.programme("VN", zone="Asia/Ho_Chi_Minh")
    elsewhere = accounts.account(Role.PROGRAMME_MANAGER, programme=factories.programme("VN"))
    trainer = accounts.account(Role.TRAINER, programme=factories.programme())
    for actor in map(accounts.actor, (elsewhere, trainer)):
        for verb in (
            lambda who: operations.grant(who, "MILL", Kind.SEATS, 1, Payer.BRAND, ""),
            lambda who: operations.begin_cycle(who, "MILL", PAST),
            lambda who: operations.set_rule(who, "KH", SupportTier.ADVANCED, PAST, 5),
            lambda who: operations.set_mode(who, "KH", "Kandal", EngagementMode.HYBRID, PAST),
        ):
            with pytest.raises(NotFound):
                verb(actor)


def test_many_factories_cost_the_same(app: Flask) -> None:
    costs = []
    for number in (1, 12):
        for _ in range(number):
            _training(factories.factory(), state=TrainingState.CONFIRMED)
        db.session.expire_all()
        with counted() as statements:
            queries.listed(SYSTEM, queries.ServiceFilter(programme="KH"))
        costs.append(len(statements))
    assert costs[0] == costs[1] <= 8
