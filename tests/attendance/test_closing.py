"""The roll call of a half-day is closed and opened again, alone and with its training session."""

from datetime import timedelta
from email import message_from_bytes, policy
from fractions import Fraction

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.attendance import operations, queries
from app.attendance.models import CurrentMark, MarkEntry, RollCall
from app.attendance.rules import Evidence, Mark
from app.certificates.models import Certificate
from app.completions import operations as completions
from app.completions.models import Completion, UnitResult
from app.courses.rules import AttendanceBy
from app.platform.audit.models import AuditEntry
from app.platform.clock import now
from app.platform.db import db
from app.platform.mail.models import MailMessage
from app.platform.refusal import NotFound, Refused
from app.sessions import operations as sessions
from app.sessions.rules import TrainingState
from app.sessions.rules.wall_time import HalfDay
from tests.attendance.conftest import Hall
from tests.make import accounts, attendance, courses, factories


@pytest.fixture
def hall(app: Flask) -> Hall:
    """Its first half-day has begun."""
    made = Hall(half_days=5, people=3)
    made.end(made.meetings[0], hours=-1)
    return made


def _marks(hall: Hall, half_day: int = 1) -> list[tuple[Mark, Evidence]]:
    rows = db.session.query(CurrentMark).filter_by(meeting_id=hall.meetings[half_day - 1].id).order_by(CurrentMark.person_id)
    return [(row.mark, row.evidence) for row in rows.populate_existing()]


def _acts() -> list[str]:
    return [row.action for row in db.session.query(AuditEntry).order_by(AuditEntry.id) if row.action.startswith("attendance.")]


def _mails() -> list[MailMessage]:
    return db.session.query(MailMessage).filter_by(kind="sessions.low_attendance").order_by(MailMessage.id).all()


def _text(mail: MailMessage) -> str:
    return message_from_bytes(mail.raw, policy=policy.default).get_body(("plain",)).get_content()


def _close(hall: Hall, half_day: int = 1) -> int:
    return operations.close(hall.trainer, hall.meetings[half_day - 1].id)


def test_who_was_not_marked_is_absent_when_the_roll_call_is_closed(hall: Hall) -> None:
    operations.mark(hall.trainer, hall.meetings[0].id, hall.person.id, Mark.LATE)
    assert _close(hall) == 2
    assert _marks(hall) == [(Mark.LATE, Evidence.ROLL_CALL), *[(Mark.ABSENT, Evidence.AUTOMATIC)] * 2]
    assert {entry.marker for entry in db.session.query(MarkEntry).filter_by(evidence=Evidence.AUTOMATIC)} == {"-"}
    assert _close(hall) == 0, "closing twice is harmless"
    assert _acts() == ["attendance.close"]


def test_a_closed_roll_call_is_opened_before_anybody_is_marked(hall: Hall) -> None:
    _close(hall)
    for verb in (
        lambda: operations.mark(hall.trainer, hall.meetings[0].id, hall.person.id, Mark.PRESENT),
        lambda: operations.mark_all_present(hall.trainer, hall.meetings[0].id),
    ):
        with pytest.raises(Refused, match="closed"):
            verb()
    assert operations.reopen(hall.trainer, hall.meetings[0].id)
    assert not operations.reopen(hall.trainer, hall.meetings[0].id)
    operations.mark(hall.trainer, hall.meetings[0].id, hall.person.id, Mark.PRESENT)
    assert _marks(hall)[0] == (Mark.PRESENT, Evidence.ROLL_CALL)
    entries = db.session.query(MarkEntry).count()
    assert _close(hall) == 0
    assert db.session.query(MarkEntry).count() == entries, "who is absent already is not marked again"
    assert _acts() == ["attendance.close", "attendance.reopen", "attendance.close"]


