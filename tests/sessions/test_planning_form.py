"""The form of a new training session: drafts, months, patterns, registers, groups."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.accounts.models import Account
from app.platform.db import db
from app.platform.refusal import NotFound, Refused
from app.sessions import operations
from app.sessions.demand.rules import months_from
from app.sessions.models import TrainingSession
from app.sessions.rules import SiteKind, TrainingState
from tests.browse import Browse, Reply
from tests.make import accounts, courses, factories, registers, structure
from tests.make import sessions as make

DAY = date.today() + timedelta(days=17 - date.today().isoweekday())
"""A Wednesday: no rest day speaks against it."""


@pytest.fixture
def trainer(app: Flask) -> Account:
    return accounts.account(Role.TRAINER, programme=factories.programme())


def _plan(trainer: Account, dates: int = 2, **changes: object) -> dict[str, object]:
    form = {
        "programme": "KH", "version": courses.version().id, "language": "km", "zone": "Asia/Phnom_Penh",
        "venue": "Hall 7", "remote": "y", "trainers": [trainer.id], "capacity_in_person": "20", "capacity_virtual": "10",
    }
    for number in range(2):
        day = (DAY + timedelta(days=number)).isoformat() if number < dates else ""
        form |= {
            f"half_days-{number}-day": day, f"half_days-{number}-starts": "08:00" if day else "",
            f"half_days-{number}-ends": "12:00" if day else "", f"half_days-{number}-modality": "in_person",
            f"half_days-{number}-join_url": "",
        }
    return {name: value for name, value in {**form, **changes}.items() if value is not None}


def _only() -> TrainingSession:
    db.session.expire_all()
    return db.session.scalars(sa.select(TrainingSession)).one()


def _days(reply: Reply) -> list[str]:
    return [e.get("value") or "" for e in reply.all("input") if (e.get("name") or "").endswith("-day")]


def test_a_draft_needs_no_dates_and_is_announced_later(browse: Browse, trainer: Account) -> None:
    page = browse.as_account(trainer)
    reply = page.post("/sessions/new", _plan(trainer, dates=0, draft="yes"))
    assert reply.status == 303
    training = _only()
    assert (training.state, training.meetings) == (TrainingState.DRAFT, [])
    assert "This is a draft" in page.get(reply.location).text
    at = f"/sessions/{training.id}"
    assert page.post(f"{at}/announcement").status == 409
    assert page.post(f"{at}/meetings/new", {"day": DAY.isoformat(), "starts": "08:00", "ends": "12:00", "modality": "in_person"}).status == 303
    assert page.post(f"{at}/announcement").status == 303
    assert _only().state is TrainingState.TENTATIVE


def test_to_be_announced(browse: Browse, trainer: Account) -> None:
    page = browse.as_account(trainer)
    assert page.post("/sessions/new", _plan(trainer, dates=0)).status == 422
    month = months_from(date.today())[3]
    reply = page.post("/sessions/new", _plan(trainer, dates=0, expected=month.isoformat()))
    assert reply.status == 303 and _only().expected_on == month
    point = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factories.factory()))
    for visitor in (page, point):
        assert "To be announced" in visitor.get("/sessions").text
        assert "To be announced" in visitor.get(reply.location).text
        assert visitor.get("/").status in {200, 303}
    assert page.post("/sessions/new", _plan(trainer, dates=0, expected="2020-01-01")).status == 422
    assert page.post("/sessions/new", _plan(trainer, dates=0, expected="soon")).status == 422


def test_a_part_of_a_half_day_is_said_to_be_missing_and_an_empty_one_left_out(browse: Browse, trainer: Account) -> None:
    page = browse.as_account(trainer)
    assert "Say when it ends" in page.post("/sessions/new", _plan(trainer, **{"half_days-1-ends": ""})).text
    assert page.post("/sessions/new", _plan(trainer, dates=1)).status == 303
    assert [meeting.number for meeting in _only().meetings] == [1]


def test_rooms_interpreters_hosts_and_sites_of_the_registers(browse: Browse, trainer: Account) -> None:
    room, speaker, account = registers.room("Blue room"), registers.interpreter("Vann"), registers.host("Zoom 1")
    factory = factories.factory()
    point = accounts.account(Role.FOCAL_POINT, factory=factory)
    page = browse.as_account(trainer)
    shown = page.get("/sessions/new").text
    assert "Blue room" in shown and "Vann" in shown and "Zoom 1" in shown
    form = _plan(
        trainer, venue="", room=room.id, factories=[factory.id],
        **{
            "half_days-0-language": "en", "half_days-0-interpreters": [speaker.id], "half_days-0-host": account.id,
            "half_days-0-modality": "hybrid", "half_days-0-join_url": "https://meet.example/1",
            "half_days-0-sites": ["venue", f"factory-{factory.id}"], "half_days-1-host": account.id,
        },
    )
    assert page.post("/sessions/new", form).status == 303
    training = _only()
    first, second = training.meetings
    assert (first.language, first.host_id, first.interpreters) == ("en", account.id, [speaker])
    assert [site.kind for site in first.sites] == [SiteKind.VENUE, SiteKind.FACTORY_ROOM]
    assert (second.host_id, second.sites) == (None, []), "nobody opens a link of a half-day in person"
    assert make.site(training).room_id == room.id
    assert make.site(training, SiteKind.FACTORY_ROOM).focal_account_id == point.id


@pytest.mark.parametrize(
    "change",
    [
        {"room": "999999"}, {"room": "x"}, {"group": "999999"}, {"half_days-0-interpreters": ["999999"]},
        {"half_days-0-host": "x"}, {"half_days-0-language": "tlh"}, {"half_days-0-sites": ["factory-999999"]},
    ],
)  # fmt: skip
def test_what_is_in_no_register_cannot_be_planned(browse: Browse, trainer: Account, change: dict[str, object]) -> None:
    registers.room(), registers.host(), registers.interpreter()
    assert browse.as_account(trainer).post("/sessions/new", _plan(trainer, **change)).status == 422
    assert db.session.scalar(sa.select(sa.func.count()).select_from(TrainingSession)) == 0


def test_the_factories_of_a_group_join_and_only_they_nominate(browse: Browse, trainer: Account) -> None:
    one, two, other = factories.factory(), factories.factory(), factories.factory()
    group = structure.group("LOTUS", one, two)
    page = browse.as_account(trainer)
    refused = page.post("/sessions/new", _plan(trainer, group=group.id, factories=[other.id]))
    assert refused.status == 422 and "for one group" in refused.text
    reply = page.post("/sessions/new", _plan(trainer, group=group.id))
    training = _only()
    assert training.group_id == group.id
    assert {site.factory_id for site in training.sites if site.factory_id} == {one.id, two.id}
    assert "Only for Lotus Group" in page.get(reply.location).text
    points = {f: browse.as_account(accounts.account(Role.FOCAL_POINT, factory=f)) for f in (one, two, other)}
    found = {f: point.get(reply.location).status for f, point in points.items()}
    assert found == {one: 200, two: 200, other: 404}
    assert training.code in points[one].get("/sessions").text and training.code not in points[other].get("/sessions").text
    site = make.site(training).id
    operations.nominate(SYSTEM, training.id, one, [factories.person(one).id], site)
    with pytest.raises(NotFound):
        operations.nominate(SYSTEM, training.id, other, [factories.person(other).id], site)


def test_a_group_in_person_needs_no_rooms_of_factories(browse: Browse, trainer: Account) -> None:
    group = structure.group("LOTUS", factories.factory())
    form = _plan(trainer, group=group.id, capacity_virtual="0", remote=None)
    assert browse.as_account(trainer).post("/sessions/new", form).status == 303
    assert [site.kind for site in _only().sites] == [SiteKind.VENUE]


def test_a_foreign_group_is_not_found(trainer: Account) -> None:
    foreign = factories.programme("BD", zone="Asia/Dhaka", country="BD")
    group = structure.group("FAR", factories.factory(programme_id=foreign.id))
    known = make.training()
    plan = operations.Plan(
        programme_id=known.programme_id, version_id=known.version_id, language="km", half_days=(make.half_day(9),),
        trainer_ids=(), capacity_in_person=5, capacity_virtual=0, venue="Hall", group_id=group.id,
    )
    with pytest.raises(NotFound):
        operations.schedule(accounts.actor(trainer), plan)


def test_half_days_by_a_pattern_fill_the_form_and_save_nothing(browse: Browse, trainer: Account) -> None:
    sunday = next(DAY + timedelta(days=n) for n in range(7) if (DAY + timedelta(days=n)).isoweekday() == 7)
    structure.holiday(factories.programme(), sunday + timedelta(days=2))
    page = browse.as_account(trainer)
    asked = _plan(
        trainer, **{"pattern-kind": "three_days", "pattern-first": sunday.isoformat(), "pattern-starts": "08:30", "pattern-weeks": "5", "pattern-times": "10", "half_days-0-modality": "virtual", "half_days-0-join_url": "https://meet.example/1"},
    )
    reply = page.post("/sessions/new/pattern", asked)
    days = [(sunday + timedelta(days=each)).isoformat() for each in (1, 1, 3, 3, 4, 4)]
    assert reply.status == 200 and _days(reply) == days
    assert db.session.scalar(sa.select(sa.func.count()).select_from(TrainingSession)) == 0
    fields = {e.get("name"): e.get("value") for e in reply.all("input") if (e.get("name") or "").startswith("half_days-")}
    form = {name: value for name, value in fields.items() if value and name.rpartition("-")[2] in {"day", "starts", "ends", "join_url"}}
    form |= {f"half_days-{n}-modality": "virtual" for n in range(6)}
    assert page.post("/sessions/new", _plan(trainer) | form).status == 303
    training = _only()
    assert [m.starts.strftime("%H:%M") for m in training.meetings] == ["08:30", "13:30"] * 3
    assert page.get("/sessions/new/pattern").location == "/sessions/new"


def test_ten_weeks_are_ten_half_days(browse: Browse, trainer: Account) -> None:
    asked = _plan(trainer, **{"pattern-kind": "weekly_hour", "pattern-first": DAY.isoformat(), "pattern-starts": "10:00", "pattern-weeks": "5", "pattern-times": "10"})
    assert len(_days(browse.as_account(trainer).post("/sessions/new/pattern", asked))) == 10


@pytest.mark.parametrize(
    "change",
    [
        {"pattern-first": "soon"}, {"pattern-first": ""}, {"pattern-starts": "x"}, {"pattern-weeks": "0"}, {"pattern-weeks": "x"},
        {"pattern-times": "500"}, {"pattern-kind": "daily"}, {"pattern-starts": "23:30"},
    ],
)  # fmt: skip
def test_an_impossible_pattern_is_said_at_its_field(browse: Browse, trainer: Account, change: dict[str, str]) -> None:
    asked = {"pattern-kind": "weekly_hour", "pattern-first": DAY.isoformat(), "pattern-starts": "10:00", "pattern-weeks": "5", "pattern-times": "10"}
    reply = browse.as_account(trainer).post("/sessions/new/pattern", _plan(trainer) | asked | change)
    assert reply.status == 422 and "field-error" in reply.response.text


def test_the_form_grows_to_24_half_days_and_no_more(browse: Browse, trainer: Account) -> None:
    factories.programme().rest_days = []
    page = browse.as_account(trainer)
    form = _plan(trainer)
    for number in range(2, 24):
        form |= {f"half_days-{number}-day": (DAY + timedelta(days=number)).isoformat(), f"half_days-{number}-starts": "08:00",
                 f"half_days-{number}-ends": "12:00", f"half_days-{number}-modality": "in_person"}  # fmt: skip
    assert len(_days(page.post("/sessions/new/half-days", form))) == 24
    assert page.post("/sessions/new", form).status == 303
    assert len(_only().meetings) == 24
    with pytest.raises(Refused):
        operations.add_half_day(SYSTEM, _only().id, make.half_day(60))
