"""Digests: what each role reads, once a week, and never when there is nothing to say."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask import Flask

from app.access.roles import Role
from app.accounts.models import Account
from app.factories.models import Factory, Holiday
from app.notifications.digests import jobs, operations
from app.notifications.models import NotificationChoice, Telling
from app.platform.audit.models import AuditEntry
from app.platform.db import db
from app.platform.jobs import Later
from app.platform.jobs.models import Job
from app.platform.mail.models import MailMessage
from app.sessions.models import TrainingSession
from app.sessions.rules import SeatState, TrainingState
from tests.make import accounts, courses, factories
from tests.make import sessions as make
from tests.make.statements import counted

MONDAY = date(2026, 11, 30)
ZONE = ZoneInfo("Asia/Phnom_Penh")


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZONE)


@dataclass
class Laid:
    training: TrainingSession
    mine: Factory
    other: Factory
    people: dict[Role, Account]


@pytest.fixture
def laid(app: Flask) -> Iterator[Laid]:
    """On Wednesday: a session next Tuesday with two people, an unnamed seat, a request and somebody who waits."""
    with time_machine.travel(at(date(2026, 11, 25)), tick=False):
        programme = factories.programme()
        mine, other = factories.factory("MINE"), factories.factory("OTHER", name="Zqother Mill")
        people = {
            Role.FOCAL_POINT: accounts.account(Role.FOCAL_POINT, factory=mine, email="hr@mine.example"),
            Role.TRAINER: accounts.account(Role.TRAINER, programme=programme, email="trainer@office.example"),
            Role.ADVISOR: accounts.account(Role.ADVISOR, factory=mine, email="advisor@office.example"),
            Role.PROGRAMME_MANAGER: accounts.account(Role.PROGRAMME_MANAGER, programme=programme, email="manager@office.example"),
        }
        training = make.training(version=courses.version(titles={"en": "Safety"}), trainers=[people[Role.TRAINER]], days=(6, 7), state=TrainingState.CONFIRMED)
        training.least_people = 8
        make.seat(training, mine)
        make.seat(training, other)
        for state in (SeatState.REQUESTED, SeatState.WAIT_LISTED):
            make.seat(training, mine, state=state)
        reserved = make.seat(training, mine, state=SeatState.WITHDRAWN)
        reserved.person_id, reserved.state = None, SeatState.RESERVED
        db.session.flush()
        yield Laid(training, mine, other, people)


def run(moment: datetime) -> dict[str, str]:
    """What the worker does at a moment; the texts of the mails that were queued by it."""
    before = {row.id for row in db.session.query(MailMessage)}
    with time_machine.travel(moment, tick=False):
        jobs.find_digests().write()
        for job in db.session.query(Job).filter_by(kind="notifications.digest", done_at=None).all():
            jobs.send(**job.payload).write()
            job.done_at = moment
        db.session.commit()
    fresh = [row for row in db.session.query(MailMessage) if row.id not in before]
    return {row.recipient: " ".join(parsed(row).get_body(("plain",)).get_content().split()) for row in fresh}


def parsed(row: MailMessage) -> EmailMessage:
    return message_from_bytes(row.raw, policy=default)


def test_what_each_role_reads(laid: Laid) -> None:
    told = run(at(MONDAY))
    assert set(told) == {"hr@mine.example", "trainer@office.example", "advisor@office.example", "manager@office.example"}
    factory, trainer, advisor, manager = (told[laid.people[role].email] for role in laid.people)
    for said in ("Your factory", "Safety", "1 person booked", "1 seat without a name", "1 request to answer", "1 on the waiting list"):
        assert said in factory
    for said in ("You teach", "2 half-days in the next seven days", "2 people booked", "1 request to answer", "fewer than the 8 people that it needs"):
        assert said in trainer
    assert "The factories that you advise" in advisor and "1 person booked" in advisor and "fewer" not in advisor
    assert "Your programme" in manager and "2 people booked" in manager and "fewer than the 8" in manager
    for text in told.values():
        assert "Zqother" not in text and "meet.example" not in text and f"/sessions/{laid.training.id}" in text
        assert "Sok Dara" not in text, "numbers only"


def test_once_a_week_on_its_first_working_day(laid: Laid) -> None:
    far = make.training(version=laid.training.version, days=(20,), state=TrainingState.CONFIRMED)
    make.seat(far, laid.mine)
    days = [date(2026, 11, 26) + timedelta(days=n) for n in range(14)]
    told = {day: sorted(run(at(day))) for day in days}
    assert [day for day, who in told.items() if "hr@mine.example" in who] == [MONDAY, MONDAY + timedelta(days=7)]
    assert all(run(at(MONDAY, hour)) == {} for hour in (10, 15))
    assert db.session.query(Telling).filter_by(kind="digest", account_id=laid.people[Role.FOCAL_POINT].id).count() == 2


def test_an_account_with_two_roles_gets_one_mail(laid: Laid) -> None:
    accounts.grant(laid.people[Role.TRAINER], Role.FOCAL_POINT, factory=laid.mine)
    told = run(at(MONDAY))
    assert "You teach" in told["trainer@office.example"] and "Your factory" in told["trainer@office.example"]
    assert len(told) == 4


def test_nothing_to_say_is_not_sent(laid: Laid) -> None:
    accounts.account(Role.FOCAL_POINT, factory=factories.factory(), email="quiet@mill.example")
    accounts.account(Role.TRAINER, programme=laid.training.programme, email="idle@office.example")
    accounts.account(Role.ADMINISTRATOR, email="admin@office.example")
    assert not {"quiet@mill.example", "idle@office.example", "admin@office.example"} & set(run(at(MONDAY)))
    assert db.session.query(Telling).count() == 4


def test_a_request_that_waits_is_told_wherever_it_is(laid: Laid) -> None:
    laid.training.state = TrainingState.CANCELLED
    far = make.training(version=laid.training.version, trainers=[laid.people[Role.TRAINER]], days=(20,), state=TrainingState.TENTATIVE)
    assert "trainer@office.example" not in run(at(MONDAY))
    make.seat(far, laid.mine, state=SeatState.REQUESTED)
    text = run(at(MONDAY + timedelta(days=7)))["trainer@office.example"]
    assert "not confirmed yet" in text and "1 request to answer" in text


def test_a_holiday_moves_it_and_the_night_waits(laid: Laid) -> None:
    db.session.add(Holiday(programme_id=laid.training.programme_id, day=MONDAY, name={"en": "Day"}, is_provisional=False))
    assert run(at(MONDAY)) == {}
    tuesday = MONDAY + timedelta(days=1)
    assert run(at(tuesday, 6)) == {}
    assert "hr@mine.example" in run(at(tuesday, 7))


def test_a_worker_that_comes_to_it_at_night_waits(laid: Laid) -> None:
    with time_machine.travel(at(MONDAY, 21), tick=False):
        outcome = jobs.send(laid.people[Role.TRAINER].id, MONDAY.isoformat())
    assert isinstance(outcome, Later)
    assert db.session.query(MailMessage).filter_by(kind="notifications.digest").count() == 0


def test_who_does_not_want_it_or_is_gone_gets_none(laid: Laid) -> None:
    operations.choose(accounts.actor(laid.people[Role.TRAINER]), has_digests=False, has_reminders=True)
    laid.people[Role.ADVISOR].disabled_at = at(date(2026, 11, 26))
    assert set(run(at(MONDAY))) == {"hr@mine.example", "manager@office.example"}


def test_choosing_between_finding_and_sending(laid: Laid) -> None:
    trainer = laid.people[Role.TRAINER]
    with time_machine.travel(at(MONDAY), tick=False):
        operations.choose(accounts.actor(trainer), has_digests=False, has_reminders=True)
        operations.send_digest(trainer.id, MONDAY)
        assert db.session.query(Telling).count() == 0


def test_the_mail_can_be_stopped_with_one_click(laid: Laid) -> None:
    run(at(MONDAY))
    row = db.session.query(MailMessage).filter_by(recipient="hr@mine.example", kind="notifications.digest").one()
    mail = parsed(row)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert str(mail["List-Unsubscribe"]).startswith("<http://localhost/unsubscribe/")
    assert row.about == f"account:{laid.people[Role.FOCAL_POINT].id}"


def test_reminders_and_the_rest_stay_when_digests_are_stopped(laid: Laid) -> None:
    point = laid.people[Role.FOCAL_POINT]
    operations.choose(accounts.actor(point), has_digests=False, has_reminders=False)
    operations.choose(accounts.actor(point), has_digests=True, has_reminders=False)
    [choice] = db.session.query(NotificationChoice).all()
    assert (choice.has_digests, choice.has_reminders) == (True, False)
    assert db.session.query(AuditEntry).filter_by(action="notifications.choose").count() == 2


def test_more_lines_cost_no_more_statements(laid: Laid) -> None:
    point = laid.people[Role.FOCAL_POINT]

    def cost() -> int:
        with time_machine.travel(at(MONDAY), tick=False), counted() as seen:
            operations.send_digest(point.id, MONDAY + timedelta(days=7 * len(costs)))
        return len(seen)

    costs: list[int] = []
    costs.append(cost())
    for _ in range(6):
        make.seat(make.training(version=laid.training.version, days=(9,), state=TrainingState.CONFIRMED), laid.mine)
    costs.append(cost())
    assert costs[0] == costs[1]
