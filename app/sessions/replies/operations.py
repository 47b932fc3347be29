"""What an incoming mail changes: the answer of its own entry, and nothing else. No mail is ever sent from here."""

import hashlib
from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from app.access.actor import SYSTEM, Actor
from app.platform import audit
from app.platform.bus import publish
from app.platform.clock import now
from app.platform.config import settings
from app.platform.db import db, insert
from app.platform.mail.models import MailMessage
from app.platform.mail.operations import note_bounce, sent_as
from app.platform.refusal import NotFound
from app.sessions import policy
from app.sessions.events import ProposalDeclined
from app.sessions.models import Invitation, Meeting, TrainingSession
from app.sessions.queries import training_for
from app.sessions.replies.models import IncomingMail, MailboxVisit
from app.sessions.replies.parts import MOST_BYTES
from app.sessions.replies.queries import incoming_mail
from app.sessions.replies.reading import taken_apart
from app.sessions.replies.rules import Known, Mail, Outcome, Proposal, Reading, Reason, judge
from app.sessions.rules import Participation
from app.sessions.rules.invitations import later

_MOST_UIDS = 50


def receive(raw: bytes) -> IncomingMail:
    """Keep an incoming mail and apply it when it is an answer that counts. The same mail again changes nothing."""
    digest = hashlib.sha256(raw).hexdigest()
    if (known := _kept(digest)) is not None:
        return known
    mail = taken_apart(raw)
    invitation = _invitation_of(mail)
    reading = judge(mail, _known(invitation) if invitation else None)
    bounced = _bounced(reading)
    kept = _keep(digest, raw, mail, reading, invitation, _programme_id(mail, invitation, bounced))
    if kept is None:
        return db.session.execute(sa.select(IncomingMail).where(IncomingMail.digest == digest)).scalar_one()
    if invitation is not None and reading.outcome is Outcome.ACCEPTED:
        _apply(invitation, reading)
    if bounced is not None and reading.delivery is not None and reading.delivery.has_failed:
        note_bounce(bounced, reading.delivery.status)
    reason = reading.reason.value if reading.reason else None
    audit.record(SYSTEM, "mail.receive", f"incoming_mail:{kept.id}", outcome=reading.outcome.value, reason=reason)
    return kept


def set_aside(raw: bytes) -> None:
    """Keep a mail that could not be handled, as it came, for somebody to look at."""
    reading = Reading(Outcome.IGNORED, Reason.UNREADABLE, show_to_person=True)
    kept = _keep(hashlib.sha256(raw).hexdigest(), raw, Mail(), reading, None, None)
    if kept is not None:
        audit.record(SYSTEM, "mail.set_aside", f"incoming_mail:{kept.id}")


def mark_seen(actor: Actor, mail_id: int) -> IncomingMail:
    """Somebody has looked at it. Again changes nothing. Raises NotFound."""
    found = incoming_mail(actor, mail_id, lock=True)
    if found.seen_at is None:
        found.seen_at, found.seen_by = now(), actor.account_id
        audit.record(actor, "mail.mark_seen", f"incoming_mail:{found.id}")
    return found


def decline_proposal(actor: Actor, training_id: int, invitation_id: int) -> None:
    """The half-day stays when it is, and who proposed another time is told. Again changes nothing. Raises NotFound."""
    training = training_for(actor, training_id)
    if not policy.may_plan(actor, training):
        raise NotFound
    mine = sa.select(Invitation).join(Meeting).where(Invitation.id == invitation_id, Meeting.training_id == training.id)
    invitation = db.session.scalar(mine.with_for_update(of=Invitation))
    if invitation is None:
        raise NotFound
    if invitation.proposal is not None:
        invitation.proposal = None
        invitation.stamped_at = later(now(), invitation.stamped_at)
        audit.record(actor, "mail.decline_proposal", f"invitation:{invitation.id}", training=training.id)
        publish(ProposalDeclined(invitation.id))


def note_visit(mailbox: str, fault: str | None) -> None:
    """When the mailbox was last read, and whether that failed."""
    values = {"visited_at": now(), "fault": fault}
    db.session.execute(
        insert(MailboxVisit)
        .values(mailbox=mailbox, **values)
        .on_conflict_do_update(index_elements=["mailbox"], set_=values)
    )


