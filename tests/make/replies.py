"""Invitations that were sent, and the mails that answer them."""

from app.access.roles import Role
from app.accounts.models import Account
from app.factories.models import Factory
from app.platform.db import db
from app.sessions.models import Invitation, Seat, TrainingSession
from app.sessions.operations.invitations import settle
from app.sessions.rules import SiteKind, TrainingState
from tests.make import accounts, factories
from tests.make import sessions as make
from tests.sessions.replies.letters import calendar, mail

TRAINER, POINT, PERSON = "trainer@office.example", "hr@mill.example", "dara@mill.example"


def invited(*, code: str = "MILL") -> tuple[TrainingSession, Factory, Account]:
    """A confirmed training session whose trainer, focal point and one person were invited to both half-days."""
    factory = factories.factory(code)
    trainer = accounts.account(Role.TRAINER, programme=factories.programme(), email=TRAINER, name="Chan Bopha")
    accounts.account(Role.FOCAL_POINT, factory=factory, email=POINT, name="Keo Sina")
    training = make.training(trainers=[trainer], rooms=[factory])
    make.seat(training, factory, factories.person(factory, email=PERSON, name="Sok Dara", local_name="សុខ ដារា"), kind=SiteKind.VENUE)
    training.state = TrainingState.CONFIRMED
    settle(training)
    db.session.flush()
    return training, factory, trainer


def entry(training: TrainingSession, address: str = PERSON, number: int = 1) -> Invitation:
    """The entry in the calendar of this address for one half-day."""
    meeting = next(each for each in training.meetings if each.number == number)
    return db.session.query(Invitation).filter_by(meeting_id=meeting.id, address=address).one()


def answer(invitation: Invitation, partstat: str = "ACCEPTED", *, sender: str = "", stamp: str | None = "20260101T000000Z", sequence: int | None = None, **says: object) -> bytes:
    """A mail that answers it, from its own address unless another is given."""
    counts = invitation.sequence if sequence is None else sequence
    text = calendar(uid=invitation.uid, partstat=partstat, attendee=invitation.address, sequence=str(counts), stamp=stamp, **says)  # type: ignore[arg-type]
    return mail(text, sender=sender or invitation.address)


def propose(invitation: Invitation) -> None:
    """As after a COUNTER of its recipient."""
    invitation.proposal = {"starts": "2028-05-15T08:00:00", "ends": "2028-05-15T11:00:00", "zone": "Asia/Phnom_Penh"}
    invitation.reply_sequence = invitation.sequence
    db.session.flush()


def seats(training: TrainingSession) -> list[tuple[object, ...]]:
    """What a reply must never touch."""
    return [(row.id, row.state, row.place, row.person_id, row.modality) for row in db.session.query(Seat).filter_by(training_id=training.id).order_by(Seat.id)]
