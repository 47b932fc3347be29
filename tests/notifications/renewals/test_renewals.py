"""Reminders of certificates that end: when, to whom, once, and in what words."""

from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.accounts.models import Account
from app.certificates import operations as certificate_verbs
from app.certificates.models import Certificate
from app.certificates.rules import Reason
from app.factories.models import Employment
from app.notifications.models import Telling
from app.notifications.renewals import jobs
from app.notifications.renewals.operations import remind_renewals
from app.notifications.renewals.rules import Stage, stage, stage_of_week
from app.platform import clock
from app.platform.db import db
from app.platform.jobs.models import Job
from app.platform.mail.models import MailMessage
from tests.make import accounts, certificates, courses, factories, sessions

DAYS = st.dates(date(2026, 1, 1), date(2030, 1, 1))
LAST = datetime(2027, 11, 19, 17, tzinfo=UTC)  # a Saturday begins in Phnom Penh: the last whole day is a Friday
MONDAY = datetime(2027, 8, 30, 3, tzinfo=UTC)  # ten in the morning there


@given(DAYS, st.integers(1, 365), st.integers(-400, 400))
def test_first_as_the_window_opens_then_once_more_near_the_end(opens: date, length: int, offset: int) -> None:
    last, today = opens + timedelta(days=length), opens + timedelta(days=offset)
    which = stage(opens, last, today)
    assert (which is None) == (today < opens or today > last)
    if which is Stage.SOON:
        assert last - today <= timedelta(days=14)
        assert stage(opens, last, opens) is Stage.OPEN, "one is never told twice on one day"
    if which is Stage.OPEN and length >= 21:
        assert last - today > timedelta(days=14)


@given(DAYS, st.integers(1, 365), st.integers(-400, 400))
def test_once_a_week_nobody_is_missed(opens: date, length: int, offset: int) -> None:
    last, today = opens + timedelta(days=length), opens + timedelta(days=offset)
    coming = {stage(opens, last, today + timedelta(days=day)) for day in range(7)} - {None}
    told = {stage_of_week(opens, last, today + timedelta(days=7 * week)) for week in range(-60, 60)}
    assert stage(opens, last, opens) in told
    if coming and today <= last:
        assert stage_of_week(opens, last, today) in coming


class World:
    """A factory with a speaker, and a supervisor whose certificate ends on a day."""

    def __init__(self, email: str | None = "dara@people.example", language: str = "en", **version: object) -> None:
        self.factory = factories.factory()
        self.speaker: Account = accounts.account(Role.FOCAL_POINT, factory=self.factory, language=language)
        self.person = factories.person(self.factory, name="Sok Dara", local_name=None, email=email, language=language)
        self.version = courses.version(**{"titles": {"en": "Fire"}, **version})
        self.certificate = self.ending(self.person)

    def ending(self, person: object, until: datetime = LAST) -> Certificate:
        at = until - timedelta(days=365)
        made = certificates.certificate(person, self.factory, self.version, at=at, valid_until=until)  # type: ignore[arg-type]
        return certificates.drawn(made)

    def remind(self, at: datetime) -> None:
        with clock.telling(at):
            remind_renewals(self.factory.id)


def _mails() -> list[tuple[str, str, str]]:
    rows = db.session.scalars(sa.select(MailMessage).order_by(MailMessage.id)).all()
    read = [message_from_bytes(row.raw, policy=default) for row in rows]
    return [(row.recipient, str(m["Subject"]), m.get_body(("plain",)).get_content()) for row, m in zip(rows, read, strict=True)]


def test_the_factory_hears_once_a_week_and_the_person_on_the_day(app: Flask) -> None:
    world = World()
    world.remind(MONDAY - timedelta(days=28))
    assert _mails() == [], "the window is not open"
    for day in range(14):
        for hour in (0, 5):
            world.remind(MONDAY - timedelta(days=14) + timedelta(days=day, hours=hour))
    opened = [(to, subject) for to, subject, _text in _mails()]
    assert opened == [(world.speaker.email, "Certificates to renew"), ("dara@people.example", "Your certificate ends soon")]
    for day in range(95):
        world.remind(MONDAY + timedelta(days=day))
    assert [to for to, _subject, _text in _mails()].count(world.speaker.email) == 2, "and once more near the end"
    assert [to for to, _subject, _text in _mails()].count("dara@people.example") == 2
    assert db.session.query(Telling).filter(Telling.key.like("renewal:%")).count() == 4


