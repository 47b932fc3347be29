"""The calendar as each role finds it."""

from datetime import date, datetime, timedelta
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from app.access.roles import Role
from app.accounts.models import Account
from app.factories.models import Factory, Programme
from app.platform.clock import today
from app.platform.db import db
from app.sessions.models import MeetingSite, Room, TrainingSession
from app.sessions.rules import MeetingState, Modality, SeatState, SiteKind, TrainingState
from app.sessions.rules.wall_time import HalfDay, moments
from tests.browse import Browse, Reply
from tests.make import accounts, courses, factories, structure
from tests.make import sessions as make
from tests.make.statements import counted

ZONE = "Asia/Phnom_Penh"


@pytest.fixture
def programme(app: Flask) -> Programme:
    return factories.programme()


@pytest.fixture
def factory(programme: Programme) -> Factory:
    return factories.factory("MILL", name="Lotus Mill", province="Kandal")


@pytest.fixture
def trainer(programme: Programme) -> Account:
    return accounts.account(Role.TRAINER, programme=programme, name="Thida")


@pytest.fixture
def planner(browse: Browse, trainer: Account) -> Browse:
    return browse.as_account(trainer)


@pytest.fixture
def speaker(browse: Browse, factory: Factory) -> Browse:
    return browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))


def at(training: TrainingSession, day: date, hour: int = 8, number: int = 1, zone: str = ZONE) -> TrainingSession:
    """Hold one half-day on a day of the wall."""
    meeting = training.meetings[number - 1]
    starts = datetime.combine(day, datetime.min.time()).replace(hour=hour)
    meeting.starts, meeting.ends, meeting.zone = starts, starts + timedelta(hours=4), zone
    meeting.starts_at, meeting.ends_at = moments(HalfDay(meeting.starts, meeting.ends, zone))
    db.session.flush()
    return training


def cells(reply: Reply) -> dict[str, str]:
    """Day -> what stands there."""
    found = {}
    for cell in reply.all("td"):
        times = [each.get("datetime") for each in cell.iter("time")]
        found[times[0] or ""] = " ".join("".join(cell.itertext()).split())
    return found


def hrefs(element: Element | Reply) -> list[str]:
    links = element.all("a") if isinstance(element, Reply) else element.iter("a")
    return [link.get("href") or "" for link in links]


DAY = date(2030, 5, 15)


def test_a_month_says_everything_about_a_half_day(planner: Browse, factory: Factory, trainer: Account) -> None:
    training = at(make.training(rooms=[factory], trainers=[trainer], days=[7]), DAY)
    training.cohort = "Cohort B"
    make.seat(training, factory)
    make.seat(training, factory, state=SeatState.REQUESTED)
    reply = planner.get(f"/sessions/calendar?day={DAY}")
    said = cells(reply)[DAY.isoformat()]
    for words in ("8:00\u202fAM to 12:00\u202fPM", "Cohort B", "Tentative", "In person and by link", "Training centre", "Lotus Mill", "1 of 40"):
        assert words.replace("\u202f", " ") in said.replace("\u202f", " "), said
    assert f"/sessions/{training.id}" in hrefs(reply) and f"/sessions/{training.id}/meetings/1/time" in hrefs(reply)
    assert "May 2030" in reply.text
    assert [th.text for th in reply.all("th")] == ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def test_weeks_begin_after_the_rest_and_holidays_are_named(planner: Browse, programme: Programme, factory: Factory) -> None:
    programme.rest_days = [5]
    factory.rest_days = [6, 7]
    structure.holiday(programme, DAY, name={"en": "Visak Bochea"})
    structure.holiday(programme, DAY + timedelta(days=1), name={"en": "Eid"}, is_provisional=True)
    reply = planner.get(f"/sessions/calendar?day={DAY}")
    assert reply.all("th")[0].text == "Saturday"
    by_day = {cell.find(".//time").get("datetime"): cell for cell in reply.all("td")}  # type: ignore[union-attr]
    shaded = [day for day, cell in by_day.items() if "rest" in (cell.get("class") or "").split()]
    assert "2030-05-17" in shaded and DAY.isoformat() in shaded and "2030-05-16" not in shaded and "2030-05-18" not in shaded
    assert "Visak Bochea" in cells(reply)["2030-05-15"] and "not certain" in cells(reply)["2030-05-16"]
    own = planner.get(f"/sessions/calendar?day={DAY}&factory=MILL")
    assert own.all("th")[0].text == "Monday" and "Rest days are those of Lotus Mill." in own.text
    assert "Rest day" in cells(own)["2030-05-18"] and "Rest day" not in cells(own)["2030-05-17"]


def test_today_is_marked(planner: Browse) -> None:
    reply = planner.get("/sessions/calendar")
    [cell] = [cell for cell in reply.all("td") if cell.get("aria-current") == "date"]
    assert cell.find(".//time").get("datetime") == today(ZONE).isoformat()  # type: ignore[union-attr]


