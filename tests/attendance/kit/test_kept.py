"""How long what phones brought is kept, and what goes with a person."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from app.access.actor import SYSTEM
from app.accounts.models import PersonCard
from app.attendance.guests.models import Guest
from app.attendance.kit import retention
from app.attendance.kit.models import HeldDecision, HeldMark, KitReceipt, KitSheet
from app.attendance.kit.rules import Decision
from app.factories.models import Employment
from app.platform.clock import now, telling
from app.platform.config import settings
from app.platform.db import db
from app.platform.files import FileMissing, files
from app.privacy import jobs
from app.privacy.erasing import erase
from app.privacy.retention import KINDS, let_go
from app.sessions.models import Seat
from app.sessions.rules import TrainingState
from tests.attendance.kit.conftest import Trainer
from tests.attendance.kit.test_scores import _photo, _send
from tests.make import factories, lessons


def _held(trainer: Trainer, *written: object) -> list[HeldMark]:
    """What came in after the training session was closed."""
    trainer.hall.training.state = TrainingState.CLOSED
    receipts = trainer.deliver(*written)
    trainer.hall.training.state = TrainingState.CONFIRMED
    db.session.flush()
    assert {receipt[4] for receipt in receipts} == {"held"}
    return [db.session.query(HeldMark).filter_by(receipt_id=receipt[3]).one() for receipt in receipts]


def _guest(trainer: Trainer, name: str, **extra: object) -> object:
    phone = trainer.phone
    return phone.write(phone.parts("g", trainer.hall.meetings[1].id, phone.bits(16), "p", None, {"name": name, **extra}))


def _card(trainer: Trainer, token: str) -> object:
    return trainer.phone.write(trainer.phone.parts("c", trainer.hall.meetings[1].id, token, "p"))


def _held_photo(trainer: Trainer) -> HeldMark:
    db.session.query(KitSheet).delete()
    receipt = _send(trainer, _photo(trainer, lessons.photo())[0])
    assert receipt[4] == "held"
    return db.session.query(HeldMark).filter_by(receipt_id=receipt[3]).one()


def _gone(row: HeldMark) -> bool:
    db.session.expire_all()
    return row.content == {} and row.note == ""


def _aged(rows: list[HeldMark]) -> datetime:
    """When records that came now have been kept long enough."""
    return db.session.get_one(KitReceipt, rows[0].receipt_id).at + timedelta(days=31 * settings().keep_evidence_months)


def _let_go(key: str) -> int:
    return let_go(SYSTEM, next(kind for kind in KINDS if kind.key == key))


def test_held_records_go_after_the_months_of_evidence_and_are_settled(trainer: Trainer) -> None:
    decided, waiting = _held(
        trainer, trainer.phone.mark(trainer.hall.meetings[1].id, trainer.hall.person.id), _guest(trainer, "Sok Dara")
    )
    page = f"/sessions/{trainer.hall.training.id}/held"
    trainer.browse.post(f"{page}/{decided.receipt_id}/setting-aside", {"reason": "She was not there"})
    assert _let_go("held") == 0
    with telling(_aged([decided])):
        assert (_let_go("held"), _let_go("held")) == (2, 0)
    assert _gone(decided)
    assert _gone(waiting)
    by = {row.receipt_id: (row.decision, row.account_id) for row in db.session.query(HeldDecision)}
    assert by == {
        decided.receipt_id: (Decision.SET_ASIDE, trainer.hall.account.id), waiting.receipt_id: (Decision.SET_ASIDE, None),
    }  # fmt: skip
    assert trainer.browse.get(page).status == 200
    assert "marks of phones" not in trainer.browse.get(f"/sessions/{trainer.hall.training.id}").text
    assert db.session.query(KitReceipt).count() == 2


def test_a_held_photo_goes_with_its_file(trainer: Trainer) -> None:
    row = _held_photo(trainer)
    key = row.content["file"]
    assert files().get(key)
    with telling(_aged([row])):
        assert retention.forget([row.id]) == [key]
    jobs.delete_file(key).write()
    assert _gone(row)
    with pytest.raises(FileMissing):
        files().get(key)


def test_each_programme_lets_its_own_go(trainer: Trainer) -> None:
    rows = _held(trainer, _guest(trainer, "Sok Dara"))
    trainer.deliver(trainer.phone.write(["nonsense"]))
    elsewhere = factories.programme("VN", zone="Asia/Ho_Chi_Minh")
    with telling(_aged(rows)):
        found = [len(db.session.scalars(retention.due([each])).all()) for each in (trainer.hall.programme.id, elsewhere.id)]
    assert found == [2, 0], "also what nobody can read, where the phone was"


def test_what_phones_took_along_is_kept_while_they_may_still_deliver(trainer: Trainer) -> None:
    assert _let_go("kit_sheets") == 0
    number = db.session.query(KitSheet).count()
    assert number >= 2
    with telling(now() + timedelta(days=31 * settings().keep_evidence_months)):
        assert _let_go("kit_sheets") == number
    assert db.session.query(KitSheet).count() == 0


def test_what_a_phone_took_along_stays_while_something_of_it_is_held(trainer: Trainer) -> None:
    rows = _held(trainer, _guest(trainer, "Sok Dara"))
    with telling(_aged(rows)):
        assert _let_go("kit_sheets") > 0
        assert [row.meeting_id for row in db.session.query(KitSheet)] == [trainer.hall.meetings[1].id]
        retention.forget([row.id for row in rows])
        assert _let_go("kit_sheets") == 1


def _called_so(trainer: Trainer) -> object:
    return _guest(trainer, f"{trainer.hall.person.name.upper()} (line 3)", factory=trainer.hall.factory.id)


def _without_a_factory(trainer: Trainer) -> object:
    return _guest(trainer, f" {trainer.hall.person.name}")


def _by_number(trainer: Trainer) -> object:
    job = db.session.query(Employment).filter_by(person_id=trainer.hall.person.id).one()
    job.employee_number = "K-0192"
    db.session.flush()
    return _guest(trainer, "Somebody", number="k-0192", factory=trainer.hall.factory.id)


def _found_later(trainer: Trainer) -> object:
    """A guest of whom other records were taken down, and who turned out to be the person."""
    parts = trainer.phone.parts("g", trainer.hall.meetings[1].id, trainer.phone.bits(16), "p", None, {"name": "Nobody knew"})
    trainer.deliver(trainer.phone.write(parts))
    db.session.query(Guest).one().person_id = trainer.hall.person.id
    again = trainer.phone.parts("g", trainer.hall.meetings[1].id, parts[4], "l", None, {"name": "Nobody knew"})
    return trainer.phone.write(again)


def _by_card(trainer: Trainer) -> object:
    token = "c" * 32
    db.session.add(PersonCard(person_id=trainer.hall.person.id, token=token, issued_at=now(), revoked_at=now()))
    db.session.flush()
    return _card(trainer, f"https://seamwise.example/c/{token.upper()}")


def _unreadable(trainer: Trainer) -> object:
    """A guest's record with an impossible mark."""
    phone = trainer.phone
    return phone.write(phone.parts("g", trainer.hall.meetings[1].id, phone.bits(16), "?", None, {"name": trainer.hall.person.name}))


