"""What phones bring is taken down once, with a receipt for each record."""

from app.attendance.models import CurrentMark, MarkEntry
from app.attendance.rules import Mark
from app.platform.db import db
from tests.attendance.kit.conftest import Trainer, ids


def test_a_phone_delivers_marks_signed_out(trainer: Trainer) -> None:
    meeting = trainer.hall.meetings[1].id
    written = [trainer.phone.mark(meeting, person.id, Mark.LATE) for person in trainer.hall.people]
    receipts = trainer.deliver(*written)
    assert ids(receipts) == [(each.record_id, each.digest) for each in written]
    assert [receipt[4:] for receipt in receipts] == [["counted", "", ""]] * 3
    assert [row.mark for row in db.session.query(CurrentMark)] == [Mark.LATE] * 3
    entry = db.session.query(MarkEntry).first()
    assert entry
    assert (entry.marker, entry.counter, entry.account_id) == (f"kit:{trainer.phone.device}", 1, trainer.hall.account.id)
    assert trainer.deliver(*written) == receipts, "the same for ever"