def test_another_zone_stands_beside_the_own(planner: Browse) -> None:
    at(make.training(days=[7]), DAY, hour=22, zone="Africa/Cairo")
    said = cells(planner.get(f"/sessions/calendar?day={DAY}"))
    assert "Africa/Cairo" not in said["2030-05-15"]
    # 22:00 in Cairo, which is three hours ahead in summer: two o'clock on the next morning in Phnom Penh
    assert "2:00" in said["2030-05-16"] and "10:00" in said["2030-05-16"] and "Africa/Cairo" in said["2030-05-16"]


def test_a_week_and_a_list(planner: Browse, trainer: Account) -> None:
    training = at(make.training(trainers=[trainer], days=[7, 8]), DAY)
    at(training, DAY + timedelta(days=13), number=2)
    week = planner.get(f"/sessions/calendar?view=week&day={DAY}")
    assert list(cells(week)) == [f"2030-05-{day}" for day in range(13, 20)] and "Thida" in cells(week)["2030-05-15"]
    agenda = planner.get(f"/sessions/calendar?view=agenda&day={DAY}")
    assert [time.get("datetime") for time in agenda.all("time")] == ["2030-05-15", "2030-05-28"]
    for reply in (week, agenda):
        assert [a.get("rel") for a in reply.all("a") if a.get("rel")] == ["prev", "next"]
        assert f"/sessions/{training.id}/meetings/1/time" in hrefs(reply)
    empty = planner.get("/sessions/calendar?view=agenda&day=2031-01-01")
    assert "No half-day is planned on these days" in empty.text


@pytest.mark.parametrize("address", ["?day=never", "?view=decade", "?trainer=x&room=-1", "?programme=XX", "?day=0001-01-01", "?factory=%25"])
def test_odd_addresses_are_borne(planner: Browse, address: str) -> None:
    assert planner.get(f"/sessions/calendar{address}").status == 200


def test_what_is_not_held_is_left_out(planner: Browse) -> None:
    for state in (TrainingState.CANCELLED, TrainingState.POSTPONED):
        at(make.training(state=state, days=[7]), DAY)
    gone = at(make.training(days=[7, 8]), DAY)
    gone.meetings[0].state = MeetingState.CANCELLED
    assert "to 12:00" not in cells(planner.get(f"/sessions/calendar?day={DAY}"))["2030-05-15"]


def test_what_has_no_date_stands_beneath(planner: Browse, speaker: Browse) -> None:
    postponed = make.training(days=[7])
    postponed.state, postponed.meetings[0].state = TrainingState.POSTPONED, MeetingState.POSTPONED
    announced = make.training(days=[8])
    db.session.delete(announced.meetings[0])
    db.session.flush()
    announced.expected_on = date(2030, 6, 1)
    reply = planner.get("/sessions/calendar")
    assert "Without a date" in reply.text and "Postponed" in reply.text and "expected in June 2030" in reply.text
    assert f"/sessions/{postponed.id}" in hrefs(reply) and f"/sessions/{announced.id}" in hrefs(reply)


def test_a_full_day_leads_on(planner: Browse) -> None:
    made = [at(make.training(days=[7]), DAY, hour=8 + number) for number in range(6)]
    month = planner.get(f"/sessions/calendar?day={DAY}")
    assert "2 more" in cells(month)["2030-05-15"] and f"/sessions/{made[5].id}" not in hrefs(month)
    [more] = {href for href in hrefs(month) if "view=agenda" in href and "2030-05-15" in href}
    assert f"/sessions/{made[5].id}" in hrefs(planner.get(more))


def test_filters_narrow_it_down(planner: Browse, programme: Programme, factory: Factory, trainer: Account) -> None:
    other = factories.factory("TOPS", name="Tops", province="Takeo")
    hall = Room(programme_id=programme.id, name="Hall", address="", province="Prey Veng")
    db.session.add(hall)
    db.session.flush()
    mine = at(make.training(trainers=[trainer], days=[7]), DAY)
    seated = at(make.training(days=[7]), DAY)
    make.seat(seated, factory)
    roomed = at(make.training(days=[7], rooms=[other]), DAY)
    in_hall = at(make.training(days=[7, 8]), DAY)
    site = make.site(in_hall)
    site.room_id = hall.id
    at(in_hall, DAY + timedelta(days=1), number=2)
    remote = make.site(in_hall, SiteKind.REMOTE)
    db.session.add(MeetingSite(meeting_id=in_hall.meetings[1].id, site_id=remote.id))
    db.session.flush()
    everything = {mine.id, seated.id, roomed.id, in_hall.id}

    def shown(question: str) -> set[int]:
        links = hrefs(planner.get(f"/sessions/calendar?view=agenda&day={DAY}&{question}"))
        return {each for each in everything if f"/sessions/{each}" in links}

    assert shown("") == everything
    assert shown(f"trainer={trainer.id}") == {mine.id}
    assert shown("factory=MILL") == shown("factory=lotus") == {seated.id}
    assert shown("factory=TOPS") == {roomed.id}
    assert shown("factory=nobody") == set()
    assert shown("province=Kandal") == {seated.id} and shown("province=Takeo") == {roomed.id}
    assert shown("province=Prey+Veng") == shown(f"room={hall.id}") == {in_hall.id}
    # the second half-day is joined alone, not in the hall
    second = planner.get(f"/sessions/calendar?view=agenda&day={DAY + timedelta(days=1)}&room={hall.id}")
    assert f"/sessions/{in_hall.id}" not in hrefs(second)