@pytest.mark.parametrize("say", [_called_so, _without_a_factory, _by_number, _found_later, _by_card, _unreadable])
def test_what_names_a_person_goes_with_the_person(trainer: Trainer, say: Callable[[Trainer], object]) -> None:
    other = trainer.hall.people[1]
    row, of_another = _held(trainer, say(trainer), _guest(trainer, other.name, factory=trainer.hall.factory.id))
    assert row.person_id is None
    erase([trainer.hall.person.id])
    assert _gone(row)
    assert not _gone(of_another), "what others are called stays"
    erase([other.id])
    assert _gone(of_another)


def test_somebody_of_the_same_name_from_elsewhere_stays(trainer: Trainer) -> None:
    elsewhere = factories.factory("ELSE")
    [row] = _held(trainer, _guest(trainer, trainer.hall.person.name, factory=elsewhere.id))
    erase([trainer.hall.person.id])
    assert not _gone(row)


def test_a_note_beside_the_record_of_another_loses_the_name(trainer: Trainer) -> None:
    [row] = _held(trainer, trainer.phone.mark(trainer.hall.meetings[1].id, trainer.hall.people[1].id))
    row.note = f"It was {trainer.hall.person.name}"
    db.session.flush()
    erase([trainer.hall.person.id])
    db.session.expire_all()
    assert (row.note, bool(row.content)) == ("", True)


def test_a_held_photo_stays_as_long_as_somebody_is_on_it(trainer: Trainer) -> None:
    row = _held_photo(trainer)
    key = row.content["file"]
    first, *others = [seat.person_id for seat in db.session.query(Seat).filter_by(training_id=trainer.hall.training.id)]
    assert erase([first]) == []
    assert not _gone(row)
    assert key in erase(others)
    assert _gone(row)
    assert key not in json.dumps([each.content for each in db.session.query(HeldMark)])