def _kept(digest: str) -> IncomingMail | None:
    return db.session.scalar(sa.select(IncomingMail).where(IncomingMail.digest == digest))


def _invitation_of(mail: Mail) -> Invitation | None:
    """The entry whose UID the mail names, locked: answers to it come in one after the other."""
    uids = list(dict.fromkeys(entry.uid for entry in mail.entries if entry.uid))[:_MOST_UIDS]
    if not uids:
        return None
    named = sa.select(Invitation).where(Invitation.uid.in_(uids)).order_by(Invitation.id).limit(1)
    return db.session.scalar(named.with_for_update())


def _known(invitation: Invitation) -> Known:
    return Known(
        uid=invitation.uid,
        sequence=invitation.sequence,
        attendee=invitation.address,
        organizer=settings().mail_sender,
        last_sequence=invitation.reply_sequence,
        last_stamp=invitation.reply_stamp,
        is_withdrawn=not invitation.told,
    )


def _bounced(reading: Reading) -> MailMessage | None:
    """The mail of ours that came back."""
    if reading.delivery is None:
        return None
    return sent_as(reading.delivery.message_id, reading.delivery.recipient)


def _programme_id(mail: Mail, invitation: Invitation | None, bounced: MailMessage | None) -> int | None:
    """Whose staff this concerns: by the entry, by the mail that came back, by who else was told at this address."""
    mine = sa.select(TrainingSession.programme_id)
    if invitation is not None:
        return invitation.meeting.training.programme_id
    if bounced is not None:
        about, _, number = bounced.about.partition(":")
        mine = mine.where(TrainingSession.id == (int(number) if about == "training" and number.isdigit() else None))
    elif mail.sender:
        mine = mine.join(Meeting).join(Invitation).where(Invitation.address == mail.sender)
        mine = mine.order_by(Invitation.id.desc())
    else:
        return None
    return db.session.scalar(mine.limit(1))


def _keep(
    digest: str, raw: bytes, mail: Mail, reading: Reading, invitation: Invitation | None, programme_id: int | None
) -> IncomingMail | None:
    """Write the mail down; None when somebody else just did."""
    new_id = db.session.scalar(
        insert(IncomingMail)
        .values(
            digest=digest, received_at=now(), sender=mail.sender or "", subject=mail.subject,
            raw=raw if len(raw) <= MOST_BYTES else b"", outcome=reading.outcome, reason=reading.reason,
            method=reading.method, partstat=reading.partstat, show_to_person=reading.show_to_person,
            invitation_id=invitation.id if invitation else None, programme_id=programme_id,
        )
        .on_conflict_do_nothing(index_elements=["digest"])
        .returning(IncomingMail.id)
    )  # fmt: skip
    return db.session.get_one(IncomingMail, new_id) if new_id is not None else None


def _apply(invitation: Invitation, reading: Reading) -> None:
    """A stamp from the future, or a SEQUENCE that we never sent, must not keep later answers out."""
    at = now()
    invitation.participation = Participation((reading.partstat or "").lower().replace("-", "_"))
    invitation.replied_at = at
    invitation.reply_sequence = min(reading.sequence or 0, invitation.sequence)
    invitation.reply_stamp = min(reading.stamp or at, at)
    invitation.reply_note = reading.comment
    invitation.proposal = _another_time(reading.proposal, invitation.meeting)


def _another_time(proposal: Proposal | None, meeting: Meeting) -> dict[str, str] | None:
    """On the wall of the half-day. Some calendars counter with the time that it has already: that asks for nothing."""
    if proposal is None or (proposal.starts_at, proposal.ends_at) == (meeting.starts_at, meeting.ends_at):
        return None

    def wall(moment: datetime) -> str:
        return moment.astimezone(ZoneInfo(meeting.zone)).replace(tzinfo=None).isoformat()

    return {"starts": wall(proposal.starts_at), "ends": wall(proposal.ends_at), "zone": meeting.zone}