def test_a_factory_sees_what_concerns_it_and_no_other_factory(speaker: Browse, factory: Factory) -> None:
    other = factories.factory("OTHER", name="Secret Mill")
    both = at(make.training(rooms=[factory, other], days=[7]), DAY)
    make.seat(both, other, kind=SiteKind.FACTORY_ROOM)
    draft = at(make.training(state=TrainingState.DRAFT, days=[7]), DAY)
    make.seat(draft, factory, state=SeatState.RESERVED)
    abroad = factories.programme("BD", zone="Asia/Dhaka", country="BD", languages=["bn"], name={"en": "Bangladesh"})
    far = at(make.training(programme=abroad, days=[7]), DAY)
    shared = at(make.training(programme=abroad, days=[7]), DAY, zone="Asia/Dhaka")
    make.seat(shared, factory)
    reply = speaker.get(f"/sessions/calendar?day={DAY}")
    links = hrefs(reply)
    assert f"/sessions/{both.id}" in links and f"/sessions/{shared.id}" in links
    assert f"/sessions/{draft.id}" not in links and f"/sessions/{far.id}" not in links
    assert "Lotus Mill" in reply.text and "Secret" not in reply.text and "Move" not in reply.text
    # its own clock first, then the other one
    assert "9:00" in cells(reply)[DAY.isoformat()] and "Asia/Dhaka" in cells(reply)[DAY.isoformat()]
    for question in ("factory=OTHER", "factory=secret"):
        assert "Secret" not in speaker.get(f"/sessions/calendar?day={DAY}&{question}").text


def test_another_programme_is_not_told(planner: Browse) -> None:
    abroad = factories.programme("BD", zone="Asia/Dhaka", country="BD", languages=["bn"], name={"en": "Bangladesh"})
    far = at(make.training(programme=abroad, days=[7]), DAY)
    reply = planner.get(f"/sessions/calendar?day={DAY}&programme=BD")
    assert f"/sessions/{far.id}" not in hrefs(reply) and "Bangladesh" not in reply.text


def test_a_manager_of_everything_looks_at_one_programme_at_a_time(browse: Browse) -> None:
    here = at(make.training(days=[7]), DAY)
    abroad = factories.programme("BD", zone="Asia/Dhaka", rest_days=[5], country="BD", languages=["bn"], name={"en": "Bangladesh"})
    far = at(make.training(programme=abroad, days=[7]), DAY, zone="Asia/Dhaka")
    admin = browse.as_account(accounts.account(Role.ADMINISTRATOR))
    reply = admin.get(f"/sessions/calendar?day={DAY}&programme=KH")
    assert f"/sessions/{here.id}" in hrefs(reply) and f"/sessions/{far.id}" not in hrefs(reply)
    other = admin.get(f"/sessions/calendar?day={DAY}&programme=BD")
    assert f"/sessions/{far.id}" in hrefs(other) and other.all("th")[0].text == "Saturday"
    assert all("programme=BD" in href for href in hrefs(other) if href.startswith("/sessions/calendar?view=agenda"))


def test_in_arabic_it_runs_from_right_to_left_in_local_digits(browse: Browse, programme: Programme) -> None:
    at(make.training(days=[7]), DAY)
    reader = browse.as_account(accounts.account(Role.TRAINER, programme=programme, language="ar"))
    reply = reader.get(f"/sessions/calendar?day={DAY}")
    assert reply.page is not None and reply.page.get("dir") == "rtl"
    assert "٢٠٣٠" in reply.text and "٨:٠٠" in cells(reply)[DAY.isoformat()]


@pytest.mark.parametrize("view", ["month", "week", "agenda"])
def test_it_asks_the_same_few_statements_whatever_there_is(planner: Browse, factory: Factory, trainer: Account, view: str) -> None:
    def statements() -> int:
        with counted() as seen:
            assert planner.get(f"/sessions/calendar?view={view}&day={DAY}&trainer={trainer.id}").status == 200
        return len(seen)

    at(make.training(trainers=[trainer], rooms=[factory], days=[7]), DAY)
    few = statements()
    for number in range(8):
        training = at(make.training(trainers=[trainer], version=courses.version(f"c{number}"), rooms=[factory], days=[7]), DAY + timedelta(days=number % 3))
        make.seat(training, factory)
    assert statements() == few <= 12


def test_a_half_day_at_midnight_belongs_to_its_day(planner: Browse) -> None:
    at(make.training(days=[7], modality=Modality.VIRTUAL), date(2030, 5, 1), hour=0)
    at(make.training(days=[7], modality=Modality.VIRTUAL), date(2030, 5, 31), hour=20)
    said = cells(planner.get("/sessions/calendar?day=2030-05-20"))
    assert "By link" in said["2030-05-01"] and "By link" in said["2030-05-31"]
    assert datetime(2030, 5, 1, tzinfo=ZoneInfo(ZONE)).utcoffset() == timedelta(hours=7)
