"""Marking people whom nobody knows."""

from datetime import timedelta
from secrets import token_hex

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DBAPIError

from app.attendance.guests import operations
from app.attendance.guests.models import Guest, GuestMark
from app.attendance.guests.operations import GuestClash, GuestMarking, GuestReceipt
from app.attendance.models import CurrentMark
from app.attendance.rules import Evidence, Flag, Mark
from app.platform.audit.models import AuditEntry
from app.platform.clock import now
from app.platform.db import db
from app.platform.refusal import NotFound, Refused
from app.sessions.rules import TrainingState
from tests.attendance.conftest import Hall
from tests.make import accounts, attendance, factories


def _note(hall: Hall, key: str | None = None, half_day: int = 1, **values: object) -> GuestReceipt | GuestClash:
    said = {"mark": Mark.PRESENT, "name": "Sok Dara", **values}
    return operations.note(hall.trainer, hall.meetings[half_day - 1].id, GuestMarking(key or token_hex(16), **said))


def _guest() -> Guest:
    return db.session.scalars(sa.select(Guest).execution_options(populate_existing=True)).one()


def test_somebody_unknown_is_marked_with_who_it_is(hall: Hall) -> None:
    key = token_hex(16)
    receipt = _note(hall, key, name="  ចាន់\n ធី\u200b ", number="០០៤៧", factory_id=hall.factory.id)
    [mark] = db.session.query(GuestMark)
    assert isinstance(receipt, GuestReceipt)
    assert (receipt.key, receipt.mark_id, receipt.number, receipt.evidence) == (key, mark.mark_id, mark.id, Evidence.ROLL_CALL)
    assert (_guest().name, _guest().number, _guest().factory_id) == ("ចាន់ ធី", "០០៤៧", hall.factory.id)
    assert db.session.query(CurrentMark).count() == 0
    assert db.session.query(AuditEntry).filter_by(action="guests.add").one().details == {"meeting": hall.meetings[0].id}


def test_the_same_mark_answers_the_same_receipt_whatever_happened_since(hall: Hall) -> None:
    key, mark_id = token_hex(16), token_hex(16)
    first = _note(hall, key, mark_id=mark_id)
    hall.training.state = TrainingState.CLOSED
    db.session.flush()
    assert _note(hall, key, mark_id=mark_id) == first
    assert _note(hall, key, mark_id=mark_id, mark=Mark.LATE) == GuestClash(first)
    assert db.session.query(GuestMark).count() == db.session.query(Guest).count() == 1


def test_the_guest_is_marked_again_at_a_later_half_day_without_saying_who_it_is(hall: Hall) -> None:
    key = token_hex(16)
    _note(hall, key)
    _note(hall, key, 2, name="", mark=Mark.LATE)
    assert _guest().name == "Sok Dara"
    assert [(mark.meeting_id, mark.mark) for mark in db.session.query(GuestMark).order_by(GuestMark.id)] == [
        (hall.meetings[0].id, Mark.PRESENT), (hall.meetings[1].id, Mark.LATE),
    ]  # fmt: skip


def test_what_a_device_says_later_corrects_who_it_is_in_whatever_order_it_comes(hall: Hall) -> None:
    key = token_hex(16)
    device = {"marker": "kit:1", "device_at": now() - timedelta(days=400)}
    _note(hall, key, counter=7, name="Dara", **device)
    _note(hall, key, counter=9, name="Sok Dara", number="12", **device)
    _note(hall, key, counter=8, name="Dora", **device)
    assert (_guest().name, _guest().number) == ("Sok Dara", "12")


def test_a_device_keeps_its_own_evidence_digest_and_flag(hall: Hall) -> None:
    hall.end(hall.meetings[0], 40)
    late = {"marker": "kit:1", "counter": 1, "device_at": now() - timedelta(hours=42), "digest": "d" * 64}
    receipt = _note(hall, flag=Flag.AFTER_CANCELLATION, **late)
    assert isinstance(receipt, GuestReceipt)
    assert (receipt.evidence, receipt.digest, receipt.flag) == (Evidence.ROLL_CALL, "d" * 64, Flag.AFTER_CANCELLATION)


@pytest.mark.parametrize(
    "values",
    [{"name": ""}, {"name": " \u200b\n"}, {"mark_id": "no"}, {"key": "x" * 32}, {"key": ""}],
    ids=["no name", "nothing to see", "no id", "no key", "empty key"],
)
def test_what_cannot_be_read_is_refused(hall: Hall, values: dict[str, str]) -> None:
    marking = GuestMarking(**{"key": token_hex(16), "mark": Mark.PRESENT, "name": "Sok", **values})
    with pytest.raises(Refused):
        operations.note(hall.trainer, hall.meetings[0].id, marking)
    assert db.session.query(Guest).count() == db.session.query(GuestMark).count() == 0


def test_factories_and_sites_of_others_are_not_found(hall: Hall) -> None:
    elsewhere = factories.factory(programme=factories.programme("BD"))
    other = attendance.training()
    for values in ({"factory_id": elsewhere.id}, {"factory_id": 999_999}, {"site_id": other.sites[0].id}):
        with pytest.raises(NotFound):
            _note(hall, **values)


def test_a_guest_of_another_training_session_is_nobody_here(hall: Hall) -> None:
    key, other = token_hex(16), Hall()
    _note(other, key)
    with pytest.raises(Refused):
        _note(hall, key)


def test_only_who_takes_the_roll_notes_guests(hall: Hall) -> None:
    stranger = accounts.actor(Hall().account)
    with pytest.raises(NotFound):
        operations.note(stranger, hall.meetings[0].id, GuestMarking(token_hex(16), Mark.PRESENT, "Sok"))


def test_nobody_is_noted_in_a_closed_training_session(hall: Hall) -> None:
    hall.training.state = TrainingState.CLOSED
    db.session.flush()
    with pytest.raises(Refused, match="closed"):
        _note(hall)


@pytest.mark.parametrize("change", ["UPDATE guest_mark SET mark = 'late'", "DELETE FROM guest_mark"])
def test_what_was_marked_of_a_guest_never_changes(app: Flask, change: str) -> None:
    _note(Hall())
    db.session.commit()
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(sa.text(change))
    db.session.rollback()
