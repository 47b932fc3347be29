"""The day of whoever has a part in training sessions."""

from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from app.access.roles import Role
from app.accounts.models import Account
from app.factories.models import Factory
from app.platform.clock import today
from app.platform.db import db
from app.sessions.models import Interpreter, MeetingInterpreter, SeatAtMeeting, TrainingSession
from app.sessions.rules import Modality, SeatState, SiteKind, TrainingState
from app.sessions.rules.wall_time import HalfDay, moments
from tests.browse import Browse, Reply
from tests.make import accounts, courses, factories
from tests.make import sessions as make
from tests.make.statements import counted

ZONE = "Asia/Phnom_Penh"


@pytest.fixture
def factory(app: Flask) -> Factory:
    return factories.factory("MILL", name="Lotus Mill")


@pytest.fixture
def trainer(factory: Factory) -> Account:
    return accounts.account(Role.TRAINER, programme=factories.programme())


def held_today(training: TrainingSession, number: int = 1, days: int = 0) -> TrainingSession:
    meeting = training.meetings[number - 1]
    starts = datetime.combine(today(ZONE) + timedelta(days=days), datetime.min.time()).replace(hour=8)
    meeting.starts, meeting.ends = starts, starts + timedelta(hours=4)
    meeting.starts_at, meeting.ends_at = moments(HalfDay(meeting.starts, meeting.ends, ZONE))
    training.state = TrainingState.CONFIRMED
    db.session.flush()
    return training


def hrefs(reply: Reply) -> list[str]:
    return [link.get("href") or "" for link in reply.all("a")]


def test_a_trainer_finds_who_comes_where_and_the_way_on(browse: Browse, trainer: Account, factory: Factory) -> None:
    version = courses.version("sst", test_unit="post-test")
    test = courses.unit(version, "post-test")
    training = held_today(make.training(version=version, trainers=[trainer], rooms=[factory], days=[7, 8]))
    first = make.seat(training, factory)
    make.seat(training, factory)
    make.seat(training, factory, kind=SiteKind.FACTORY_ROOM)
    make.seat(training, factory, state=SeatState.REQUESTED)
    named = make.seat(training, factory)
    named.state, named.person_id = SeatState.RESERVED, None
    remote = make.site(training, SiteKind.REMOTE)
    db.session.add(SeatAtMeeting(seat_id=first.id, meeting_id=training.meetings[0].id, site_id=remote.id, modality=Modality.VIRTUAL, place=None))
    db.session.flush()
    reply = browse.as_account(trainer).get("/my-day")
    for words in ("Training centre, Street 271: 2 people", "Lotus Mill: 1 person", "Alone, by link: 1 person", "For 1 of these places nobody is named yet."):
        assert words in reply.text, reply.text
    assert make.LINK in hrefs(reply) and "Your people" not in reply.text
    here = f"/sessions/{training.id}"
    assert {here, f"{here}/meetings/1/marks", f"{here}/quizzes/{test.id}"} <= set(hrefs(reply))
    tomorrow = browse.as_account(trainer).get(f"/my-day?day={today(ZONE) + timedelta(days=1)}")
    assert "Nothing stands in your day" in tomorrow.text


def test_by_link_only_nobody_is_expected_in_the_room(browse: Browse, trainer: Account, factory: Factory) -> None:
    training = held_today(make.training(trainers=[trainer], days=[7]))
    training.meetings[0].modality = Modality.VIRTUAL
    make.seat(training, factory)
    text = browse.as_account(trainer).get("/my-day").text
    assert "Training centre" not in text and "Alone, by link: 1 person" in text, text


def test_whose_half_day_is_by_link_is_expected_where_the_roll_call_has_them(browse: Browse, trainer: Account, factory: Factory) -> None:
    training = held_today(make.training(trainers=[trainer], rooms=[factory], days=[7]))
    training.meetings[0].modality = Modality.VIRTUAL
    make.seat(training, factory)
    assert "Lotus Mill: 1 person" in browse.as_account(trainer).get("/my-day").text


def test_another_trainer_has_nothing_to_do(browse: Browse, trainer: Account) -> None:
    held_today(make.training(days=[7]))
    assert "Nothing stands in your day" in browse.as_account(trainer).get("/my-day").text


def test_a_focal_point_finds_the_own_people_only(browse: Browse, trainer: Account, factory: Factory) -> None:
    other = factories.factory("OTHER", name="Secret Mill")
    training = held_today(make.training(trainers=[trainer], rooms=[factory, other], days=[7]))
    make.seat(training, factory, factories.person(factory, name="Sok Own", local_name=None))
    make.seat(training, other, factories.person(other, name="Sok Secret", local_name=None), kind=SiteKind.FACTORY_ROOM)
    speaker = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))
    reply = speaker.get("/my-day")
    assert "Sok Own" in reply.text and "1 person" in reply.text and "Secret" not in reply.text
    assert make.LINK not in hrefs(reply)  # nobody of theirs joins by it
    assert not any("/marks" in href or "/quizzes" in href for href in hrefs(reply) if "/meetings/" in href)


def test_helpers_and_interpreters(browse: Browse, trainer: Account, factory: Factory) -> None:
    training = held_today(make.training(trainers=[trainer], days=[7]))
    helper = browse.as_account(accounts.account(Role.CHECK_IN_HELPER, training=training))
    assert f"/sessions/{training.id}/meetings/1/marks" in hrefs(helper.get("/my-day"))
    speaks = accounts.account(Role.TRAINER, programme=factories.programme(), email="Ming@Words.example")
    row = Interpreter(programme_id=training.programme_id, name="Ming", email="ming@words.example", languages=["zh"])
    db.session.add(row)
    db.session.flush()
    assert "Nothing stands" in browse.as_account(speaks).get("/my-day").text
    db.session.add(MeetingInterpreter(meeting_id=training.meetings[0].id, interpreter_id=row.id))
    db.session.flush()
    assert f"/sessions/{training.id}" in hrefs(browse.as_account(speaks).get("/my-day"))


def test_the_same_few_statements(browse: Browse, trainer: Account, factory: Factory) -> None:
    client = browse.as_account(trainer)
    make.seat(held_today(make.training(trainers=[trainer], days=[7])), factory)
    with counted() as few:
        client.get("/my-day")
    for number in range(4):
        training = held_today(make.training(trainers=[trainer], version=courses.version(f"c{number}"), rooms=[factory], days=[7]))
        make.seat(training, factory)
    with counted() as many:
        client.get("/my-day")
    assert len(many) == len(few) <= 11


@pytest.mark.parametrize("day", ["x", "2026-13-01", "0001-01-01", ""])
def test_odd_days_mean_today(browse: Browse, trainer: Account, day: str) -> None:
    reply = browse.as_account(trainer).get(f"/my-day?day={day}")
    [field] = [each for each in reply.all("input") if each.get("name") == "day"]
    assert field.get("value") == date.fromisoformat(str(today(ZONE))).isoformat()
