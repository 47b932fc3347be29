"""Cards that the trainer reads."""

from datetime import timedelta

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.accounts.operations.cards import revoke_card
from app.attendance.models import CurrentMark, MarkEntry
from app.attendance.rules import Evidence, Mark
from app.factories.merging import operations as merging
from app.platform.audit.models import AuditEntry
from app.platform.clock import now
from app.platform.db import db
from app.sessions.rules import SeatState
from tests.attendance.checkin.conftest import Entrance
from tests.browse import Browse
from tests.make import attendance, cards, factories


@pytest.fixture
def trainer(hall: Entrance, browse: Browse) -> Browse:
    return browse.as_account(hall.account)


@pytest.fixture
def desk(hall: Entrance) -> str:
    return f"{hall.here}/cards"


def marks() -> list[tuple[int, Mark, Evidence]]:
    db.session.expire_all()
    return [(row.person_id, row.mark, row.evidence) for row in db.session.query(MarkEntry).order_by(MarkEntry.id)]


@pytest.mark.parametrize("read", ["https://seamwise.example/card/{}", "/card/{}", "{}", " {} "])
def test_a_card_marks_whose_it_is(hall: Entrance, trainer: Browse, desk: str, read: str) -> None:
    token = hall.card(hall.person).token
    reply = trainer.htmx(desk, {"card": read.format(token)})
    assert hall.person.name in reply.text and "Present" in reply.text
    assert marks() == [(hall.person.id, Mark.PRESENT, Evidence.CARD)]
    again = trainer.htmx(desk, {"card": read.format(token)})
    assert "Is marked as present already." in again.text
    assert len(marks()) == 1
    assert token not in reply.response.text


def test_it_works_without_script_and_the_token_stands_in_no_address(hall: Entrance, trainer: Browse, desk: str) -> None:
    token = hall.card(hall.person).token
    assert trainer.post(desk, {"card": token}).location == desk
    page = trainer.get(desk)
    assert "The card is read: Present." in page.text
    assert token not in page.response.text
    assert not [entry for entry in db.session.query(AuditEntry) if token in str(entry.details)]


def test_who_comes_late_is_late_and_whom_the_roll_call_missed_is_there(hall: Entrance, trainer: Browse, desk: str) -> None:
    trainer.post(f"{hall.address}/{hall.person.id}", {"mark": "absent"})
    hall.meetings[0].starts_at = now() - timedelta(minutes=30)
    trainer.post(desk, {"card": hall.card(hall.person).token})
    [row] = db.session.query(CurrentMark).all()
    assert (row.mark, row.evidence, row.is_disputed) == (Mark.LATE, Evidence.CARD, False)


def test_cards_that_are_none_are_answered_and_change_nothing(hall: Entrance, app: Flask, trainer: Browse, desk: str) -> None:
    revoked = hall.card(hall.person).token
    revoke_card(SYSTEM, hall.person.id)
    stranger = factories.person(factories.factory(), name="Somebody Else")
    other = cards.card(stranger).token
    waiting = factories.person(hall.factory)
    attendance.seat(hall.training, waiting, hall.factory, state=SeatState.WAIT_LISTED)
    for token, words in (
        (revoked, "was blocked or replaced"), (other, "has no booked seat"), (cards.card(waiting).token, "has no booked seat"),
        ("a" * 32, "Nobody is found."), ("https://elsewhere.example/x", "Nobody is found."),
    ):
        reply = trainer.htmx(desk, {"card": token})
        assert reply.status == 200 and words in reply.text
        assert stranger.name not in reply.text
    assert not marks()


def test_the_card_of_an_entry_that_was_joined_is_the_persons(hall: Entrance, trainer: Browse, desk: str) -> None:
    twin = factories.person(hall.factory)
    token = cards.card(twin).token
    merging.merge(SYSTEM, hall.person.id, twin.id)
    trainer.post(desk, {"card": token})
    assert marks() == [(hall.person.id, Mark.PRESENT, Evidence.CARD)]


def test_the_number_on_a_card_is_typed(hall: Entrance, trainer: Browse, desk: str) -> None:
    assert hall.person.name in trainer.htmx(desk, {"card": f" {hall.number(hall.person).lower()} "}).text
    other = factories.factory()
    [guest] = attendance.people(hall.training, 1, other)
    worker = factories.person(other)
    number = hall.number(guest)
    assert trainer.post(desk, {"card": number}).status == 422, "two factories send people: whose number is it"
    assert "Nobody is found." in trainer.htmx(desk, {"card": number, "factory": hall.factory.id}).text
    assert guest.name in trainer.htmx(desk, {"card": number, "factory": other.id}).text
    foreign = factories.factory()
    factories.person(foreign)
    assert trainer.post(desk, {"card": number, "factory": foreign.id}).status == 422
    sent = {"card": f"E{int(number[1:]) + 1:05d}", "factory": other.id}
    assert worker.name not in trainer.htmx(desk, sent).text
    assert len(marks()) == 2


@pytest.mark.parametrize("sent", [{}, {"card": ""}, {"card": " "}, {"card": "x" * 401}])
def test_nothing_was_read(hall: Entrance, trainer: Browse, desk: str, sent: dict) -> None:
    assert trainer.post(desk, sent).status == trainer.htmx(desk, sent).status == 422
    assert not marks()


def test_a_half_day_that_cannot_be_marked_reads_no_cards(hall: Entrance, trainer: Browse, desk: str) -> None:
    hall.meetings[0].starts_at = now() + timedelta(hours=13)
    token = hall.card(hall.person).token
    assert trainer.post(desk, {"card": token}).status == 409
    page = trainer.get(desk)
    assert "The roll call opens 12 hours before" in page.text and not [field for field in page.all("input") if field.get("name") == "card"]
    assert not marks()


def test_nobody_else_reads_cards(hall: Entrance, app: Flask, browse: Browse, desk: str) -> None:
    token = hall.card(hall.person).token
    assert browse.as_person(hall.person.id).post(desk, {"card": token}).status == 404
    assert Browse(app).post(desk, {"card": token}).status == 401
    assert not marks()