def test_the_second_day_of_a_week_adds_no_second_list(app: Flask) -> None:
    world = World(email=None)
    for name, days in (("Chan Thida", 8), ("Keo Sophea", 9)):  # Monday's list looks as far as the day before
        world.ending(factories.person(world.factory, name=name, local_name=None), LAST + timedelta(days=days))
    first = MONDAY - timedelta(days=7)
    lists = []
    for day in range(14):
        before = len(_mails())
        world.remind(first + timedelta(days=day))
        lists += [(day, text) for _to, _subject, text in _mails()[before:]]
    assert [day for day, _text in lists] == [0, 7]
    assert "Sok Dara" in lists[0][1]
    assert all(name in lists[1][1] for name in ("Chan Thida", "Keo Sophea"))


def test_what_it_says(app: Flask) -> None:
    renewing = courses.version("fire-again", titles={"en": "Fire again"})
    world = World(refresher="fire-again")
    with clock.telling(MONDAY):
        training = sessions.training(programme=world.factory.programme, version=renewing, rooms=[world.factory])
    planned = min(meeting.starts_at for meeting in training.meetings)
    if planned < MONDAY:
        for meeting in training.meetings:
            meeting.starts_at += MONDAY - planned + timedelta(days=7)
    world.remind(MONDAY)
    [factory, person] = [text for _to, _subject, text in _mails()]
    for words in ("Sok Dara: Fire, valid until November 19, 2027", "Renewed by the course: Fire again", f"/certificates/renewals?factory={world.factory.code}"):
        assert words in " ".join(factory.split()), words
    assert f"/sessions/{training.id}/nominations" in factory
    assert "Fire, valid until November 19, 2027" in " ".join(person.split())
    assert training.code in person
    assert "Sok Dara:" not in person
    assert "/nominations" not in person


def test_without_a_date_the_factory_can_ask_for_one(app: Flask) -> None:
    world = World()
    world.remind(MONDAY)
    text = _mails()[0][2]
    assert f"/courses/{world.version.course.code}" in text
    assert "Renewed by taking the course again" in text


def test_one_mail_for_the_whole_factory(app: Flask) -> None:
    world = World(email=None)
    for name in ("Chan Thida", "Keo Sophea"):
        world.ending(factories.person(world.factory, name=name, local_name=None))
    world.remind(MONDAY)
    [(to, _subject, text)] = _mails()
    assert to == world.speaker.email
    for name in ("Sok Dara", "Chan Thida", "Keo Sophea"):
        assert name in text


def test_nobody_is_reminded_of_what_was_renewed_revoked_suspended_or_left(app: Flask) -> None:
    world = World()
    renewed = factories.person(world.factory, name="Renewed", local_name=None)
    world.ending(renewed)
    world.ending(renewed, LAST + timedelta(days=365))
    revoked = world.ending(factories.person(world.factory, name="Ended", local_name=None))
    certificate_verbs.revoke(revoked.completion_id, Reason.CORRECTED)
    reviewed = world.ending(factories.person(world.factory, name="Reviewed", local_name=None))
    certificate_verbs.suspend(SYSTEM, reviewed.id, Reason.CHECKED)
    gone = factories.person(world.factory, name="Left", local_name=None)
    world.ending(gone)
    db.session.query(Employment).filter_by(person_id=gone.id).update({"ended_on": date(2027, 1, 1)})
    db.session.query(Telling).delete()  # that two of them ended was told
    db.session.query(MailMessage).delete()
    world.remind(MONDAY)
    text = _mails()[0][2]
    assert "Sok Dara" in text
    for name in ("Renewed:", "Ended", "Reviewed", "Left"):
        assert name not in text, name


def test_not_in_the_quiet_hours_and_not_after_the_end(app: Flask) -> None:
    world = World()
    world.remind(MONDAY.replace(hour=16))  # eleven at night there
    world.remind(LAST + timedelta(days=2))
    assert _mails() == []


def test_one_job_for_each_factory_and_day(app: Flask) -> None:
    world = World()
    factories.factory()
    for hour in (0, 2, 24):
        with clock.telling(MONDAY + timedelta(hours=hour)):
            jobs.find_renewals().write()
    found = db.session.query(Job).filter_by(kind="notifications.renewals").all()
    assert [job.payload for job in found] == [{"factory_id": world.factory.id}] * 2
    with clock.telling(MONDAY):
        jobs.remind(world.factory.id).write()
        jobs.remind(world.factory.id).write()
    assert len(_mails()) == 2


@pytest.mark.parametrize("language", ["ar", "km", "vi"])
def test_in_the_language_of_the_reader(app: Flask, language: str) -> None:
    world = World(language=language)
    world.remind(MONDAY)
    for mail in db.session.query(MailMessage):
        html = message_from_bytes(mail.raw, policy=default).get_body(("html",)).get_content()
        assert f'lang="{language}"' in html
        assert ('dir="rtl"' in html) == (language == "ar")


