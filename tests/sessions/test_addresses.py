"""Calendars follow people to another address: the right one holds the entry, the wrong one lets go of it."""

import json

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.accounts.models import RoleGrant
from app.factories import people
from app.factories.merging import operations as merging
from app.factories.models import Programme
from app.platform.config import settings as config
from app.platform.db import db
from app.platform.jobs.models import Job
from app.sessions import jobs, operations
from app.sessions.models import Invitation, Seat, TrainingSession
from app.sessions.operations.invitations import settle
from app.sessions.operations.plans import Settings
from app.sessions.person_data import PERSON_DATA
from app.sessions.registers.operations.interpreters import change_interpreter
from app.sessions.registers.settings import InterpreterSettings
from app.sessions.rules import SiteKind
from tests.make import accounts, factories, registers
from tests.make import sessions as make

WRONG, RIGHT = "daar@mill.example", "dara@mill.example"


@pytest.fixture
def seat(app: Flask) -> Seat:
    """Booked in a confirmed training session, under an address with a slip of the pen."""
    factory, training = factories.factory("MILL"), make.training(days=(7,))
    seat = make.seat(training, factory, factories.person(factory, email=WRONG))
    operations.confirm(SYSTEM, training.id)
    return seat


def _work() -> None:
    """As the worker does."""
    for job in db.session.scalars(sa.select(Job).where(Job.kind == "sessions.settle_calendars", Job.done_at.is_(None))).all():
        jobs.settle_calendars(**job.payload).write()
        db.session.delete(job)
    db.session.flush()


def _holding(training_id: int) -> set[str]:
    rows = db.session.scalars(sa.select(Invitation).join(Invitation.meeting).where(Invitation.meeting.has(training_id=training_id)))
    return {row.address for row in rows if row.told}


def test_a_corrected_address_gets_the_invitation(seat: Seat) -> None:
    assert _holding(seat.training_id) == {WRONG}
    people.correct(SYSTEM, seat.person_id, {"email": RIGHT})
    _work()
    assert _holding(seat.training_id) == {RIGHT}
    people.correct(SYSTEM, seat.person_id, {"email": None})
    _work()
    assert _holding(seat.training_id) == set()


def test_another_name_writes_to_nobody(seat: Seat) -> None:
    people.correct(SYSTEM, seat.person_id, {"name": "Sok Dara"})
    assert db.session.scalars(sa.select(Job).where(Job.kind == "sessions.settle_calendars")).all() == []


def test_two_who_turn_out_to_be_one_and_two_again(seat: Seat) -> None:
    other = factories.person(seat.factory, email=RIGHT)
    made = merging.merge(SYSTEM, other.id, seat.person_id)
    _work()
    assert _holding(seat.training_id) == {RIGHT}
    merging.part(SYSTEM, made.id)
    _work()
    assert _holding(seat.training_id) == {WRONG}


def test_who_looks_after_a_room_no_more_is_let_go(app: Flask) -> None:
    factory = factories.factory("MILL")
    training: TrainingSession = make.training(days=(7,), rooms=[factory])
    point = accounts.account(Role.FOCAL_POINT, factory=factory, email="hr@mill.example")
    make.seat(training, factory, factories.person(factory, email=None), kind=SiteKind.FACTORY_ROOM)
    operations.confirm(SYSTEM, training.id)
    room = next(site for site in training.sites if site.factory_id == factory.id)
    operations.give_focal_point(SYSTEM, training.id, room.id, point.id)
    db.session.execute(sa.delete(RoleGrant).where(RoleGrant.account_id == point.id))
    settle(training)
    assert _holding(training.id) == {point.email}, "speaks for the factory no more, and looks after its room still"
    operations.give_focal_point(SYSTEM, training.id, room.id, None)
    assert _holding(training.id) == set()


def test_what_is_kept_of_an_entry_that_is_gone_holds_no_link(seat: Seat) -> None:
    training = db.session.get_one(TrainingSession, seat.training_id)
    remote = make.seat(training, seat.factory, factories.person(seat.factory, email="far@mill.example"), kind=SiteKind.REMOTE)
    settle(training)
    held = db.session.scalars(sa.select(Invitation).where(Invitation.address == "far@mill.example")).one()
    assert held.told["join_url"] == make.LINK
    operations.withdraw(SYSTEM, training.id, remote.id)
    assert held.was["title"] and make.LINK not in json.dumps(PERSON_DATA.export(remote.person_id), default=str)


def test_an_interpreter_is_followed_too(app: Flask) -> None:
    training, speaks = make.training(days=(7,)), registers.interpreter("Ny Sokha", email=WRONG)
    operations.edit_meeting(SYSTEM, training.id, 1, Settings(interpreter_ids=(speaks.id,)))
    operations.confirm(SYSTEM, training.id)
    assert _holding(training.id) == {WRONG}
    code = db.session.get_one(Programme, training.programme_id).code
    change_interpreter(SYSTEM, code, speaks.id, InterpreterSettings("Ny Sokha", RIGHT, ("en", "km"), None))
    _work()
    assert _holding(training.id) == {RIGHT}


def test_the_site_invites_not_itself(app: Flask) -> None:
    """A mail whose sender, organiser and recipient are one address is thrown away, and its entry is nobody's."""
    factory, training = factories.factory("MILL"), make.training(days=(7,))
    for email in (config().mail_sender.upper(), RIGHT):
        make.seat(training, factory, factories.person(factory, email=email))
    operations.confirm(SYSTEM, training.id)
    assert _holding(training.id) == {RIGHT}
