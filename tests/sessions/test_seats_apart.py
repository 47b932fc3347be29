"""Seats when other things change: half-days of their own, dates that are taken away and given anew, one manufacturer alone."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.factories.models import Factory, Group
from app.home.queries.coverage import _of, _planned
from app.notifications.reading import read
from app.platform.clock import now, telling, today
from app.platform.db import db
from app.platform.i18n.formats import format_date
from app.platform.mail.models import MailMessage
from app.platform.refusal import NotFound, Refused
from app.sessions import operations
from app.sessions.models import Seat, SeatAtMeeting, TrainingSession
from app.sessions.operations import seats
from app.sessions.queries import clearing
from app.sessions.queries.own import own_seats
from app.sessions.queries.switching import affected
from app.sessions.rules import Modality, SeatState, SiteKind, TrainingState, WaitingPolicy
from app.sessions.rules.wall_time import HalfDay
from tests.browse import Browse
from tests.make import accounts, factories
from tests.make import sessions as make
from tests.make.statements import counted


@pytest.fixture
def mill(app: Flask) -> Factory:
    return factories.factory("MILL")


def _places(training: TrainingSession, number: int) -> list[int]:
    """The places in the room that people have at one half-day, each as often as it is given."""
    meeting = training.meetings[number - 1]
    exceptions = {row.seat_id: row for row in db.session.scalars(sa.select(SeatAtMeeting).filter_by(meeting_id=meeting.id))}
    rows = db.session.scalars(sa.select(Seat).filter_by(training_id=training.id)).all()
    ways = [(exceptions.get(row.id), row) for row in rows if row.place]
    return sorted(
        there.place if there and there.place else row.place or 0
        for there, row in ways
        if (there.modality if there else row.modality) is Modality.IN_PERSON
    )


def _half_day_apart(training: TrainingSession, mill: Factory, away: Seat) -> Seat:
    """`away` joins the first half-day alone, and somebody else has the place in the room meanwhile."""
    guest = make.seat(training, mill, kind=SiteKind.REMOTE)
    operations.join_at(SYSTEM, training.id, away.id, 1, make.site(training, SiteKind.REMOTE).id)
    operations.join_at(SYSTEM, training.id, guest.id, 1, make.site(training).id)
    assert _places(training, 1)[0] == away.place == 1
    return guest


def test_who_joins_altogether_again_shares_no_place_with_a_guest(mill: Factory) -> None:
    training = make.training(days=(30, 31), in_person=1, rooms=[mill])
    seat = make.seat(training, mill)
    _half_day_apart(training, mill, seat)
    with pytest.raises(Refused, match="no free place of this kind at this half-day"):
        operations.join(SYSTEM, training.id, seat.id, make.site(training).id)
    db.session.rollback()


def test_who_joins_altogether_again_lets_a_guest_move_up(mill: Factory) -> None:
    training = make.training(days=(30, 31), in_person=2, rooms=[mill])
    seat = make.seat(training, mill)
    _half_day_apart(training, mill, seat)
    operations.join(SYSTEM, training.id, seat.id, make.site(training).id)
    assert _places(training, 1) == [1, 2] and _places(training, 2) == [1]


def test_a_name_given_to_somebody_who_was_here_before_keeps_the_half_days_apart(mill: Factory) -> None:
    training = make.training(days=(30, 31), in_person=1, rooms=[mill])
    earlier = make.seat(training, mill, state=SeatState.WITHDRAWN)
    reserved = make.seat(training, mill, state=SeatState.RESERVED)
    _half_day_apart(training, mill, reserved)
    venue = make.site(training).id
    assert operations.nominate(SYSTEM, training.id, mill, [earlier.person_id], venue) == [earlier]
    assert earlier.state is SeatState.BOOKED and reserved.state is SeatState.WITHDRAWN
    assert _places(training, 1) == [1] and _places(training, 2) == [1]


def _group_training() -> tuple[TrainingSession, Factory, Factory]:
    group = Group(code="ALPHA", name="Alpha")
    db.session.add(group)
    db.session.flush()
    own, other = factories.factory(), factories.factory()
    own.group_id = group.id
    training = make.training(days=(0, 30), state=TrainingState.CONFIRMED)
    training.group_id = group.id
    db.session.flush()
    return training, own, other


def test_at_the_door_of_one_manufacturer_nobody_of_another_gets_a_seat(browse: Browse) -> None:
    training, own, other = _group_training()
    trainer = accounts.account(Role.PROGRAMME_MANAGER, programme=factories.programme())
    inside, outside = factories.person(own), factories.person(other)
    site = make.site(training).id
    with telling(training.meetings[0].starts_at):
        with pytest.raises(NotFound):
            operations.walk_in(accounts.actor(trainer), training.id, other, outside.id, site)
        assert operations.walk_in(accounts.actor(trainer), training.id, own, inside.id, site).state is SeatState.BOOKED
    db.session.commit()
    at = f"/sessions/{training.id}/walk-ins?factory="
    assert [browse.as_account(trainer).get(at + each.code).status for each in (own, other)] == [200, 404]


@pytest.fixture
def offering(mill: Factory) -> tuple[TrainingSession, Seat, Seat]:
    """One place, offered to the first of two who wait."""
    training = make.training(days=(30, 31), in_person=1, state=TrainingState.CONFIRMED)
    training.waiting_policy = WaitingPolicy.OFFER
    booked = make.seat(training, mill)
    first, second = (make.seat(training, mill, state=SeatState.WAIT_LISTED) for _ in range(2))
    operations.withdraw(SYSTEM, training.id, booked.id)
    assert first.state is SeatState.OFFERED
    return training, first, second


def _new_dates(training: TrainingSession, days: int = 60) -> dict[int, HalfDay]:
    return {meeting.number: make.half_day(days + meeting.number).when for meeting in training.meetings}


def test_an_offer_waits_while_there_are_no_dates_and_lasts_anew(offering: tuple[TrainingSession, Seat, Seat]) -> None:
    training, first, second = offering
    operations.postpone(SYSTEM, training.id, "Flood")
    with telling(now() + timedelta(days=5)):
        assert clearing.with_ended_offers() == []
        seats.clear(training.id)
        assert (first.state, second.state) == (SeatState.OFFERED, SeatState.WAIT_LISTED)
        assert own_seats(first.person_id)[0].is_offered
        operations.resume(SYSTEM, training.id, _new_dates(training))
        assert first.offer_until and first.offer_until > now() + timedelta(hours=47)
        seats.clear(training.id)
        assert operations.accept(SYSTEM, training.id, first.id).state is SeatState.BOOKED


def test_an_offer_can_be_taken_while_there_are_no_dates(offering: tuple[TrainingSession, Seat, Seat]) -> None:
    training, first, _second = offering
    operations.postpone(SYSTEM, training.id, "Flood")
    with telling(now() + timedelta(days=5)):
        assert operations.accept(SYSTEM, training.id, first.id).state is SeatState.BOOKED


def test_offers_of_a_cancelled_session_wake_nobody(offering: tuple[TrainingSession, Seat, Seat]) -> None:
    training, _first, _second = offering
    operations.cancel(SYSTEM, training.id, "Flood")
    with telling(now() + timedelta(days=5)):
        assert clearing.with_ended_offers() == []


def test_dates_that_come_near_leave_a_day_to_name_people(mill: Factory) -> None:
    point = accounts.account(Role.FOCAL_POINT, factory=mill)
    training = make.training(days=(60, 61), state=TrainingState.CONFIRMED)
    training.names_due_days = 10
    seat = make.seat(training, mill, state=SeatState.RESERVED)
    operations.postpone(SYSTEM, training.id, "Flood")
    operations.resume(SYSTEM, training.id, _new_dates(training, 5))
    for _ in range(2):
        seats.clear(training.id)
    assert seat.state is SeatState.RESERVED
    mails = db.session.scalars(sa.select(MailMessage).filter_by(kind="sessions.names_due")).all()
    assert [mail.recipient for mail in mails] == [point.email]
    tomorrow = format_date(today("Asia/Phnom_Penh") + timedelta(days=1), style="full")
    assert f"before {tomorrow}" in " ".join(read(mails[0].raw).text.split())
    with telling(now() + timedelta(days=1)):
        seats.clear(training.id)
    assert seat.state is SeatState.RELEASED


def test_a_factory_sees_no_numbers_of_others(browse: Browse, mill: Factory) -> None:
    rival, training = factories.factory(), make.training()
    for state in [SeatState.REQUESTED] * 3 + [SeatState.WAIT_LISTED] * 4 + [SeatState.RESERVED] * 5:
        make.seat(training, rival, state=state)
    db.session.commit()
    point = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=mill))
    trainer = browse.as_account(accounts.account(Role.TRAINER, programme=factories.programme()))
    page, own = f"/sessions/{training.id}", ("3 requests", "4 waiting", "5 reserved without a name")
    assert all(words in trainer.get(page).text for words in own) and "3 requests" in trainer.get("/sessions").text
    assert not any(words in point.get(page).text for words in own) and "3 requests" not in point.get("/sessions").text
    assert "0 of 20 booked" in point.get(page).text


def test_own_seats_cost_the_same_however_many(mill: Factory) -> None:
    person, costs = factories.person(mill), []
    person_id = person.id
    for _ in range(2):
        for _each in range(3):
            make.seat(make.training(), mill, person)
        db.session.commit()
        db.session.expire_all()
        with counted() as statements:
            assert own_seats(person_id)
        costs.append(len(statements))
    assert costs[0] == costs[1] <= 7


def test_a_switch_changes_nothing_for_who_joins_so_at_that_half_day_already(mill: Factory) -> None:
    training = make.training(days=(30, 31), rooms=[mill])
    seat, _other = make.seat(training, mill), make.seat(training, mill)
    assert affected(training, [1], Modality.VIRTUAL).changing == 2
    operations.join_at(SYSTEM, training.id, seat.id, 1, make.site(training, SiteKind.REMOTE).id)
    assert affected(training, [1], Modality.VIRTUAL).changing == 1
    assert affected(training, [1], Modality.IN_PERSON).changing == 1
    assert affected(training, [1], Modality.HYBRID).changing == 0


def test_plans_for_one_group_are_no_plans_for_others(app: Flask) -> None:
    training, own, other = _group_training()
    training.meetings[0].starts_at = now() + timedelta(days=1)
    db.session.flush()
    found = _planned({own.programme_id: "Asia/Phnom_Penh"})
    course = training.version.course_id
    assert course in _of(found, own) and course not in _of(found, other)


def test_a_training_whose_first_half_day_is_left_out_is_still_planned(app: Flask) -> None:
    training = make.training(days=(7, 8), state=TrainingState.CONFIRMED)
    key = (training.programme_id, training.version.course_id, None)
    operations.cancel_meeting(SYSTEM, training.id, 1)
    assert _planned({training.programme_id: "Asia/Phnom_Penh"})[key] == training.meetings[1].starts_at
    training.meetings[1].starts_at = now() - timedelta(hours=1)
    db.session.flush()
    assert key not in _planned({training.programme_id: "Asia/Phnom_Penh"}), "it has begun"
