"""Proposing runs for people who are not covered, and making them."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.roles import Role
from app.accounts.models import Account
from app.completions.events import CourseCompleted
from app.courses.models import CourseVersion
from app.coverage.subscribers import on_completed
from app.factories.models import Factory, FactoryTerm
from app.factories.rules import TermKind
from app.platform.clock import now, today
from app.platform.db import db
from app.sessions.models import Seat, TrainingSession
from app.sessions.registers.models import Absence, Qualification, TrainerLanguages
from app.sessions.rules import Modality, SeatState, SiteKind, TrainingState
from tests.browse import Browse, Reply, fill
from tests.make import accounts, completions, courses, coverage, factories, structure
from tests.make import sessions as make
from tests.make.statements import counted

ZONE = "Asia/Phnom_Penh"


@pytest.fixture
def version(app: Flask) -> CourseVersion:
    return courses.version("sst", hours=8.0, group_min=3, group_max=6, modalities=["in_person", "virtual"])


@pytest.fixture
def mills(version: CourseVersion) -> tuple[Factory, Factory]:
    """One with eight supervisors on a line, one with three on none."""
    coverage.require(factories.programme(), version)
    first, second = factories.factory("MILL", name="Lotus Mill"), factories.factory("TOPS", name="Tops", province="Takeo")
    for _ in range(8):
        factories.person(first, line="Line 1")
    for _ in range(3):
        factories.person(second)
    return first, second


@pytest.fixture
def thida(app: Flask) -> Account:
    return accounts.account(Role.TRAINER, programme=factories.programme(), name="Thida")


@pytest.fixture
def planner(browse: Browse, thida: Account) -> Browse:
    return browse.as_account(thida)


def _ask(planner: Browse, factories: tuple[Factory, ...], **changes: object) -> Reply:
    action, data = fill(planner.get("/coverage/proposals"), "/coverage/proposals/runs", factory=[str(each.id) for each in factories])
    for name, value in changes.items():
        data[name] = str(value)
    return planner.get(action, query_string=data)


def _make(planner: Browse, reply: Reply, times: int = 1, **changes: str) -> Reply:
    action, data = fill(reply, "/coverage/proposals/runs", **changes)
    replies = [planner.post(action, data) for _ in range(times)]
    return replies[-1]


def _trainings() -> list[TrainingSession]:
    db.session.expire_all()
    return list(db.session.scalars(sa.select(TrainingSession).order_by(TrainingSession.id)))


def test_gaps_stand_by_factory(planner: Browse, mills: tuple[Factory, Factory], version: CourseVersion) -> None:
    people = list(db.session.scalars(sa.select(factories.Employment.person_id).where(factories.Employment.factory_id == mills[1].id)))
    person = db.session.get_one(factories.Person, people[0])
    done = completions.completion(person, version, mills[1], at=now() - timedelta(days=30))
    on_completed(CourseCompleted(done.id))
    coming = make.training(version=version)
    make.seat(coming, mills[1], db.session.get_one(factories.Person, people[1]), state=SeatState.REQUESTED)
    text = planner.get("/coverage/proposals").text
    assert "Lotus Mill Kandal 8 8 0" in text and "Tops Takeo 1 3 0" in text
    assert "Lotus" not in planner.get("/coverage/proposals?province=Takeo").text


def test_a_group_is_chosen_as_a_whole(planner: Browse, mills: tuple[Factory, Factory]) -> None:
    structure.group("LOTUS", mills[0])
    text = planner.get("/coverage/proposals?group=LOTUS").text
    assert "Lotus Mill" in text and "Tops" not in text


def test_runs_respect_lines_rest_days_and_holidays(planner: Browse, mills: tuple[Factory, Factory]) -> None:
    mills[1].rest_days = [5, 6]
    monday = today(ZONE) + timedelta(days=(7 - today(ZONE).weekday()) % 7 + 14)
    structure.holiday(factories.programme(), monday + timedelta(days=1))
    structure.holiday(factories.programme(), monday + timedelta(days=2), is_provisional=True)
    reply = _ask(planner, mills, first=monday)
    assert "4 runs" in reply.text  # two of eight of a line at a time
    days = [date.fromisoformat(each.get("datetime") or "") for each in reply.all("time")]
    assert len(days) == 8 and days == sorted(set(days)) and days[0] == monday
    assert {day.isoweekday() for day in days} <= {1, 2, 3, 4} and not set(days) & {monday + timedelta(days=number) for number in (1, 2)}


def test_trainers_who_can(planner: Browse, mills: tuple[Factory, Factory], version: CourseVersion, thida: Account) -> None:
    programme = factories.programme()
    names = {name: accounts.account(Role.TRAINER, programme=programme, name=name) for name in ("Bopha", "Dara", "Sok", "Vanna")}
    first = today(ZONE) + timedelta(days=14)
    db.session.add(TrainerLanguages(account_id=names["Bopha"].id, languages=["en"]))
    db.session.add(Absence(account_id=names["Dara"].id, starts_on=first, ends_on=first + timedelta(days=40)))
    for name in ("Bopha", "Dara", "Vanna"):
        db.session.add(Qualification(programme_id=programme.id, account_id=names[name].id, course_id=version.course_id, starts_on=date(2020, 1, 1), ends_on=None))
    db.session.flush()
    reply = _ask(planner, mills[1:], first=first)
    assert "Can teach: Vanna" in reply.text
    assert not any(name in reply.text for name in ("Bopha", "Dara", "Sok,"))


def test_one_press_makes_drafts_once(planner: Browse, mills: tuple[Factory, Factory], thida: Account) -> None:
    db.session.add(FactoryTerm(factory_id=mills[1].id, kind=TermKind.ENGAGEMENT_MODE, value="virtual", starts_on=date(2020, 1, 1)))
    db.session.flush()
    reply = _make(planner, _ask(planner, mills), times=2)
    assert reply.status == 303 and reply.location.startswith("/sessions/calendar?")
    found = _trainings()
    assert len(found) == 4 and {each.state for each in found} == {TrainingState.DRAFT}
    assert {len(each.meetings) for each in found} == {2} and db.session.query(Seat).count() == 0
    mixed = next(each for each in found if each.capacity_virtual)
    assert [meeting.modality for meeting in mixed.meetings] == [Modality.HYBRID] * 2
    assert [(site.kind, site.factory_id) for site in mixed.sites] == [(SiteKind.VENUE, None), (SiteKind.FACTORY_ROOM, mills[1].id)]
    assert sum(each.capacity_in_person + each.capacity_virtual for each in found) == 4 * 6
    assert [trainer.account_id for trainer in found[0].trainers] == [thida.id]
    spans = sorted((meeting.starts_at, meeting.ends_at) for each in found for meeting in each.meetings)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_announced_at_once_everybody_has_a_seat(planner: Browse, mills: tuple[Factory, Factory]) -> None:
    _make(planner, _ask(planner, mills), times=2, announce="y")
    found = _trainings()
    assert len(found) == 4 and {each.state for each in found} == {TrainingState.TENTATIVE}
    seats = db.session.execute(sa.select(Seat.factory_id, Seat.state, sa.func.count()).group_by(Seat.factory_id, Seat.state)).all()
    assert sorted(map(tuple, seats)) == sorted([(mills[0].id, SeatState.RESERVED, 8), (mills[1].id, SeatState.RESERVED, 3)])
    again = _ask(planner, mills)
    assert "Nobody of these factories needs a place" in again.text
    action, data = fill(planner.get("/coverage/proposals"), "/runs", factory=[str(mills[0].id)])
    data["token"] = "f" * 32
    refused = planner.post(action, data)
    assert refused.status == 422 and len(_trainings()) == 4


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"first": "2001-01-01"}, "between tomorrow and two years from now"), ({"first": "9999-12-31"}, "between tomorrow and two years"),
        ({"half_days": "0"}, "from 1 to 12"), ({"half_days": "13"}, "from 1 to 12"), ({"largest": "0"}, "from 1 to 200"),
        ({"apart": "0"}, "from 1 to 60"), ({"language": "tlh"}, "Choose one of the list."), ({"starts": "25:00"}, "Write the time"),
        ({"factory": "999999"}, "Choose"), ({"largest": "x"}, "whole number"),
    ],
)
def test_bad_input_is_said(planner: Browse, mills: tuple[Factory, Factory], changes: dict[str, str], words: str) -> None:
    reply = _ask(planner, mills, **changes)
    assert reply.status == 422 and words in reply.text and _trainings() == []


def test_days_that_nobody_works_make_nothing(planner: Browse, mills: tuple[Factory, Factory]) -> None:
    mills[0].rest_days, mills[1].rest_days = [1, 2, 3, 4], [5, 6, 7]
    reply = _ask(planner, mills)
    assert "not enough days on which all of these factories work" in reply.text
    assert _make(planner, reply).status == 422 and _trainings() == []


def test_only_planners_propose_and_only_at_home(browse: Browse, mills: tuple[Factory, Factory], version: CourseVersion) -> None:
    speaker = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=mills[0]))
    advisor = browse.as_account(accounts.account(Role.ADVISOR, programme=factories.programme()))
    for client in (speaker, advisor):
        assert client.get("/coverage/proposals").status == client.get("/coverage/proposals/runs").status == 404
        assert client.post("/coverage/proposals/runs", {}).status == 404
    abroad = factories.programme("BD", zone="Asia/Dhaka", country="BD", languages=["bn"], name={"en": "Bangladesh"})
    coverage.require(abroad, version)
    stranger = browse.as_account(accounts.account(Role.TRAINER, programme=abroad))
    assert "Lotus" not in stranger.get("/coverage/proposals?programme=KH&course=sst").text
    asked = f"factory={mills[0].id}&first={today(ZONE) + timedelta(days=9)}&starts=08:00&half_days=2&apart=1&largest=9&language=bn"
    assert stranger.get(f"/coverage/proposals/runs?{asked}").status == 422


def test_the_same_few_statements(planner: Browse, mills: tuple[Factory, Factory]) -> None:
    _ask(planner, mills)
    with counted() as few:
        _ask(planner, mills[1:])
    for _ in range(9):
        factories.person(mills[0], line="Line 2")
    with counted() as many:
        _ask(planner, mills)
    assert abs(len(many) - len(few)) <= 2 and len(many) <= 50
