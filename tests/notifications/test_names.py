"""What somebody pasted as a name stops no mail, and seats without a name stop none either."""

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.accounts.models import Account
from app.factories.models import Factory
from app.notifications.digests.operations import send_digest
from app.notifications.messages.queries import reaches
from app.notifications.operations import tell_webhook_paused
from app.notifications.reading import read
from app.notifications.reminders import operations as reminders
from app.platform.clock import today
from app.platform.db import db
from app.platform.mail.models import MailMessage
from app.sessions import operations
from app.sessions.models import TrainingSession
from app.sessions.rules import Modality, SeatState
from tests.make import accounts, factories
from tests.make import sessions as make

PASTED = "\ufeffKeo\u2028Sina\x0b\x85(HR)"


@pytest.fixture
def speaker(app: Flask) -> Account:
    return accounts.account(Role.FOCAL_POINT, factory=factories.factory("MILL"), email="hr@mill.example", name=PASTED)


@pytest.fixture
def training(speaker: Account) -> TrainingSession:
    """A factory holds three seats, none of which has a name."""
    training = make.training(trainers=[accounts.account(Role.TRAINER, programme=factories.programme(), name=PASTED)], days=(1, 3))
    mill = db.session.scalars(sa.select(Factory).where(Factory.code == "MILL")).one()
    reserved = operations.reserve(accounts.actor(speaker), training.id, mill, training.sites[0].id, 3)
    assert {seat.state for seat in reserved} == {SeatState.RESERVED}
    return training


def _kinds() -> set[str]:
    mails = list(db.session.query(MailMessage))
    recipients = [read(mail.raw).recipient for mail in mails]
    assert all("Keo Sina" in each and "\ufeff" not in each for each in recipients), "in one line, as people read it"
    return {mail.kind for mail in mails}


def test_a_name_in_several_lines(training: TrainingSession) -> None:
    operations.confirm(SYSTEM, training.id)
    assert _kinds() >= {"sessions.seats"}


def test_what_owners_of_programs_hear(speaker: Account) -> None:
    tell_webhook_paused(speaker.id, 1, "Board", 1)
    assert _kinds() == {"programs.webhook_paused"}


def test_every_mail_about_seats_without_a_name(training: TrainingSession, speaker: Account) -> None:
    operations.confirm(SYSTEM, training.id)
    for audience in reaches(training).values():
        assert audience.unreached == []
    reminders.remind(training.id)
    send_digest(speaker.id, today("Asia/Phnom_Penh"))
    operations.switch_modality(SYSTEM, training.id, [1], Modality.VIRTUAL, make.LINK)
    operations.postpone(SYSTEM, training.id, "Flood")
    operations.resume(SYSTEM, training.id, {meeting.number: make.half_day(days=20 + meeting.number).when for meeting in training.meetings})
    operations.cancel(SYSTEM, training.id, "Flood")
    assert _kinds() >= {"sessions.seats", "notifications.digest", "sessions.switched", "sessions.postponed", "sessions.new_dates", "sessions.called_off"}
