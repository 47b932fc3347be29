"""What a phone takes along, and how much there is on the wire."""

import brotli
import pytest
from flask import Flask

from app.access.roles import Role
from app.accounts.models import PersonCard
from app.attendance import operations
from app.attendance.checkin.rules import card_hash
from app.attendance.kit.letters import short
from app.attendance.kit.models import KitSheet
from app.attendance.rules import Mark
from app.platform.clock import now
from app.platform.db import db
from app.sessions.models import Seat
from app.sessions.rules import SeatState, TrainingState
from tests.attendance.conftest import Hall
from tests.attendance.kit.conftest import Trainer
from tests.attendance.kit.phone import Phone
from tests.browse import Browse
from tests.make import accounts, attendance, factories
from tests.make.statements import counted

KHMER = ("សុខ", "ចាន់", "ស្រីមុំ", "វណ្ណា", "បូរ៉ា", "ធីតា", "រតនា", "ពិសិដ្ឋ", "សុភ័ក្រ", "មករា", "គន្ធា", "ដារ៉ា")
BANGLA = ("মোছাম্মৎ", "রহিমা", "খাতুন", "আক্তার", "নাসরিন", "সুলতানা", "শারমিন", "বেগম", "ফাতেমা", "জান্নাতুল", "ফেরদৌস", "রোকসানা")
LATIN = ("Sok", "Chan", "Sreymom", "Vannak", "Bora", "Thida", "Ratana", "Piseth", "Sopheak", "Makara", "Kunthea", "Dara")
LARGEST_DOWN, LARGEST_UP = 12_000, 8_000


def _crowd(hall: Hall, words: tuple[str, ...], number: int = 60) -> None:
    """People with names as they are, employee numbers and cards."""
    for place in range(number):
        parts = place % 12, place * 7 % 12, place * 5 % 11
        person = factories.person(
            hall.factory, name=" ".join(LATIN[part] for part in parts), local_name=" ".join(words[part] for part in parts),
        )  # fmt: skip
        attendance.seat(hall.training, person, hall.factory)
        token = f"{place:04d}abcdefgh234567abcdefghijkl"
        db.session.add(PersonCard(person_id=person.id, token=token, issued_at=now(), revoked_at=None))
    db.session.flush()


@pytest.mark.parametrize("words", [KHMER, BANGLA])
def test_sixty_people_fit_on_a_bad_line_down_and_their_marks_up(app: Flask, words: tuple[str, ...]) -> None:
    hall = Hall(0)
    _crowd(hall, words)
    trainer = Trainer(app, hall)
    [meeting, *_] = [each.id for each in hall.meetings]
    for encoding in ("br", "gzip"):
        reply = trainer.browse.get(f"/kit/day?device={trainer.phone.device}", headers={"Accept-Encoding": encoding})
        size = len(reply.response.data)
        sheets = len(trainer.phone.sheets)
        assert size / sheets <= LARGEST_DOWN, (encoding, size)
        assert size <= LARGEST_DOWN * 1.5, "two half-days with the same people"
    people = [row[0] for row in trainer.phone.sheets[meeting]["people"]]
    assert len(people) == 60
    written = [trainer.phone.mark(meeting, person, time=int(now().timestamp())) for person in people]
    body = trainer.phone.body(written)
    reply = trainer.post(body)
    assert {receipt[4] for receipt in reply.response.json["boxes"][0]["receipts"]} == {"counted"}
    sent = len(app.json.dumps(body, separators=(",", ":")))
    assert sent <= LARGEST_UP, sent
    assert len(brotli.compress(reply.response.data)) <= LARGEST_UP


def test_sixty_marks_take_as_many_statements_as_ten(app: Flask) -> None:
    hall = Hall(0)
    _crowd(hall, KHMER)
    trainer = Trainer(app, hall)
    meeting = hall.meetings[1].id
    people = [row[0] for row in trainer.phone.sheets[meeting]["people"]]
    seen = []
    for some in (people[:10], people):
        body = trainer.phone.body([trainer.phone.mark(meeting, person, Mark.LATE) for person in some])
        with counted() as statements:
            trainer.post(body)
        seen.append(len(statements))
        with counted() as statements:
            trainer.post(body)
        assert len(statements) <= 20, "repeated, nothing is written"
    assert seen[1] <= seen[0] + 2
    assert max(seen) <= 56


