"""What incoming mails change, and all that they do not."""

from datetime import UTC, timedelta

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.platform.audit.models import AuditEntry
from app.platform.clock import now
from app.platform.db import db
from app.platform.jobs.models import Job
from app.platform.mail.models import MailMessage, MailState
from app.platform.refusal import NotFound
from app.sessions.models import Invitation, Seat, TrainingSession
from app.sessions.operations.invitations import settle
from app.sessions.operations.meetings import move_meeting
from app.sessions.replies import operations
from app.sessions.replies.models import IncomingMail
from app.sessions.replies.operations import receive
from app.sessions.replies.rules import Outcome, Reason
from app.sessions.rules import Participation, SeatState
from tests.make import accounts, factories
from tests.make.replies import PERSON, POINT, TRAINER, answer, entry, invited, seats
from tests.make.sessions import half_day
from tests.sessions.replies.letters import OTHER, mail, report


@pytest.fixture
def training(app: Flask) -> TrainingSession:
    return invited()[0]


def mails() -> int:
    return db.session.query(MailMessage).count()


@pytest.mark.parametrize("word", ["ACCEPTED", "DECLINED", "TENTATIVE", "DELEGATED"])
def test_an_answer_is_the_status_of_its_own_entry_alone(training: TrainingSession, word: str) -> None:
    before, sent, jobs = seats(training), mails(), db.session.query(Job).count()
    found = entry(training)
    kept = receive(answer(found, word, more=["COMMENT:Shipment that day"]))
    assert (kept.outcome, kept.reason, kept.partstat, kept.invitation_id) == (Outcome.ACCEPTED, None, word, found.id)
    assert (found.participation, found.reply_note, found.reply_sequence) == (Participation(word.lower()), "Shipment that day", 0)
    assert found.reply_stamp and found.reply_stamp.isoformat() == "2026-01-01T00:00:00+00:00"
    assert found.replied_at and abs(found.replied_at - now()) < timedelta(minutes=1)
    others = [row.participation for row in db.session.query(Invitation).filter(Invitation.id != found.id)]
    assert len(others) == 5 and set(others) == {Participation.NEEDS_ACTION}
    assert (seats(training), mails(), db.session.query(Job).count()) == (before, sent, jobs)
    assert kept.programme_id == training.programme_id


def test_the_same_mail_twice_is_once(training: TrainingSession) -> None:
    raw = answer(entry(training))
    first = receive(raw)
    entry(training).participation = Participation.DECLINED  # what came later
    assert receive(raw).id == first.id
    assert entry(training).participation is Participation.DECLINED
    assert db.session.query(AuditEntry).filter_by(action="mail.receive").count() == 1


def test_a_change_of_mind_counts_and_an_old_mail_that_is_late_does_not(training: TrainingSession) -> None:
    found = entry(training)
    receive(answer(found, "ACCEPTED", stamp="20260101T100000Z"))
    receive(answer(found, "DECLINED", stamp="20260101T120000Z"))
    late = receive(answer(found, "TENTATIVE", stamp="20260101T110000Z"))
    assert (found.participation, late.reason) == (Participation.DECLINED, Reason.STALE_SEQUENCE)
    receive(answer(found, "ACCEPTED", stamp="29990101T000000Z"))
    assert receive(answer(found, "DECLINED", stamp=f"{now() + timedelta(minutes=1):%Y%m%dT%H%M%SZ}")).outcome is Outcome.ACCEPTED
    assert found.participation is Participation.DECLINED, "a stamp from the future keeps no later answer out"


def test_an_answer_from_before_the_move_is_stale(training: TrainingSession) -> None:
    found = entry(training)
    raw = answer(found)
    move_meeting(SYSTEM, training.id, 1, half_day(days=9).when)
    assert found.sequence == 1
    assert receive(raw).reason is Reason.STALE_SEQUENCE
    assert found.participation is Participation.NEEDS_ACTION
    assert receive(answer(found, "DECLINED")).outcome is Outcome.ACCEPTED
    assert found.participation is Participation.DECLINED


@pytest.mark.parametrize(("sender", "attendee"), [(OTHER, PERSON), (PERSON, OTHER), (TRAINER, TRAINER), (POINT, PERSON)])
def test_a_forged_answer_changes_nothing_and_is_shown(training: TrainingSession, sender: str, attendee: str) -> None:
    found = entry(training)
    raw = answer(found, sender=sender).replace(f"mailto:{PERSON}".encode(), f"mailto:{attendee}".encode())
    kept = receive(raw)
    assert (kept.outcome, kept.reason, kept.show_to_person, kept.invitation_id) == (Outcome.IGNORED, Reason.SENDER_MISMATCH, True, found.id)
    assert {row.participation for row in db.session.query(Invitation)} == {Participation.NEEDS_ACTION}


def test_an_answer_to_what_was_taken_back_changes_nothing(training: TrainingSession) -> None:
    found = entry(training)
    for seat in db.session.query(Seat).filter_by(training_id=training.id):
        seat.state, seat.place = SeatState.WITHDRAWN, None
    db.session.flush()
    settle(training)
    assert (found.told, found.sequence) == ({}, 1)
    assert receive(answer(found)).reason is Reason.STALE_SEQUENCE