@pytest.mark.parametrize("evidence", [each for each in Evidence if each is not Evidence.AUTOMATIC])
def test_any_word_replaces_what_stands_because_nobody_was_marked(hall: Hall, evidence: Evidence) -> None:
    """Whoever says it need not have seen the filler: a report or a phone without network has not."""
    _close(hall)
    meeting = hall.meetings[0]
    seats = {seat.person_id: seat for seat in [queries.person_at(meeting, hall.person.id)]}
    operations.take_down(SYSTEM, meeting, seats, [operations.Marking(hall.person.id, Mark.PRESENT, evidence, marker="kit:1")])
    assert _marks(hall)[0] == (Mark.PRESENT, evidence)
    assert not db.session.query(CurrentMark).filter_by(person_id=hall.person.id).one().is_disputed


def test_all_present_after_opening_again_takes_those_whom_nobody_marked(hall: Hall) -> None:
    operations.mark(hall.trainer, hall.meetings[0].id, hall.person.id, Mark.ABSENT)
    _close(hall)
    operations.reopen(hall.trainer, hall.meetings[0].id)
    assert operations.mark_all_present(hall.trainer, hall.meetings[0].id) == 2
    assert [mark for mark, _ in _marks(hall)] == [Mark.ABSENT, Mark.PRESENT, Mark.PRESENT]


def test_a_half_day_that_has_not_started_or_is_not_held_is_not_closed(hall: Hall) -> None:
    hall.meetings[1].starts_at = now() + timedelta(hours=1)
    with pytest.raises(Refused, match="not started"):
        _close(hall, 2)
    hall.training.state = TrainingState.CANCELLED
    for verb in (operations.close, operations.reopen):
        with pytest.raises(Refused, match="cancelled"):
            verb(hall.trainer, hall.meetings[0].id)
    assert db.session.query(RollCall).count() == 0


def test_a_helper_marks_and_closes_nothing(hall: Hall) -> None:
    helper = accounts.actor(accounts.account(Role.CHECK_IN_HELPER, training=hall.training))
    operations.mark(helper, hall.meetings[0].id, hall.person.id, Mark.PRESENT)
    for verb in (operations.close, operations.reopen):
        with pytest.raises(NotFound):
            verb(helper, hall.meetings[0].id)


def test_closing_a_training_session_closes_its_roll_calls_and_reopening_opens_them(hall: Hall) -> None:
    for meeting in hall.meetings:
        hall.end(meeting, hours=1)
    operations.mark(hall.trainer, hall.meetings[0].id, hall.person.id, Mark.PRESENT)
    _close(hall, 1)
    sessions.close(SYSTEM, hall.training.id)
    assert [len(_marks(hall, number)) for number in range(1, 6)] == [3] * 5
    assert _marks(hall, 2) == [(Mark.ABSENT, Evidence.AUTOMATIC)] * 3
    assert not _mails()[1:], "when all is over nobody can do anything any more"
    sessions.close(SYSTEM, hall.training.id)
    assert _acts() == ["attendance.close"] * 5
    sessions.reopen(SYSTEM, hall.training.id, "a sheet was found")
    assert queries.closed_roll_call(hall.meetings[0].id), "that one somebody had closed before"
    operations.mark(hall.trainer, hall.meetings[1].id, hall.person.id, Mark.PRESENT)
    sessions.close(SYSTEM, hall.training.id)
    assert _marks(hall, 2) == [(Mark.PRESENT, Evidence.ROLL_CALL), *[(Mark.ABSENT, Evidence.AUTOMATIC)] * 2]


def test_who_got_a_seat_after_a_roll_call_was_closed_has_a_mark_when_the_training_session_is_closed(hall: Hall) -> None:
    for meeting in hall.meetings:
        hall.end(meeting, hours=1)
    _close(hall, 1)
    attendance.people(hall.training, 1, hall.factory)
    sessions.close(SYSTEM, hall.training.id)
    assert _marks(hall, 1) == [(Mark.ABSENT, Evidence.AUTOMATIC)] * 4
    roll_call = db.session.query(RollCall).filter_by(meeting_id=hall.meetings[0].id).one()
    assert roll_call.closed_by == hall.account.id


