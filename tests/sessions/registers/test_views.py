"""The registers as planners keep them in the browser."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.roles import Role
from app.accounts.models import Account
from app.platform.audit.models import AuditEntry
from app.platform.clock import today
from app.platform.db import db
from app.sessions.models import HostAccount, Interpreter, PlanningRules, Room
from app.sessions.registers.models import Absence, Qualification, TrainerLanguages
from tests.browse import Browse, fill
from tests.make import accounts, courses, factories, registers
from tests.make import sessions as make

TODAY = today("Asia/Phnom_Penh")


@pytest.fixture
def trainer(app: Flask) -> Account:
    return accounts.account(Role.TRAINER, programme=factories.programme(), name="Sokha")


@pytest.fixture
def as_trainer(browse: Browse, trainer: Account) -> Browse:
    return browse.as_account(trainer)


@pytest.fixture
def as_manager(browse: Browse) -> Browse:
    return browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=factories.programme()))


def _one(model: type) -> object:
    db.session.expire_all()
    return db.session.scalars(sa.select(model)).one()


def _logged() -> list[str]:
    return list(db.session.scalars(sa.select(AuditEntry.action).where(AuditEntry.action.startswith("registers.")).order_by(AuditEntry.id)))


def test_who_plans_in_one_programme_goes_straight_in(as_trainer: Browse) -> None:
    assert as_trainer.get("/registers").location == "/registers/KH/rooms"


def test_who_plans_in_several_chooses(browse: Browse) -> None:
    factories.programme(), factories.programme("EG", zone="Africa/Cairo", country="EG", name={"en": "Nile"})
    page = browse.as_account(accounts.account(Role.ADMINISTRATOR)).get("/registers")
    assert "Kanthari Programme" in page.text and "Nile" in page.text


def test_a_trainer_keeps_rooms(as_trainer: Browse) -> None:
    factory = factories.factory(name="Lotus Mill")
    action, data = fill(as_trainer.get("/registers/KH/rooms"), "/registers/KH/rooms", name=" Hall A ", province="Kandal", places="40", factory=str(factory.id))
    assert as_trainer.post(action, data).location == "/registers/KH/rooms"
    room = _one(Room)
    assert isinstance(room, Room)
    assert (room.name, room.province, room.places, room.factory_id, room.closed_on) == ("Hall A", "Kandal", 40, factory.id, None)
    text = as_trainer.get("/registers/KH/rooms").text
    assert "Hall A" in text and "Lotus Mill" in text and "In use" in text
    action, data = fill(as_trainer.get(f"/registers/KH/rooms/{room.id}"), f"/rooms/{room.id}", closed_on=TODAY.isoformat(), places="")
    assert as_trainer.post(action, data).status == 303
    db.session.expire_all()
    assert (room.closed_on, room.places) == (TODAY, None)
    assert "not any more" in as_trainer.get("/registers/KH/rooms").text
    assert _logged() == ["registers.add_room", "registers.change_room"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "Write the name"), ({"name": "Hall A"}, "There is a room of this name already"), ({"name": "x" * 201}, "too long"),
        ({"places": "0"}, "from 1 to 5000"), ({"places": "many"}, "whole number"), ({"factory": "999999"}, "Choose one of the list"),
        ({"closed_on": "soon"}, "Write the day as year-month-day"),
    ],
)
def test_bad_input_of_a_room_is_said_at_its_field(as_trainer: Browse, changes: dict[str, str], words: str) -> None:
    registers.room(name="Hall A")
    action, data = fill(as_trainer.get("/registers/KH/rooms"), "/registers/KH/rooms", **{"name": "Hall B", **changes})
    reply = as_trainer.post(action, data)
    assert reply.status == 422 and words in reply.text
    assert isinstance(_one(Room), Room)


def test_a_room_of_another_programmes_factory_is_no_choice(as_trainer: Browse) -> None:
    abroad = factories.programme("EG", zone="Africa/Cairo", country="EG")
    factory = factories.factory(programme_id=abroad.id, name="Nile Mill")
    action, data = fill(as_trainer.get("/registers/KH/rooms"), "/registers/KH/rooms", name="Hall", factory=str(factory.id))
    assert as_trainer.post(action, data).status == 422


def test_renaming_to_a_name_that_exists_is_refused(as_trainer: Browse) -> None:
    registers.room(name="Hall A")
    other = registers.room(name="Hall B")
    action, data = fill(as_trainer.get(f"/registers/KH/rooms/{other.id}"), f"/rooms/{other.id}", name="Hall A")
    reply = as_trainer.post(action, data)
    assert reply.status == 422 and "already" in reply.text
    db.session.expire_all()
    assert other.name == "Hall B"


def test_a_trainer_keeps_interpreters(as_trainer: Browse) -> None:
    action, data = fill(as_trainer.get("/registers/KH/interpreters"), "/interpreters", name="Vanna", email="vanna@example.org", languages=["km", "vi"])
    assert as_trainer.post(action, data).status == 303
    found = _one(Interpreter)
    assert isinstance(found, Interpreter)
    assert (found.name, found.email, found.languages) == ("Vanna", "vanna@example.org", ["km", "vi"])
    assert as_trainer.post(action, data).status == 422
    action, data = fill(as_trainer.get(f"/registers/KH/interpreters/{found.id}"), f"/interpreters/{found.id}", languages=[], retired_on=TODAY.isoformat())
    assert "Tick at least one" in as_trainer.post(action, data).text
    data.setlist("languages", ["km"])
    assert as_trainer.post(action, data).status == 303
    db.session.expire_all()
    assert (found.languages, found.retired_on) == (["km"], TODAY)
    assert "Tiếng Việt" in as_trainer.get("/registers/KH/interpreters").response.text  # still a choice
    data["email"] = "nowhere"
    assert as_trainer.post(action, data).status == 422


def test_managers_keep_host_accounts_and_trainers_see_them(as_manager: Browse, as_trainer: Browse) -> None:
    action, data = fill(as_manager.get("/registers/KH/hosts"), "/hosts", name="Jitsi 1", provider="Jitsi")
    assert as_manager.post(action, data).status == 303
    found = _one(HostAccount)
    assert isinstance(found, HostAccount)
    assert as_manager.post(action, data).status == 422
    page = as_trainer.get("/registers/KH/hosts")
    assert "Jitsi 1" in page.text and "Add a host account" not in page.text
    assert as_trainer.post(action, data).status == 404
    assert as_trainer.get(f"/registers/KH/hosts/{found.id}").status == 404
    action, data = fill(as_manager.get(f"/registers/KH/hosts/{found.id}"), f"/hosts/{found.id}", name="", closed_on="")
    assert as_manager.post(action, data).status == 422
    data["name"], data["closed_on"] = "Jitsi 2", (TODAY + timedelta(days=3)).isoformat()
    assert as_manager.post(action, data).status == 303
    assert "Jitsi 2" in as_trainer.get("/registers/KH/hosts").text


def test_a_trainer_says_what_he_speaks_and_when_he_is_away(as_trainer: Browse, trainer: Account) -> None:
    here = f"/registers/KH/trainers/{trainer.id}"
    action, data = fill(as_trainer.get(here), "/languages", languages=["km", "en"])
    assert as_trainer.post(action, data).location == here
    assert as_trainer.post(action, data).location == here
    found = _one(TrainerLanguages)
    assert isinstance(found, TrainerLanguages) and found.languages == ["en", "km"]
    first, last = TODAY + timedelta(days=3), TODAY + timedelta(days=5)
    action, data = fill(as_trainer.get(here), "/leave", leave__starts_on=first.isoformat(), leave__ends_on=last.isoformat())
    for _ in range(2):
        assert as_trainer.post(action, data).location == here
    absence = _one(Absence)
    assert isinstance(absence, Absence)
    assert "Sokha" in as_trainer.get("/registers/KH/trainers").text
    assert {column.name for column in Absence.__table__.columns} == {"id", "account_id", "starts_on", "ends_on"}
    data["leave-ends_on"] = (first - timedelta(days=1)).isoformat()
    reply = as_trainer.post(action, data)
    assert reply.status == 422 and "The last day lies before the first" in reply.text
    action, data = fill(as_trainer.get(here), f"/leave/{absence.id}/removal")
    assert as_trainer.post(action, data).status == 303
    assert as_trainer.post(action, data).status == 404
    action, data = fill(as_trainer.get(here), "/languages", languages=[])
    assert as_trainer.post(action, data).status == 303
    assert db.session.scalar(sa.select(TrainerLanguages)) is None
    said = [repr(details) for details in db.session.scalars(sa.select(AuditEntry.details).where(AuditEntry.action == "registers.add_leave"))]
    assert said and first.isoformat() not in "".join(said)


def test_a_trainer_does_not_enter_the_leave_of_another_nor_qualify(as_trainer: Browse, trainer: Account) -> None:
    other = accounts.account(Role.TRAINER, programme=factories.programme(), name="Rina")
    absence = registers.away(other, TODAY, TODAY + timedelta(days=2))
    here = f"/registers/KH/trainers/{other.id}"
    page = as_trainer.get(here)
    assert "Rina" in page.text and "Enter the leave" not in page.text
    days = {"leave-starts_on": TODAY.isoformat(), "leave-ends_on": TODAY.isoformat()}
    assert as_trainer.post(f"{here}/leave", days).status == 404
    assert as_trainer.post(f"{here}/leave/{absence.id}/removal").status == 404
    assert as_trainer.post(f"{here}/languages", {"languages": ["km"]}).status == 404
    version = courses.version("sst")
    own = f"/registers/KH/trainers/{trainer.id}"
    assert as_trainer.post(f"{own}/qualifications", {"course": version.course.code, "starts_on": TODAY.isoformat()}).status == 404


def test_managers_say_who_may_teach_what(as_manager: Browse, trainer: Account) -> None:
    courses.version("sst")
    here = f"/registers/KH/trainers/{trainer.id}"
    action, data = fill(as_manager.get(here), "/qualifications", course="sst", starts_on="2026-01-01", ends_on="2027-01-01")
    for _ in range(2):
        assert as_manager.post(action, data).location == here
    data["ends_on"] = ""
    assert as_manager.post(action, data).status == 303
    found = _one(Qualification)
    assert isinstance(found, Qualification) and (found.starts_on, found.ends_on) == (date(2026, 1, 1), None)
    data["ends_on"] = "2025-01-01"
    assert as_manager.post(action, data).status == 422
    data["course"] = "unknown"
    assert as_manager.post(action, data).status == 422
    assert "Supervisory Skills" in as_manager.get(here).text
    action, data = fill(as_manager.get(here), f"/qualifications/{found.id}/removal")
    assert as_manager.post(action, data).status == 303
    assert db.session.scalar(sa.select(Qualification)) is None


def test_who_teaches_without_the_role_is_listed(as_manager: Browse) -> None:
    manager = accounts.account(Role.PROGRAMME_MANAGER, programme=factories.programme(), name="Borey")
    assert "Borey" not in as_manager.get("/registers/KH/trainers").text
    make.training(trainers=[manager])
    assert "Borey" in as_manager.get("/registers/KH/trainers").text


def test_rules_begin_with_the_defaults_and_are_kept(as_manager: Browse, as_trainer: Browse) -> None:
    page = as_trainer.get("/registers/KH/rules")
    assert page.status == 200 and "5, 1" in page.text and "Save the rules" not in page.text
    action, data = fill(as_manager.get("/registers/KH/rules"), "/rules", release_one_in="3", reminder_days="1 7, 3")
    assert as_manager.post(action, data).status == 303
    assert as_manager.post(action, data).status == 303
    rules = _one(PlanningRules)
    assert isinstance(rules, PlanningRules)
    assert (rules.release_one_in, rules.reminder_days, rules.quiet_from, rules.travel_far_minutes) == (3, [7, 3, 1], "20:00", 180)
    assert _logged() == ["registers.change_rules"]
    assert as_trainer.post(action, data).status == 404


@pytest.mark.parametrize(
    "changes",
    [{"release_one_in": "0"}, {"release_one_in": "x"}, {"travel_near_minutes": "-1"}, {"reminder_days": "1, x"}, {"reminder_days": "0"},
     {"reminder_days": "1 2 3 4 5 6"}, {"quiet_from": "25:00"}, {"quiet_until": ""}],
)
def test_rules_that_make_no_sense(as_manager: Browse, changes: dict[str, str]) -> None:
    action, data = fill(as_manager.get("/registers/KH/rules"), "/rules", **changes)
    assert as_manager.post(action, data).status == 422
    assert db.session.scalar(sa.select(PlanningRules)) is None


def test_breaks(as_manager: Browse) -> None:
    action, data = fill(as_manager.get("/registers/KH/rules"), "/breaks", name_en="Lunch", name_km="អាហារ", starts="12:00", ends="13:00", days=["1", "2", "6"])
    assert as_manager.post(action, data).status == 303
    assert "already" in as_manager.post(action, data).text
    rules = _one(PlanningRules)
    assert isinstance(rules, PlanningRules)
    assert rules.breaks == [{"name": {"en": "Lunch", "km": "អាហារ"}, "starts": "12:00", "ends": "13:00", "days": [1, 2, 6]}]
    data["ends"] = "11:00"
    assert "The end must be later" in as_manager.post(action, data).text
    data["ends"], data["days"] = "14:00", "9"
    assert as_manager.post(action, data).status == 422
    page = as_manager.get("/registers/KH/rules")
    assert "Saturday" in page.text
    action, data = fill(page, "/breaks/1200-1300/removal")
    for _ in range(2):
        assert as_manager.post(action, data).status == 303
    db.session.expire_all()
    assert rules.breaks == []


@pytest.mark.parametrize("place", ["rooms", "interpreters", "hosts", "trainers", "rules"])
def test_other_programmes_do_not_exist(as_trainer: Browse, place: str) -> None:
    factories.programme("EG", zone="Africa/Cairo", country="EG")
    assert as_trainer.get(f"/registers/EG/{place}").status == 404


def test_things_of_other_programmes_do_not_exist(as_manager: Browse) -> None:
    abroad = factories.programme("EG", zone="Africa/Cairo", country="EG")
    things = {
        "rooms": registers.room(programme=abroad).id, "interpreters": registers.interpreter(programme=abroad).id, "hosts": registers.host(programme=abroad).id,
        "trainers": accounts.account(Role.TRAINER, programme=abroad).id,
    }
    for place, number in things.items():
        assert as_manager.get(f"/registers/KH/{place}/{number}").status == 404
        assert as_manager.post(f"/registers/KH/{place}/{number}", {"name": "x"}).status in {404, 405}


@pytest.mark.parametrize("role", [Role.FOCAL_POINT, Role.ADVISOR, Role.FACTORY_AMBASSADOR])
def test_factories_and_advisors_never_see_the_registers(browse: Browse, trainer: Account, role: Role) -> None:
    """Even that somebody is away on two days would tell something."""
    registers.away(trainer, TODAY)
    programme, factory = factories.programme(), factories.factory()
    place = {"programme": programme} if role is Role.ADVISOR else {"factory": factory}
    reader = browse.as_account(accounts.account(role, **place))
    for address in ("", "/KH/rooms", "/KH/interpreters", "/KH/hosts", "/KH/trainers", f"/KH/trainers/{trainer.id}", "/KH/rules"):
        assert reader.get(f"/registers{address}").status == 404
