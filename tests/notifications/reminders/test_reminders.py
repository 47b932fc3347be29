"""Who is reminded when: once, on the working days of each factory, never at night, and anew after a move."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.accounts.models import Account
from app.factories.models import Factory, Holiday
from app.notifications.digests import operations as digests
from app.notifications.models import Telling
from app.notifications.reminders import jobs
from app.platform.db import db
from app.platform.jobs.models import Job
from app.platform.mail.models import MailMessage
from app.sessions import operations
from app.sessions.models import PlanningRules, Seat, TrainingSession
from app.sessions.rules import MeetingState, SeatState, SiteKind, TrainingState
from app.sessions.rules.wall_time import HalfDay
from tests.make import accounts, courses, factories
from tests.make import sessions as make
from tests.make.statements import counted

DHAKA = "Asia/Dhaka"
SATURDAY = date(2026, 12, 12)
"""The first half-day; Friday is the day of rest, so two working days before it is Wednesday the 9th."""


def at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(DHAKA))


@dataclass
class Laid:
    training: TrainingSession
    factory: Factory
    point: Account
    trainer: Account


@pytest.fixture
def laid(app: Flask) -> Iterator[Laid]:
    """A confirmed session in Dhaka on Saturday and Sunday: two people, one with an address, and a seat without a name."""
    with time_machine.travel(at(date(2026, 11, 25)), tick=False):
        programme = factories.programme("BD", zone=DHAKA, country="BD", rest_days=[5], languages=["bn", "en"])
        db.session.add(PlanningRules(programme_id=programme.id, reminder_days=[2]))
        factory = factories.factory("MILL", programme_id=programme.id, language="bn")
        trainer = accounts.account(Role.TRAINER, programme=programme, email="trainer@office.example")
        point = accounts.account(Role.FOCAL_POINT, factory=factory, email="hr@mill.example", language="vi")
        training = make.training(
            programme=programme, version=courses.version(titles={"en": "Safety"}), rooms=[factory], trainers=[trainer],
            days=((SATURDAY - date.today()).days, (SATURDAY - date.today()).days + 1), state=TrainingState.CONFIRMED)
        make.seat(training, factory, factories.person(factory, name="Rahima", local_name="রহিমা", email="rahima@mill.example", language="km"))
        make.seat(training, factory, factories.person(factory, name="Karim", local_name=None))
        reserved = make.seat(training, factory, state=SeatState.WITHDRAWN)
        reserved.person_id, reserved.state = None, SeatState.RESERVED
        db.session.flush()
        yield Laid(training, factory, point, trainer)


def run(moment: datetime) -> list[str]:
    """What the worker does at a moment; answers to whom mails were queued by it."""
    before = {row.id for row in db.session.query(MailMessage)}
    with time_machine.travel(moment, tick=False):
        jobs.find_reminders().write()
        for job in db.session.query(Job).filter_by(kind="notifications.remind", done_at=None).all():
            jobs.remind(**job.payload).write()
            job.done_at = moment
        db.session.commit()
    return sorted(row.recipient for row in db.session.query(MailMessage) if row.id not in before)


def text_to(recipient: str) -> str:
    row = db.session.query(MailMessage).filter_by(recipient=recipient).order_by(MailMessage.id.desc()).first()
    body = message_from_bytes(row.raw, policy=default).get_body(("plain",)).get_content()
    return " ".join(body.split())


EVERYBODY = ["hr@mill.example", "rahima@mill.example", "trainer@office.example"]


def test_two_working_days_before_with_friday_as_weekend(laid: Laid) -> None:
    days = [date(2026, 12, 5) + timedelta(days=n) for n in range(9)]
    told = {day: run(at(day)) for day in days}
    assert {day: who for day, who in told.items() if who} == {date(2026, 12, 9): EVERYBODY}
    assert [(row.kind, row.way) for row in db.session.query(Telling)] == [("reminder", "mail")] * 3


def test_the_same_day_with_saturday_and_sunday_as_weekend(laid: Laid) -> None:
    laid.factory.rest_days = [6, 7]
    assert run(at(date(2026, 12, 9))) == ["trainer@office.example"], "the trainer works on the days of the programme"
    assert run(at(date(2026, 12, 10))) == ["hr@mill.example", "rahima@mill.example"]


def test_a_certain_holiday_is_no_working_day_and_a_provisional_one_is(laid: Laid) -> None:
    for day, is_provisional in ((date(2026, 12, 10), False), (date(2026, 12, 9), True)):
        db.session.add(Holiday(programme_id=laid.training.programme_id, day=day, name={"en": "Day"}, is_provisional=is_provisional))
    assert run(at(date(2026, 12, 8))) == EVERYBODY


def test_what_each_is_told(laid: Laid) -> None:
    assert run(at(date(2026, 12, 9))) == EVERYBODY
    office = text_to("hr@mill.example")
    assert "- রহিমা (Rahima)" in office and "- Karim" in office and "12 tháng 12" in office
    assert f"/sessions/{laid.training.id}/nominations" in office and laid.training.code in office
    mine = text_to("rahima@mill.example")
    assert "Karim" not in mine and "/sessions/" not in mine and "Training centre" in mine
    teacher = text_to("trainer@office.example")
    assert "2 people are booked." in teacher and "1 reserved seat has no name yet." in teacher
    assert "রহিমা" not in teacher, "a count is enough"
    for mail in db.session.query(MailMessage):
        assert "meet.example" not in " ".join(str(part.get_payload(decode=True)) for part in message_from_bytes(mail.raw).walk())
        assert (mail.kind, mail.about) == ("notifications.reminder", f"training:{laid.training.id}")


def test_nothing_in_the_quiet_hours_and_then_at_their_end(laid: Laid) -> None:
    day = date(2026, 12, 9)
    for hour, minute in ((0, 5), (6, 59)):
        assert run(at(day, hour, minute)) == []
    assert run(at(day, 7)) == EVERYBODY
    assert run(at(day, 7, 15)) == []


def test_quiet_hours_are_those_of_the_programme(laid: Laid) -> None:
    rules = db.session.query(PlanningRules).one()
    rules.quiet_from, rules.quiet_until = "09:00", "15:30"
    day = date(2026, 12, 9)
    assert run(at(day, 10)) == [] and run(at(day, 15, 15)) == []
    assert run(at(day, 15, 45)) == EVERYBODY


def test_running_twice_and_again_tells_nobody_twice(laid: Laid) -> None:
    assert run(at(date(2026, 12, 9), 10)) == EVERYBODY
    for hour in (11, 12, 13):
        assert run(at(date(2026, 12, 9), hour)) == []
    assert run(at(date(2026, 12, 10))) == []


def test_a_worker_that_was_down_is_a_day_late_and_no_later(laid: Laid) -> None:
    assert run(at(date(2026, 12, 10), 18)) == EVERYBODY
    db.session.query(Telling).delete()
    assert run(at(date(2026, 12, 11))) == []


@pytest.mark.parametrize("state", [s for s in TrainingState if s is not TrainingState.CONFIRMED])
def test_only_what_is_confirmed(laid: Laid, state: TrainingState) -> None:
    laid.training.state = state
    assert run(at(date(2026, 12, 9))) == []


def test_half_days_that_are_off_do_not_count(laid: Laid) -> None:
    laid.training.meetings[0].state = MeetingState.CANCELLED
    assert run(at(date(2026, 12, 9))) == [], "Sunday is the first now"
    assert run(at(date(2026, 12, 10))) == EVERYBODY
    laid.training.meetings[1].state = MeetingState.POSTPONED
    assert run(at(date(2026, 12, 10), 12)) == []


def test_cancelled_between_finding_and_reminding(laid: Laid) -> None:
    db.session.query(Seat).filter_by(person_id=None).update({"state": SeatState.WITHDRAWN})
    with time_machine.travel(at(date(2026, 12, 9)), tick=False):
        jobs.find_reminders().write()
        operations.cancel(SYSTEM, laid.training.id, "Flood")
        jobs.remind(laid.training.id).write()
    assert db.session.query(MailMessage).filter_by(kind="notifications.reminder").count() == 0


def _move(laid: Laid, number: int, day: date, hour: int = 8) -> None:
    starts = datetime(day.year, day.month, day.day, hour)
    operations.move_meeting(SYSTEM, laid.training.id, number, HalfDay(starts, starts + timedelta(hours=4), DHAKA))


def test_moved_later_it_is_told_anew_for_the_new_day_and_once(laid: Laid) -> None:
    assert run(at(date(2026, 12, 9))) == EVERYBODY
    with time_machine.travel(at(date(2026, 12, 9), 14), tick=False):
        _move(laid, 2, date(2026, 12, 20))
        _move(laid, 1, date(2026, 12, 19))
    for day in (9, 10, 11, 12, 14, 15):
        assert run(at(date(2026, 12, day), 15)) == []
    assert run(at(date(2026, 12, 16))) == EVERYBODY
    assert run(at(date(2026, 12, 17))) == []



def test_another_hour_of_the_same_day_is_no_new_reminder(laid: Laid) -> None:
    assert run(at(date(2026, 12, 9))) == EVERYBODY
    with time_machine.travel(at(date(2026, 12, 9), 14), tick=False):
        _move(laid, 1, SATURDAY, 13)
        db.session.commit()
    assert run(at(date(2026, 12, 9), 15)) == [] and run(at(date(2026, 12, 10), 15)) == []


def test_somebody_booked_after_the_others_were_told_is_told_alone(laid: Laid) -> None:
    assert run(at(date(2026, 12, 9))) == EVERYBODY
    make.seat(laid.training, laid.factory, factories.person(laid.factory, email="late@mill.example"), kind=SiteKind.REMOTE)
    assert run(at(date(2026, 12, 9), 12)) == ["late@mill.example"]


def test_who_shares_an_address_gets_one_mail(laid: Laid) -> None:
    for name in ("Asha", "Bina"):
        make.seat(laid.training, laid.factory, factories.person(laid.factory, name=name, local_name=None, email=" Shared@Mill.example"))
    make.seat(laid.training, laid.factory, factories.person(laid.factory, email="HR@mill.example"))
    make.seat(laid.training, laid.factory, factories.person(laid.factory, email="no address"))
    assert run(at(date(2026, 12, 9))) == sorted([*EVERYBODY, "shared@mill.example"])
    assert "Asha, Bina" in text_to("shared@mill.example")
    assert {row.mail_id is None for row in db.session.query(Telling).filter(Telling.person_id.is_not(None))} == {False}


def test_who_wants_no_reminders_gets_none_but_a_factory_is_never_left_out(laid: Laid) -> None:
    second = accounts.account(Role.FOCAL_POINT, factory=laid.factory, email="second@mill.example")
    for account in (laid.point, laid.trainer):
        digests.choose(accounts.actor(account), has_digests=True, has_reminders=False)
    assert run(at(date(2026, 12, 9))) == ["rahima@mill.example", "second@mill.example"]
    digests.choose(accounts.actor(second), has_digests=True, has_reminders=False)
    db.session.query(Telling).delete()
    assert run(at(date(2026, 12, 9), 12)) == ["hr@mill.example", "rahima@mill.example"]


def test_other_factories_are_told_of_their_own_people_only(laid: Laid) -> None:
    other = factories.factory("OTHER", name="Zqother", programme_id=laid.training.programme_id, rest_days=[7])
    accounts.account(Role.FOCAL_POINT, factory=other, email="hr@other.example")
    make.seat(laid.training, other, factories.person(other, name="Zqother Person", local_name=None))
    assert run(at(date(2026, 12, 9))) == EVERYBODY
    assert "Zqother" not in text_to("hr@mill.example")
    assert run(at(date(2026, 12, 10))) == ["hr@other.example"], "its own working days: Thursday and Friday"
    assert "রহিমা" not in text_to("hr@other.example") and "Zqother Person" in text_to("hr@other.example")


def test_more_training_sessions_cost_no_more_statements(laid: Laid) -> None:
    with time_machine.travel(at(date(2026, 12, 9)), tick=False):
        def cost() -> int:
            with counted() as seen:
                jobs.find_reminders()
            return len(seen)

        few = cost()
        for _ in range(5):
            more = make.training(programme=laid.training.programme, version=laid.training.version, days=(3,), state=TrainingState.CONFIRMED)
            make.seat(more, laid.factory)
        assert cost() == few <= 4


def test_after_a_pause_of_weeks_everybody_is_reminded_again(laid: Laid) -> None:
    """Two days, and two days three weeks later: the second row is as new as the first."""
    assert run(at(date(2026, 12, 9))) == EVERYBODY
    with time_machine.travel(at(date(2026, 12, 9), 14), tick=False):
        _move(laid, 2, date(2027, 1, 2))
        db.session.commit()
    for day in (10, 12, 16, 30):
        assert run(at(date(2026, 12, day), 15)) == ([] if day < 30 else EVERYBODY)
    said = text_to("rahima@mill.example")
    assert "January 2" in said or "2 មករា" in said or "២ មករា" in said
    assert "12 ធ្នូ" not in said and "១២ ធ្នូ" not in said, "what is over is not told again"
    assert run(at(date(2026, 12, 31))) == []


def test_a_weekly_hour_is_reminded_of_once(laid: Laid) -> None:
    assert run(at(date(2026, 12, 9))) == EVERYBODY
    with time_machine.travel(at(date(2026, 12, 9), 14), tick=False):
        _move(laid, 2, date(2026, 12, 19))
        db.session.commit()
    assert [run(at(date(2026, 12, day), 15)) for day in (15, 16, 17, 18)] == [[], [], [], []]