def test_a_correction_after_reopening_withdraws_the_certificate_and_gives_it_back(app: Flask) -> None:
    hall = Hall(half_days=2, people=1)
    for meeting in hall.meetings:
        hall.end(meeting, hours=14)
        operations.mark(hall.trainer, meeting.id, hall.person.id, Mark.PRESENT)
    completions.note_unit(
        person_id=hall.person.id, training_id=hall.training.id, version_id=hall.version.id,
        unit_id=courses.unit(hall.version, "post-test").id, share=Fraction(1), factory_id=hall.factory.id, at=now(),
    )
    [certificate] = db.session.query(Certificate)
    sessions.close(SYSTEM, hall.training.id)
    with pytest.raises(Refused, match="closed"):
        operations.mark(hall.trainer, hall.meetings[0].id, hall.person.id, Mark.ABSENT)
    sessions.reopen(SYSTEM, hall.training.id, "the sheet says otherwise")
    operations.mark(hall.trainer, hall.meetings[0].id, hall.person.id, Mark.ABSENT)
    db.session.expire_all()
    assert db.session.query(Completion).one().withdrawn_at
    assert certificate.revoked_at
    operations.mark(hall.trainer, hall.meetings[0].id, hall.person.id, Mark.PRESENT)
    sessions.close(SYSTEM, hall.training.id)
    db.session.expire_all()
    assert db.session.query(Completion).one().withdrawn_at is None
    assert db.session.query(Certificate).filter_by(revoked_at=None).count() == 1
    assert _acts().count("attendance.correct") == 4


def test_who_may_miss_no_more_is_told_of_once_and_a_factory_of_its_own_people_only(hall: Hall) -> None:
    """Of five half-days four are asked for: who misses one may miss no more, who misses two cannot reach it."""
    focal = accounts.account(Role.FOCAL_POINT, factory=hall.factory)
    other = factories.factory()
    elsewhere = accounts.account(Role.FOCAL_POINT, factory=other)
    [foreign] = attendance.people(hall.training, 1, other)
    [foreign.name, hall.person.name, hall.people[1].name] = ["Foreign Fara", "Late Lina", "Here Hana"]
    for person in (hall.people[1], hall.people[2]):
        operations.mark(hall.trainer, hall.meetings[0].id, person.id, Mark.PRESENT)
    operations.mark(hall.trainer, hall.meetings[0].id, foreign.id, Mark.EXCUSED)
    _close(hall)
    mails = {mail.recipient: _text(mail) for mail in _mails()}
    assert set(mails) == {hall.account.email, focal.email, elsewhere.email}
    assert "Late Lina" in mails[focal.email] and "may miss no more half-day" in mails[focal.email]
    assert "Foreign Fara" not in mails[focal.email] and "Late Lina" not in mails[elsewhere.email]
    assert "Foreign Fara" in mails[elsewhere.email]
    assert all(name in mails[hall.account.email] for name in ("Late Lina", "Foreign Fara"))
    assert not [text for text in mails.values() if "Here Hana" in text]
    operations.reopen(hall.trainer, hall.meetings[0].id)
    _close(hall)
    assert len(_mails()) == 3, "once for each half-day"
    hall.end(hall.meetings[1], hours=-1)
    operations.mark_all_present(hall.trainer, hall.meetings[1].id)
    _close(hall, 2)
    assert len(_mails()) == 3, "nothing new to say"
    hall.end(hall.meetings[2], hours=-1)
    operations.mark(hall.trainer, hall.meetings[2].id, hall.person.id, Mark.ABSENT)
    operations.mark_all_present(hall.trainer, hall.meetings[2].id)
    _close(hall, 3)
    assert [mail.recipient for mail in _mails()[3:]] == [hall.account.email, focal.email]
    assert "has missed too much" in _text(_mails()[-1])


