"""How long it is kept who somebody unknown was, and what becomes of it when people are joined or erased."""

from datetime import timedelta

import pytest

from app.access.actor import SYSTEM
from app.attendance.guests import operations, retention
from app.attendance.guests.models import Guest, GuestMark
from app.attendance.guests.person_data import forget_guests
from app.attendance.person_data import PERSON_DATA
from app.platform.clock import now
from app.platform.db import db
from app.platform.mail.models import MailMessage
from app.sessions import operations as sessions
from tests.attendance.guests.conftest import Door


def _kept(door: Door) -> tuple[str, str, str]:
    return (door.guest.name, door.guest.number, door.guest.factory_name)


def test_the_name_of_an_unknown_person_goes_after_the_months_of_evidence(door: Door) -> None:
    def due() -> list[int]:
        return list(db.session.scalars(retention.due([door.hall.programme.id])))

    assert due() == []
    door.guest.created_at = now() - timedelta(days=2 * 366)
    db.session.flush()
    assert due() == [], "the training session has just been held"
    for meeting in door.hall.meetings:
        door.hall.end(meeting, 24 * 2 * 366)
    assert due() == [door.guest.id]
    assert list(db.session.scalars(retention.due([door.hall.programme.id + 999]))) == []
    retention.forget(due())
    assert (_kept(door), due()) == (("", "", ""), [])
    assert db.session.query(GuestMark).count() == 2


@pytest.mark.parametrize("is_found", [True, False], ids=["found", "named alike at the same factory"])
def test_erasing_a_person_takes_the_guest_s_name_out(door: Door, is_found: bool) -> None:
    door.person.name = door.guest.name
    db.session.flush()
    if is_found:
        door.resolve(door.person)
    PERSON_DATA.erase([door.hall.person.id])
    assert _kept(door)[0] == "Dara Sok"
    PERSON_DATA.erase([door.person.id])
    assert _kept(door) == ("", "", "")


def test_somebody_of_the_same_name_elsewhere_stays(door: Door) -> None:
    door.guest.factory_id = None
    door.person.name = door.guest.name
    db.session.flush()
    forget_guests([door.person.id])
    assert _kept(door)[0] == "Dara Sok"


def test_an_export_holds_what_was_said_of_the_guest(door: Door) -> None:
    door.resolve(door.person)
    exported = PERSON_DATA.export(door.person.id)
    assert [row["name"] for row in exported["guest"]] == ["Dara Sok"]
    assert len(exported["guest_mark"]) == 2
    assert PERSON_DATA.export(door.hall.person.id)["guest"] == []


def test_the_guest_goes_with_the_person_that_another_turns_out_to_be(door: Door) -> None:
    door.resolve(door.person)
    PERSON_DATA.move(door.person.id, door.hall.person.id)
    assert door.guest.person_id == door.hall.person.id


def test_who_teaches_is_told_at_the_end_of_whom_nobody_found(door: Door) -> None:
    for meeting in door.hall.meetings:
        door.hall.end(meeting, 1)
    sessions.close(SYSTEM, door.hall.training.id)
    [mail] = db.session.query(MailMessage).filter_by(kind="sessions.open_guests")
    assert (mail.recipient, b"Dara" in mail.raw) == (door.hall.account.email, False)


def test_nobody_is_told_when_everybody_was_found(door: Door) -> None:
    operations.set_aside(door.hall.trainer, door.hall.training.id, door.guest.id, 0)
    for meeting in door.hall.meetings:
        door.hall.end(meeting, 1)
    sessions.close(SYSTEM, door.hall.training.id)
    assert db.session.query(MailMessage).filter_by(kind="sessions.open_guests").count() == 0
    assert db.session.query(Guest).count() == 1