def test_another_time_is_kept_on_the_wall_of_the_half_day(training: TrainingSession) -> None:
    found = entry(training)
    receive(answer(found, "TENTATIVE", method="COUNTER", starts="DTSTART:20260515T010000Z", ends="DTEND:20260515T040000Z"))
    assert found.proposal == {"starts": "2026-05-15T08:00:00", "ends": "2026-05-15T11:00:00", "zone": "Asia/Phnom_Penh"}
    assert found.participation is Participation.TENTATIVE
    assert found.meeting.starts.isoformat() != found.proposal["starts"], "nothing moves by itself"
    planner = accounts.actor(accounts.account(Role.TRAINER, programme=factories.programme()))
    operations.decline_proposal(planner, training.id, found.id)
    operations.decline_proposal(planner, training.id, found.id)
    assert found.proposal is None
    assert db.session.query(AuditEntry).filter_by(action="mail.decline_proposal").count() == 1
    with pytest.raises(NotFound):
        operations.decline_proposal(planner, training.id, -1)


def test_a_counter_with_the_time_that_it_has_proposes_nothing(training: TrainingSession) -> None:
    found = entry(training)
    at = {name: f"{getattr(found.meeting, f'{name}_at').astimezone(UTC):%Y%m%dT%H%M%SZ}" for name in ("starts", "ends")}
    receive(answer(found, "TENTATIVE", method="COUNTER", starts=f"DTSTART:{at['starts']}", ends=f"DTEND:{at['ends']}"))
    assert (found.participation, found.proposal) == (Participation.TENTATIVE, None)


def test_who_answers_after_proposing_takes_it_back(training: TrainingSession) -> None:
    found = entry(training)
    receive(answer(found, "TENTATIVE", method="COUNTER"))
    assert found.proposal
    receive(answer(found, "ACCEPTED", stamp="20260102T000000Z"))
    assert (found.proposal, found.participation) == (None, Participation.ACCEPTED)


def test_a_bounce_marks_the_mail_that_came_back(training: TrainingSession) -> None:
    gone, other = db.session.query(MailMessage).filter_by(recipient=PERSON).order_by(MailMessage.id).all()
    gone.state = other.state = MailState.SENT
    kept = receive(report(recipient="x@relay.example", message_id=gone.message_id, inner=gone.raw.decode()))
    assert (kept.reason, kept.programme_id, kept.show_to_person) == (Reason.BOUNCE, training.programme_id, False)
    assert (gone.state, gone.reply, other.state) == (MailState.BOUNCED, "5.1.1", MailState.SENT)
    assert entry(training).participation is Participation.NEEDS_ACTION


def test_a_bounce_without_the_mail_marks_the_last_one_to_that_address(training: TrainingSession) -> None:
    first, last = db.session.query(MailMessage).filter_by(recipient=PERSON).order_by(MailMessage.id).all()
    first.state = last.state = MailState.SENT
    receive(mail(f"Could not deliver to <{PERSON}>: 5.2.2 full", kind="text/plain", sender="MAILER-DAEMON@mx.example"))
    assert (first.state, last.state, last.reply) == (MailState.SENT, MailState.BOUNCED, "5.2.2")


def test_a_delay_marks_nothing(training: TrainingSession) -> None:
    sent = db.session.query(MailMessage).filter_by(recipient=PERSON).first()
    assert sent
    sent.state = MailState.SENT
    receive(report(action="delayed", status="4.4.1", message_id=sent.message_id))
    assert sent.state is MailState.SENT


@pytest.mark.parametrize("raw", [b"", b"\x00" * 100, mail("x\x00y", kind="text/plain", subject="a\x00b"), mail("Hello", kind="text/plain", sender=OTHER)])
def test_whatever_comes_is_kept_once(app: Flask, raw: bytes) -> None:
    assert receive(raw).id == receive(raw).id
    row = db.session.query(IncomingMail).one()
    assert (row.outcome, row.raw, row.programme_id) == (Outcome.IGNORED, raw, None)


def test_what_is_too_large_is_noted_and_not_kept(app: Flask) -> None:
    kept = receive(mail("x" * 11_000_000, kind="text/plain", sender=OTHER, subject="Photos"))
    assert (kept.raw, kept.sender, kept.subject, kept.reason) == (b"", OTHER, "Photos", Reason.TOO_COMPLEX)


def test_a_mail_of_somebody_who_is_invited_belongs_to_that_programme(training: TrainingSession) -> None:
    assert receive(mail("We are late", kind="text/plain", sender=PERSON)).programme_id == training.programme_id


def test_answering_wakes_no_calendar(training: TrainingSession) -> None:
    receive(answer(entry(training), "DECLINED"))
    before = mails()
    settle(training)
    assert mails() == before


def test_seen_once(training: TrainingSession) -> None:
    kept = receive(mail("We are late", kind="text/plain", sender=PERSON))
    trainer = accounts.actor(accounts.account(Role.TRAINER, programme=factories.programme()))
    assert operations.mark_seen(trainer, kept.id).seen_by == trainer.account_id
    operations.mark_seen(SYSTEM, kept.id)
    assert (kept.seen_by, db.session.query(AuditEntry).filter_by(action="mail.mark_seen").count()) == (trainer.account_id, 1)
    stranger = accounts.actor(accounts.account(Role.TRAINER, programme=factories.programme("BD", zone="Asia/Dhaka")))
    with pytest.raises(NotFound):
        operations.mark_seen(stranger, kept.id)