def test_whom_a_correction_after_reopening_shows_to_be_low_is_told_of_and_nobody_twice(hall: Hall) -> None:
    [hall.people[0].name, hall.people[1].name] = ["First Fara", "Second Sina"]
    meeting = hall.meetings[0]
    for person, mark in zip(hall.people, (Mark.ABSENT, Mark.PRESENT, Mark.PRESENT), strict=True):
        operations.mark(hall.trainer, meeting.id, person.id, mark)
    _close(hall)
    assert "First Fara" in _text(_mails()[0])
    operations.reopen(hall.trainer, meeting.id)
    operations.mark(hall.trainer, meeting.id, hall.people[1].id, Mark.ABSENT)
    _close(hall)
    assert len(_mails()) == 2
    assert "Second Sina" in _text(_mails()[1]) and "First Fara" not in _text(_mails()[1])
    operations.reopen(hall.trainer, meeting.id)
    operations.mark(hall.trainer, meeting.id, hall.people[0].id, Mark.PRESENT)
    _close(hall)
    assert len(_mails()) == 2, "nobody new is low"
    operations.reopen(hall.trainer, meeting.id)
    operations.mark(hall.trainer, meeting.id, hall.people[0].id, Mark.ABSENT)
    _close(hall)
    assert "First Fara" in _text(_mails()[2]), "it had been taken back"
    hall.end(hall.meetings[1], hours=-1)
    operations.reopen(hall.trainer, meeting.id)
    operations.mark(hall.trainer, hall.meetings[1].id, hall.people[0].id, Mark.ABSENT)
    _close(hall)
    assert len(_mails()) == 4 and "has missed too much" in _text(_mails()[3]), "it stands worse than was told"


def test_attendance_that_is_marked_per_half_day_only_is_seen_by_the_rule_of_the_certificate(app: Flask) -> None:
    """FIELD 2.8: nobody marks the session as a whole; one half-day after the other leads to the certificate."""
    hall = Hall(half_days=5, people=1)
    completions.note_unit(
        person_id=hall.person.id, training_id=hall.training.id, version_id=hall.version.id,
        unit_id=courses.unit(hall.version, "post-test").id, share=Fraction(1), factory_id=hall.factory.id, at=now(),
    )
    for meeting in hall.meetings[:4]:
        assert not db.session.query(Certificate).count()
        operations.mark(hall.trainer, meeting.id, hall.person.id, Mark.PRESENT)
    assert db.session.query(Certificate).filter_by(revoked_at=None).count() == 1


@pytest.mark.parametrize(("minutes", "share"), [(None, Fraction(1, 2)), (90, Fraction(1, 4)), (400, Fraction(1, 2))])
def test_by_minutes_the_share_follows_the_minutes_that_are_known(app: Flask, minutes: int | None, share: Fraction) -> None:
    hall = Hall(half_days=2, people=1)
    hall.version.attendance_by = AttendanceBy.MINUTES
    db.session.flush()
    meeting = hall.meetings[0]
    seats = {hall.person.id: queries.person_at(meeting, hall.person.id)}
    operations.take_down(hall.trainer, meeting, seats, [operations.Marking(hall.person.id, Mark.PRESENT, minutes=minutes)])
    assert Fraction(db.session.query(UnitResult).one().share) == share


def test_by_minutes_the_share_follows_a_half_day_that_is_moved_to_other_times(app: Flask) -> None:
    hall = Hall(half_days=2, people=1, first=now() + timedelta(hours=2))
    hall.version.attendance_by = AttendanceBy.MINUTES
    db.session.flush()
    operations.mark(hall.trainer, hall.meetings[0].id, hall.person.id, Mark.PRESENT)
    assert Fraction(db.session.query(UnitResult).one().share) == Fraction(1, 2)
    other = hall.meetings[1]
    sessions.move_meeting(SYSTEM, hall.training.id, 2, HalfDay(other.starts, other.starts + 2 * (other.ends - other.starts), other.zone))
    db.session.expire_all()
    assert round(Fraction(db.session.query(UnitResult).one().share), 2) == Fraction(33, 100)


def test_the_roll_call_of_a_half_day_that_is_moved_into_the_future_is_open(hall: Hall) -> None:
    _close(hall)
    meeting = hall.meetings[0]
    later = timedelta(days=30)
    sessions.move_meeting(SYSTEM, hall.training.id, 1, HalfDay(meeting.starts + later, meeting.ends + later, meeting.zone))
    assert queries.closed_roll_call(meeting.id) is None
    assert _acts() == ["attendance.close", "attendance.reopen"]
