"""The page of what phones brought and nobody could take down."""

from app.access.roles import Role
from app.attendance.kit.models import HeldDecision, HeldMark
from app.attendance.models import CurrentMark, MarkEntry
from app.attendance.operations.closing import close, reopen
from app.attendance.rules import Mark
from app.platform.audit.models import AuditEntry
from app.platform.db import db
from app.sessions.models import Seat
from app.sessions.rules import SeatState, TrainingState
from tests.attendance.kit.conftest import Trainer
from tests.browse import Browse
from tests.make import accounts


def _hold(trainer: Trainer, person: int | None = None) -> int:
    """A mark that came in after the training session was closed; it is open again by now."""
    trainer.hall.training.state = TrainingState.CLOSED
    written = trainer.phone.mark(trainer.hall.meetings[1].id, person or trainer.hall.person.id, Mark.LATE)
    [receipt] = trainer.deliver(written)
    assert receipt[4:] == ["held", "closed-session", "closed"]
    trainer.hall.training.state = TrainingState.CONFIRMED
    return int(receipt[3])


def _page(trainer: Trainer) -> str:
    return f"/sessions/{trainer.hall.training.id}/held"


def test_a_held_mark_is_shown_and_taken_down_once(trainer: Trainer) -> None:
    number = _hold(trainer)
    assert "1 mark of a phone" in trainer.browse.get(f"/sessions/{trainer.hall.training.id}").text
    page = trainer.browse.get(_page(trainer))
    assert trainer.hall.person.name in page.text
    assert "The training session was closed before the mark arrived." in page.text
    for _ in range(2):
        assert trainer.browse.post(f"{_page(trainer)}/{number}/taking").status == 303
    row = db.session.query(CurrentMark).one()
    assert row.mark is Mark.LATE
    assert db.session.query(MarkEntry).one().marker == f"kit:{trainer.phone.device}"
    assert db.session.query(HeldDecision).count() == 1
    assert "Taken down" in trainer.browse.get(_page(trainer)).text
    assert [entry.action for entry in db.session.query(AuditEntry)].count("attendance.taken_down") == 1


def test_the_phone_is_told_what_became_of_it(trainer: Trainer) -> None:
    trainer.hall.training.state = TrainingState.CLOSED
    written = trainer.phone.mark(trainer.hall.meetings[1].id, trainer.hall.person.id)
    [receipt] = trainer.deliver(written)
    trainer.hall.training.state = TrainingState.CONFIRMED
    trainer.browse.post(f"{_page(trainer)}/{receipt[3]}/setting-aside", {"reason": "She was not there"})
    reply = trainer.post(trainer.phone.body([written])).response.json
    assert reply["boxes"][0]["receipts"] == [receipt]
    assert reply["resolved"] == [[written.record_id, "set_aside"]]
    page = trainer.browse.get(_page(trainer)).text
    assert "She was not there" in page
    assert trainer.hall.account.name in page


def test_marks_that_came_after_the_roll_call_was_closed_are_taken_down_together_once_it_is_open(trainer: Trainer) -> None:
    hall, meeting = trainer.hall, trainer.hall.meetings[1]
    close(hall.trainer, meeting.id)
    assert trainer.download()["sheets"][1]["state"] == "closed"
    written = [trainer.phone.mark(meeting.id, person.id) for person in hall.people]
    assert trainer.results(*written) == ["held/closed-session/roll_call_closed"] * 3
    trainer.browse.post(f"{_page(trainer)}/taking")
    assert "None of them can be taken down" in trainer.browse.get(_page(trainer)).text
    reopen(hall.trainer, meeting.id)
    seat = db.session.query(Seat).filter_by(person_id=hall.person.id).one()
    seat.state, seat.place = SeatState.WITHDRAWN, None
    trainer.browse.post(f"{_page(trainer)}/taking")
    assert db.session.query(HeldDecision).count() == 2
    assert [row.mark for row in db.session.query(CurrentMark).order_by(CurrentMark.person_id)] == [
        Mark.ABSENT, Mark.PRESENT, Mark.PRESENT,
    ]  # fmt: skip


