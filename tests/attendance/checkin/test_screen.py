"""The code on the screen, and the one on paper."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from app.accounts.site import keys
from app.attendance.checkin import queries
from app.attendance.checkin.rules import Place, PlaceKind, seal
from app.attendance.checkin.views.drawing import address_of, qr
from app.boot import create_app
from app.platform.clock import now, telling
from app.platform.config import Settings
from app.platform.db import db, transaction
from app.sessions.rules import Modality, SiteKind, TrainingState
from tests.attendance.checkin.conftest import Entrance, carry
from tests.browse import Browse, Reply
from tests.conftest import Databases, settings_for
from tests.make import attendance, registers


def pictures(reply: Reply) -> list[str]:
    return [each.get("src") or "" for each in reply.all("img") if each.get("class") == "shown-code"]


def picture(app: Flask, *codes: str) -> set[str]:
    """What these codes look like."""
    with app.test_request_context():
        return {qr(address_of(code)) for code in codes}


@pytest.fixture
def trainer(hall: Entrance, browse: Browse) -> Browse:
    return browse.as_account(hall.account)


def test_the_screen_shows_the_code_of_now_and_how_many_came_but_no_names(hall: Entrance, app: Flask, trainer: Browse) -> None:
    carry(Browse(app).as_person(hall.person.id), hall.grace()).post("/here")
    before = hall.code(), hall.typed()
    page = trainer.get(f"{hall.here}/check-in")
    assert set(pictures(page)) <= picture(app, before[0], hall.code())
    assert any(f"{typed[:4]} {typed[4:]}" in page.text for typed in (before[1], hall.typed()))
    assert "1 person has checked in" in page.text
    assert hall.person.name not in page.response.text
    [part] = [each for each in page.all("div") if each.get("id") == "shown"]
    assert part.get("hx-trigger") == "every 4s"
    fragment = trainer.get(part.get("hx-get") or "", headers={"HX-Request": "true"})
    assert fragment.status == 200 and pictures(fragment)
    assert hall.person.name not in fragment.response.text


def test_each_site_has_its_own_code(hall: Entrance, app: Flask, trainer: Browse) -> None:
    room = attendance.site(hall.training, "Sewing hall", SiteKind.FACTORY_ROOM)
    hall.meetings[0].modality = Modality.HYBRID
    first = trainer.get(f"{hall.here}/check-in")
    second = trainer.get(f"{hall.here}/check-in?site={room.id}")
    assert "Sewing hall" in first.text
    assert pictures(first) != pictures(second)
    for unknown in ("x", "999999", "-1"):
        assert trainer.get(f"{hall.here}/check-in?site={unknown}").status == 200


@pytest.mark.parametrize(("hours", "said"), [(-3, "from two hours before"), (5, "This half-day is over.")])
def test_there_is_no_code_when_nobody_can_check_in(hall: Entrance, trainer: Browse, hours: float, said: str) -> None:
    hall.meetings[0].starts_at, hall.meetings[0].ends_at = now() - timedelta(hours=hours), now() - timedelta(hours=hours - 3)
    page = trainer.get(f"{hall.here}/check-in")
    assert not pictures(page) and said in page.text
    hall.training.state = TrainingState.CANCELLED
    assert "This training session is cancelled." in trainer.get(f"{hall.here}/check-in").text


def test_the_code_on_paper_names_the_room_and_nobody(hall: Entrance, app: Flask, trainer: Browse) -> None:
    page = trainer.get(f"/sessions/{hall.training.id}/sites/{hall.site}/check-in")
    assert "Training centre" in page.text
    assert set(pictures(page)) == picture(app, hall.paper())
    assert trainer.get(f"/sessions/{hall.training.id}/sites/999999/check-in").status == 404


def test_a_room_of_the_register_has_a_code_for_whatever_is_held_there(hall: Entrance, app: Flask, trainer: Browse) -> None:
    room = registers.room(programme=hall.programme, name="Blue room")
    hall.training.sites[0].room_id = room.id
    address = f"/registers/{hall.programme.code}/rooms/{room.id}/check-in"
    assert address in [link.get("href") for link in trainer.get(f"{hall.here}/check-in").all("a")]
    page = trainer.get(address)
    assert "Blue room" in page.text
    assert set(pictures(page)) == picture(app, seal(Place(PlaceKind.ROOM, room.id), keys()[0]))
    assert trainer.get(f"/registers/{hall.programme.code}/rooms/999999/check-in").status == 404


def test_the_roll_call_leads_to_the_code_the_cards_and_who_came(hall: Entrance, app: Flask, trainer: Browse) -> None:
    assert {f"{hall.here}/check-in", f"{hall.here}/cards"} <= {link.get("href") for link in trainer.get(hall.address).all("a")}
    carry(Browse(app), hall.grace()).post("/here/number", {"number": hall.number(hall.person)})
    page = trainer.get(hall.address)
    assert f"{hall.here}/check-ins" in [link.get("href") for link in page.all("a")]
    assert "Checked in: 1" in page.text and "1 to confirm" in page.text


def test_machines_whose_clocks_differ_show_the_same_code(hall: Entrance) -> None:
    """Codes live by the clock of the database: a machine that is a minute ahead makes none live longer."""
    usual = queries.moment_of_all(db.session())
    for seconds in (-60, 60, 86_400):
        with telling(now() + timedelta(seconds=seconds)):
            assert abs(queries.moment_of_all(db.session()) - usual) < timedelta(seconds=5)


NEW_KEY = "n" * 8 + "0123456789abcdefghijklmnopqrstuv"


class Sites:
    """The same database behind several processes, each with its own keys."""

    def __init__(self, databases: Databases, folder: Path) -> None:
        self.usual: Settings = settings_for(databases.fresh(), folder)
        self.made: list[Flask] = []
        self.first = self.app()
        with self.first.app_context(), transaction():
            hall = Entrance(people=1)
            self.card = hall.card(hall.person).token
            self.person, self.account = hall.person.id, hall.account.id
            self.meeting, self.site = hall.meetings[0].id, hall.site

    def app(self, **values: object) -> Flask:
        self.made.append(create_app(replace(self.usual, **values)))
        return self.made[-1]

    def code(self, app: Flask, slots_ago: int = 0) -> str:
        with app.app_context():
            moment = queries.moment_of_all(db.session())
            return seal(Place(PlaceKind.SCREEN, self.meeting, self.site, int(moment.timestamp()) // 30 - slots_ago), keys()[0])


@pytest.fixture
def sites(databases: Databases, tmp_path: Path) -> Iterator[Sites]:
    made = Sites(databases, tmp_path)
    yield made
    for app in made.made:
        with app.app_context():
            db.engine.dispose()


def _walk(phone: Browse, other: Browse, code: str, card: str) -> int:
    """The code at one process, the sign-in and the button at another."""
    opened = phone.get(f"/here/{code}")
    if opened.status == 303:
        other.client._cookies.update(phone.client._cookies)
        other.post(f"/card/{card}", {"pin": "4711"})
        other.post("/here")
    return opened.status


def test_a_code_of_one_process_opens_at_another(sites: Sites) -> None:
    second = sites.app()
    assert sites.code(sites.first) == sites.code(second) or sites.code(sites.first) == sites.code(second)
    assert _walk(Browse(second), Browse(sites.first), sites.code(sites.first), sites.card) == 303
    with sites.first.app_context():
        assert queries.checked_in(sites.meeting) == 1


def test_while_the_key_changes_codes_of_both_open_and_then_of_the_new_one_alone(sites: Sites) -> None:
    old, new = sites.code(sites.first), sites.app(secret_key=NEW_KEY, old_secret_keys=(sites.usual.secret_key,))
    assert _walk(Browse(new), Browse(new), old, sites.card) == 303
    assert Browse(new).get(f"/here/{sites.code(new)}").status == 303
    after = sites.app(secret_key=NEW_KEY)
    assert Browse(after).get(f"/here/{sites.code(new)}").status == 303
    assert Browse(after).get(f"/here/{sites.code(sites.first)}").status == 410