def test_a_day_holds_what_the_roll_call_shows(trainer: Trainer) -> None:
    hall, (first, second, _) = trainer.hall, trainer.hall.people
    meeting = hall.meetings[1]
    db.session.add(PersonCard(person_id=first.id, token="a" * 32, issued_at=now(), revoked_at=None))
    receipt = operations.mark(hall.trainer, meeting.id, first.id, Mark.LATE)
    day = trainer.download()
    assert [sheet["meeting"] for sheet in day["sheets"]] == [each.id for each in hall.meetings]
    sheet = day["sheets"][1]
    rows = {row[0]: row for row in sheet["people"]}
    assert rows[first.id][1:3] == [first.name, first.local_name]
    assert rows[first.id][5:] == [card_hash("a" * 32), "l", [short(receipt.mark_id)]]
    assert rows[second.id][5:] == ["", "", []]
    assert (sheet["state"], sheet["number"], sheet["of"]) == ("open", 2, 2)
    assert {row[4] for row in sheet["people"]} <= {site[0] for site in sheet["sites"]}
    assert db.session.query(KitSheet).count() == 2


def test_the_revision_changes_with_people_time_and_state_and_nothing_else(trainer: Trainer) -> None:
    def revision() -> str:
        return str(trainer.download()["sheets"][0]["revision"])

    first = revision()
    operations.mark(trainer.hall.trainer, trainer.hall.meetings[0].id, trainer.hall.person.id, Mark.LATE)
    assert revision() == first
    db.session.query(Seat).filter_by(person_id=trainer.hall.person.id).update({"state": SeatState.WITHDRAWN, "place": None})
    second = revision()
    trainer.hall.meetings[0].starts = trainer.hall.meetings[0].starts.replace(hour=3, minute=3)
    assert len({first, second, revision()}) == 3
    written = trainer.phone.mark(trainer.hall.meetings[0].id, trainer.hall.people[1].id)
    reply = trainer.post(trainer.phone.body([written]))
    assert reply.response.json["sheets"] == {str(trainer.hall.meetings[0].id): revision()}


def test_what_is_no_more_among_the_next_is_told(trainer: Trainer) -> None:
    trainer.hall.training.state = TrainingState.CANCELLED
    day = trainer.download()
    assert day["sheets"] == []
    assert set(day["others"].values()) == {"cancelled"}


def test_at_most_three_half_days_the_next_first(app: Flask) -> None:
    hall = Hall(1, half_days=5)
    trainer = Trainer(app, hall)
    assert len(trainer.phone.sheets) == 3
    hall.end(hall.meetings[0], hours=13)
    trainer.download()
    assert hall.meetings[0].id not in trainer.phone.sheets


def test_nobody_takes_half_days_of_others_along(app: Flask, hall: Hall) -> None:
    other = accounts.account(Role.TRAINER, programme=hall.programme)
    browse, phone = Browse(app).as_account(other), Phone()
    assert browse.post("/kit/devices", json=phone.introduction).status == 200
    assert browse.get(f"/kit/day?device={phone.device}").response.json["sheets"] == []
    assert browse.get("/kit/day?device=nobody").status == 404
    focal = Browse(app).as_account(accounts.account(Role.FOCAL_POINT, factory=hall.factory))
    assert focal.post("/kit/devices", json=phone.introduction).status == 404
    assert focal.get(f"/kit/day?device={phone.device}").status == 404
    assert Browse(app).get("/kit/day?device=x").status == 303


def test_staff_take_along_what_their_programme_holds(app: Flask, hall: Hall) -> None:
    manager = accounts.account(Role.PROGRAMME_MANAGER, programme=hall.programme)
    browse, phone = Browse(app).as_account(manager), Phone()
    browse.post("/kit/devices", json=phone.introduction)
    assert len(browse.get(f"/kit/day?device={phone.device}").response.json["sheets"]) == 2