def test_setting_aside_wants_a_reason_and_is_once(trainer: Trainer) -> None:
    number = _hold(trainer)
    address = f"{_page(trainer)}/{number}"
    trainer.browse.post(f"{address}/setting-aside", {"reason": "  "})
    assert db.session.query(HeldDecision).count() == 0
    trainer.browse.post(f"{address}/setting-aside", {"reason": "Twice"})
    trainer.browse.post(f"{address}/taking")
    assert "Somebody has decided about this already." in trainer.browse.get(_page(trainer)).text
    assert db.session.query(MarkEntry).count() == 0


def test_nothing_is_taken_down_while_it_is_closed_or_without_a_seat(trainer: Trainer) -> None:
    number = _hold(trainer)
    trainer.hall.training.state = TrainingState.CLOSED
    trainer.browse.post(f"{_page(trainer)}/{number}/taking")
    assert "This training session is closed." in trainer.browse.get(_page(trainer)).text
    trainer.hall.training.state = TrainingState.CONFIRMED
    seat = db.session.query(Seat).filter_by(person_id=trainer.hall.person.id).one()
    seat.state, place, seat.place = SeatState.WITHDRAWN, seat.place, None
    trainer.browse.post(f"{_page(trainer)}/{number}/taking")
    assert "no booked seat" in trainer.browse.get(_page(trainer)).text
    assert db.session.query(MarkEntry).count() == 0
    seat = db.session.query(Seat).filter_by(person_id=trainer.hall.person.id).one()
    seat.state, seat.place = SeatState.BOOKED, place
    trainer.browse.post(f"{_page(trainer)}/{number}/taking")
    assert db.session.query(MarkEntry).count() == 1


def test_what_cannot_be_read_is_shown_where_the_phone_was_and_can_be_set_aside(trainer: Trainer) -> None:
    body = trainer.phone.body([trainer.phone.write(["nonsense"])])
    [receipt] = trainer.post(body).response.json["boxes"][0]["receipts"]
    assert "Not readable" in trainer.browse.get(_page(trainer)).text
    trainer.browse.post(f"{_page(trainer)}/{receipt[3]}/taking")
    assert "This cannot be read" in trainer.browse.get(_page(trainer)).text
    trainer.browse.post(f"{_page(trainer)}/{receipt[3]}/setting-aside", {"reason": "Broken"})
    assert db.session.query(HeldDecision).count() == 1


def test_everything_can_be_downloaded_and_that_is_logged(trainer: Trainer) -> None:
    _hold(trainer)
    reply = trainer.browse.post(f"{_page(trainer)}.csv")
    assert reply.status == 200
    assert "closed-session" in reply.response.text
    assert [entry.action for entry in db.session.query(AuditEntry)].count("attendance.export_held") == 1


def test_only_who_runs_the_training_session_decides(trainer: Trainer) -> None:
    number, app = _hold(trainer), trainer.outside.app
    colleague = Browse(app).as_account(accounts.account(Role.TRAINER, programme=trainer.hall.programme))
    focal = Browse(app).as_account(accounts.account(Role.FOCAL_POINT, factory=trainer.hall.factory))
    for browse in (colleague, focal):
        assert browse.get(_page(trainer)).status == 404
        assert browse.post(f"{_page(trainer)}/{number}/taking").status == 404
        assert browse.post(f"{_page(trainer)}/{number}/setting-aside", {"reason": "x"}).status == 404
        assert browse.post(f"{_page(trainer)}.csv").status == 404
    manager = Browse(app).as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=trainer.hall.programme))
    assert manager.post(f"{_page(trainer)}/{number}/taking").status == 303
    assert db.session.query(MarkEntry).count() == 1


def test_a_held_record_of_another_training_session_is_not_found(trainer: Trainer) -> None:
    number = _hold(trainer)
    other = Trainer(trainer.outside.app, type(trainer.hall)())
    assert other.browse.post(f"{_page(other)}/{number}/taking").status == 404
    assert db.session.query(HeldMark).count() == 1
