"""Copies, repeats and cohorts."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import Actor
from app.access.roles import Role
from app.accounts.models import Account
from app.platform.audit.models import AuditEntry
from app.platform.db import db
from app.platform.mail.models import MailMessage
from app.platform.refusal import NotFound, Refused
from app.sessions import operations
from app.sessions.models import Invitation, Seat, SeatMove, TrainingSession
from app.sessions.operations import Settings, Split
from app.sessions.queries.siblings import siblings
from app.sessions.rules import Modality, SeatState, SiteKind, TrainingState, WaitingPolicy
from tests.browse import Browse
from tests.make import accounts, factories, registers
from tests.make import sessions as make

DAY = date.today() + timedelta(days=60)


@pytest.fixture
def teacher(app: Flask) -> Account:
    return accounts.account(Role.TRAINER, programme=factories.programme())


@pytest.fixture
def trainer(teacher: Account) -> Actor:
    return accounts.actor(teacher)


def _all() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(TrainingSession)) or 0


def test_a_copy_has_the_plan_and_nobody_in_it(trainer: Actor, teacher: Account) -> None:
    factory, speaker, account = factories.factory(), registers.interpreter(), registers.host()
    origin = make.training(days=(7, 8, 40), rooms=[factory], trainers=[teacher], in_person=9)
    origin.waiting_policy, origin.least_people, origin.cut_off_days = WaitingPolicy.FAIR_SHARE, 5, 3
    make.seat(origin, factory)
    parts = Settings(language="en", interpreter_ids=(speaker.id,), host_id=account.id, site_ids=(make.site(origin).id,))
    operations.edit_meeting(trainer, origin.id, 1, parts)
    operations.cancel_meeting(trainer, origin.id, 2)
    made = operations.copy(trainer, origin.id, DAY)
    assert operations.copy(trainer, origin.id, DAY) == made, "sent twice it is made once"
    assert (made.state, made.origin_id, made.capacity_in_person) == (TrainingState.DRAFT, origin.id, 9)
    assert made.code != origin.code and made.created_by == teacher.id
    assert (made.waiting_policy, made.least_people, made.cut_off_days) == (WaitingPolicy.FAIR_SHARE, 5, 3)
    assert [m.starts.date() for m in made.meetings] == [DAY, DAY + timedelta(days=33)]
    assert [m.starts.time() for m in made.meetings] == [m.starts.time() for m in origin.meetings[:2]]
    first = made.meetings[0]
    assert (first.language, first.host_id, first.interpreters) == ("en", account.id, [speaker])
    assert first.sites == [make.site(made)]
    assert [(s.kind, s.name, s.factory_id) for s in made.sites] == [(s.kind, s.name, s.factory_id) for s in origin.sites]
    assert [t.account_id for t in made.trainers] == [teacher.id]
    assert not db.session.scalars(sa.select(Seat).where(Seat.training_id == made.id)).all()
    assert db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "sessions.copy")).one().details == {"origin": origin.id}


def test_a_copy_of_a_copy_has_the_first_origin(trainer: Actor) -> None:
    origin = make.training()
    second = operations.copy(trainer, operations.copy(trainer, origin.id, DAY).id, DAY + timedelta(days=30))
    assert second.origin_id == origin.id
    assert len(siblings(trainer, second)) == 2


def test_repeating_makes_each_its_own(trainer: Actor) -> None:
    origin = make.training(days=(7, 8))
    for _ in range(2):
        made = operations.repeat(trainer, origin.id, weeks=2, times=3, is_draft=False)
    first = origin.meetings[0].starts.date()
    assert [each.meetings[0].starts.date() - first for each in made] == [timedelta(weeks=n) for n in (2, 4, 6)]
    assert {each.state for each in made} == {TrainingState.TENTATIVE} and _all() == 4
    operations.postpone(trainer, made[0].id, "Flood")
    assert [made[1].state, origin.state] == [TrainingState.TENTATIVE] * 2


@pytest.mark.parametrize(("weeks", "times"), [(0, 3), (53, 1), (1, 0), (1, 27)])
def test_it_is_not_repeated_without_end(trainer: Actor, weeks: int, times: int) -> None:
    with pytest.raises(Refused):
        operations.repeat(trainer, make.training().id, weeks=weeks, times=times)


def test_no_copy_into_the_past_or_by_a_stranger(trainer: Actor) -> None:
    origin = make.training()
    with pytest.raises(Refused):
        operations.copy(trainer, origin.id, date.today() - timedelta(days=1))
    with pytest.raises(NotFound):
        operations.copy(accounts.actor(accounts.account(Role.FOCAL_POINT, factory=factories.factory())), origin.id, DAY)


# --- cohorts ---


def _split(**changes: object) -> Split:
    return Split(**{"starts_on": DAY, "stays": "Cohort A", "goes": "Cohort B", **changes})


def _entries(training: TrainingSession) -> set[str]:
    rows = db.session.scalars(sa.select(Invitation)).all()
    return {row.address for row in rows if row.told and row.meeting.training_id == training.id}


def test_those_who_go_keep_their_seats_and_calendars_follow(trainer: Actor, teacher: Account) -> None:
    here, there = factories.factory(), factories.factory()
    training = make.training(rooms=[here, there], trainers=[teacher], in_person=2, virtual=3)
    stays = make.seat(training, here, factories.person(here, email="stays@mill.example"))
    goes = make.seat(training, here, factories.person(here, email="goes@mill.example"))
    room = make.seat(training, there, factories.person(there, email="room@mill.example"), kind=SiteKind.FACTORY_ROOM)
    waits = make.seat(training, here, factories.person(here, email="waits@mill.example"), state=SeatState.WAIT_LISTED)
    asks = make.seat(training, here, state=SeatState.REQUESTED)
    left = make.seat(training, there, state=SeatState.WITHDRAWN)
    operations.confirm(trainer, training.id)
    old = {(i.address, i.meeting_id): i.uid for i in db.session.scalars(sa.select(Invitation))}
    wanted = _split(seat_ids=frozenset({goes.id, waits.id, asks.id}), factory_ids=frozenset({there.id}))
    cohort = operations.split(trainer, training.id, wanted)
    assert operations.split(trainer, training.id, wanted) == cohort, "sent twice it is split once"
    assert (training.cohort, cohort.cohort, cohort.origin_id, cohort.state) == ("Cohort A", "Cohort B", training.id, training.state)
    assert [m.starts.date() for m in cohort.meetings] == [DAY, DAY + timedelta(days=1)]
    assert {seat.training_id for seat in (goes, room, waits, asks)} == {cohort.id}
    assert {seat.training_id for seat in (stays, left)} == {training.id}
    assert [seat.state for seat in (goes, room, waits, asks)] == [SeatState.BOOKED] * 3 + [SeatState.REQUESTED]
    assert sorted(s.place for s in (goes, waits)) == [1, 2] and room.place == 1 and asks.place is None
    assert room.site == make.site(cohort, SiteKind.FACTORY_ROOM, there)
    assert _entries(training) == {teacher.email, "stays@mill.example"}
    assert _entries(cohort) == {teacher.email, "goes@mill.example", "room@mill.example", "waits@mill.example"}
    rows = db.session.scalars(sa.select(Invitation)).all()
    gone = [row for row in rows if row.address == "goes@mill.example" and (row.address, row.meeting_id) in old]
    assert [(row.told, row.sequence) for row in gone] == [({}, 1)] * 2
    (moved,) = db.session.scalars(sa.select(SeatMove)).all()
    assert (moved.seat_id, moved.before, moved.after) == (waits.id, SeatState.WAIT_LISTED, SeatState.BOOKED)
    assert [each.cohort for each in siblings(trainer, training)] == ["Cohort B"]


def test_nobody_is_dropped_when_there_are_too_few_places(trainer: Actor) -> None:
    factory, other = factories.factory(), factories.factory()
    training = make.training(in_person=3)
    make.seat(training, other)
    seats = [make.seat(training, factory) for _ in range(3)]
    training.capacity_in_person = 2
    db.session.commit()
    with pytest.raises(Refused, match="not enough places"):
        operations.split(trainer, training.id, _split(factory_ids=frozenset({factory.id})))
    db.session.rollback()
    assert {(seat.training_id, seat.state) for seat in seats} == {(training.id, SeatState.BOOKED)} and _all() == 1


def test_who_still_waits_in_the_new_cohort_waits_there(trainer: Actor) -> None:
    factory = factories.factory()
    training = make.training(in_person=1)
    make.seat(training, factory)
    waiting = [make.seat(training, factory, state=SeatState.WAIT_LISTED) for _ in range(2)]
    cohort = operations.split(trainer, training.id, _split(seat_ids=frozenset(s.id for s in waiting)))
    assert [(s.training_id, s.state) for s in waiting] == [(cohort.id, SeatState.BOOKED), (cohort.id, SeatState.WAIT_LISTED)]


def test_what_cannot_be_split(trainer: Actor) -> None:
    factory = factories.factory()
    begun = make.training(days=(-1, 5), state=TrainingState.CONFIRMED)
    draft = make.training(state=TrainingState.DRAFT)
    whole, other = make.training(), make.training()
    for training in (begun, draft, whole, other):
        make.seat(training, factory)
        make.seat(training, factory)
    elsewhere = db.session.scalars(sa.select(Seat.id).where(Seat.training_id == other.id)).first()
    with pytest.raises(Refused, match="begun"):
        operations.split(trainer, begun.id, _split(factory_ids=frozenset({factory.id})))
    with pytest.raises(Refused, match="with dates"):
        operations.split(trainer, draft.id, _split(factory_ids=frozenset({factory.id})))
    with pytest.raises(Refused, match="must stay"):
        operations.split(trainer, whole.id, _split(factory_ids=frozenset({factory.id})))
    with pytest.raises(Refused, match="Choose who goes"):
        operations.split(trainer, whole.id, _split())
    with pytest.raises(NotFound):
        operations.split(trainer, whole.id, _split(seat_ids=frozenset({elsewhere})))


# --- pages ---


def test_copying_by_page(browse: Browse, teacher: Account) -> None:
    training = make.training(trainers=[teacher])
    page, at = browse.as_account(teacher), f"/sessions/{training.id}"
    assert page.get(f"{at}/copies").status == 200
    for bad in ({}, {"starts_on": "soon"}, {"starts_on": "2020-01-01"}, {"starts_on": "9999-12-30"}):
        assert page.post(f"{at}/copies", bad).status == 422, bad
    made = page.post(f"{at}/copies", {"starts_on": DAY.isoformat(), "is_draft": "y"}).location
    assert "This is a draft" in page.get(made).text and training.code in page.get(made).text, "the copy shows its origin"
    for bad in ({"weeks": "0", "times": "2"}, {"weeks": "x", "times": "2"}, {"weeks": "2", "times": "500"}, {}):
        assert page.post(f"{at}/repeats", bad).status == 422, bad
    assert page.post(f"{at}/repeats", {"weeks": "2", "times": "2"}).location == at
    assert page.get(f"{at}/repeats").location == f"{at}/copies"
    assert _all() == 4


def test_splitting_by_page(browse: Browse, teacher: Account) -> None:
    factory, other = factories.factory(), factories.factory()
    training = make.training(trainers=[teacher])
    make.seat(training, factory, factories.person(factory, name="Stays Here"))
    seat = make.seat(training, other, factories.person(other, name="Goes There"))
    page, at = browse.as_account(teacher), f"/sessions/{training.id}/cohorts"
    shown = page.get(at).text
    assert "Stays Here" in shown and "Goes There" in shown and other.name in shown
    form = {"stays": "Morning", "goes": "Evening", "starts_on": DAY.isoformat()}
    for bad in ({}, {"seats": ["x"]}, {"seats": [seat.id], "goes": ""}, {"seats": [seat.id], "starts_on": "2020-01-01"}, {"factories": ["999999"]}):
        assert page.post(at, form | bad).status == 422, bad
    made = page.post(at, form | {"seats": [seat.id]})
    assert made.status == 303 and page.post(at, form | {"seats": [seat.id]}).location == made.location
    assert "Evening" in page.get(made.location).text and "Morning" in page.get(made.location).text
    kinds = db.session.scalars(sa.select(MailMessage.kind)).all()
    assert "sessions.called_off" not in kinds
    assert make.site(training).kind.modality is Modality.IN_PERSON


def test_a_cohort_is_weighed_before_it_is_made(browse: Browse, teacher: Account) -> None:
    factory, other = factories.factory(), factories.factory()
    training = make.training(trainers=[teacher], days=(7,))
    make.seat(training, factory, factories.person(factory))
    seat = make.seat(training, other, factories.person(other))
    day = training.meetings[0].starts.date() + timedelta(days=7)
    make.training(trainers=[teacher], days=(14,), version=training.version)
    manager = accounts.account(Role.PROGRAMME_MANAGER, programme=training.programme)
    page, at = browse.as_account(manager), f"/sessions/{training.id}/cohorts"
    form = {"stays": "Morning", "goes": "Evening", "starts_on": day.isoformat(), "seats": [seat.id]}
    shown = page.post(at, form)
    assert shown.status == 422 and "teaches at this time already" in shown.text and _all() == 2
    form |= {"conflicts_seen": next(e.get("value") for e in shown.all("input") if e.get("name") == "conflicts_seen"), "conflicts_accepted": "y", "conflicts_reason": "Two rooms"}
    made = page.post(at, form)
    assert made.status == 303 and _all() == 3
    assert page.post(at, form).location == made.location and _all() == 3
    assert page.post(at, form | {"starts_on": (day + timedelta(days=1)).isoformat()}).status == 422, "the name is taken"
