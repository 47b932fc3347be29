"""Who answered what to the invitations of a training session, in a fixed number of statements."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import load_only

from app.access.actor import Actor
from app.accounts import queries as accounts
from app.factories.models import Factory, Person
from app.platform.db import db
from app.sessions import policy
from app.sessions.models import Invitation, Meeting, Seat, TrainingSession
from app.sessions.replies.rules import Part, Proposed, proposed
from app.sessions.rules import HOLDING, MeetingState, Participation

_FIRST = (
    Participation.DECLINED, Participation.TENTATIVE, Participation.DELEGATED, Participation.ACCEPTED,
    Participation.NEEDS_ACTION,
)  # fmt: skip
_READ = (
    Invitation.meeting_id, Invitation.address, Invitation.name, Invitation.told, Invitation.sequence,
    Invitation.participation, Invitation.replied_at, Invitation.reply_sequence, Invitation.reply_note,
    Invitation.proposal,
)  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """What one recipient answered. `proposed` only while it is about the half-day as it stands."""

    invitation_id: int
    name: str
    part: Part
    factory: str
    participation: Participation
    replied_at: datetime | None
    note: str
    proposed: Proposed | None

    @property
    def is_alarming(self) -> bool:
        """Somebody without whom the half-day hardly takes place says no."""
        return self.participation is Participation.DECLINED and self.part is not Part.PERSON


@dataclass(frozen=True)
class HalfDayAnswers:
    """The answers to one half-day: those that need somebody first, those who have not answered last."""

    meeting: Meeting
    answers: Sequence[Answer]

    @property
    def counts(self) -> Counter[Participation]:
        return Counter(answer.participation for answer in self.answers)

    @property
    def said(self) -> Sequence[Answer]:
        """Those who answered."""
        return [answer for answer in self.answers if answer.participation is not Participation.NEEDS_ACTION]


@dataclass(frozen=True)
class Answers:
    """All answers that the actor may see."""

    half_days: Sequence[HalfDayAnswers]
    may_plan: bool
    sees_all: bool

    @property
    def alarming(self) -> Sequence[tuple[Meeting, Answer]]:
        return [(each.meeting, answer) for each in self.half_days for answer in each.answers if answer.is_alarming]

    @property
    def proposals(self) -> Sequence[tuple[Meeting, Answer]]:
        return [(each.meeting, answer) for each in self.half_days for answer in each.answers if answer.proposed]


@dataclass(frozen=True)
class _Guest:
    """What an address is to the training session."""

    part: Part
    factory_id: int | None = None
    factory: str = ""


def answers(actor: Actor, training: TrainingSession) -> Answers:
    """Answers per half-day. Who does not see all seats sees those of the own factories, also in the numbers."""
    shown = policy.factories_shown(actor, training)
    guests = _guests(training)
    found: dict[int, list[Answer]] = defaultdict(list)
    for row in _invitations(training):
        guest = guests.get(row.address, _Guest(Part.PERSON))
        if row.told and (shown is None or guest.factory_id in shown):
            found[row.meeting_id].append(_answer(row, guest))
    planned = [meeting for meeting in training.meetings if meeting.state is MeetingState.PLANNED]
    in_order = sorted(planned, key=lambda meeting: (meeting.starts_at, meeting.number))
    half_days = [HalfDayAnswers(each, _sorted(found[each.id])) for each in in_order if found[each.id]]
    return Answers(half_days, policy.may_plan(actor, training), sees_all=shown is None)


def _invitations(training: TrainingSession) -> Iterable[Invitation]:
    mine = sa.select(Invitation).join(Invitation.meeting).where(Meeting.training_id == training.id)
    return db.session.scalars(mine.options(load_only(*_READ)).order_by(Invitation.name, Invitation.id))


def _guests(training: TrainingSession) -> Mapping[str, _Guest]:
    """Address -> what it is. A trainer who is also something else is a trainer."""
    seated = (
        sa.select(Seat.factory_id, Factory.name, sa.func.lower(Person.email))
        .join(Seat.factory)
        .join(Seat.person, isouter=True)
        .where(Seat.training_id == training.id, Seat.state.in_(HOLDING))
    )
    rows = db.session.execute(seated).all()
    names = {factory_id: name for factory_id, name, _ in rows}
    guests = {email: _Guest(Part.PERSON, factory_id, name) for factory_id, name, email in rows if email}
    for point in accounts.focal_points(names):
        guests[point.email.lower()] = _Guest(Part.FOCAL_POINT, point.factory_id, names[point.factory_id])
    for account in accounts.accounts_by_id([trainer.account_id for trainer in training.trainers]).values():
        guests[account.email.lower()] = _Guest(Part.TRAINER)
    return guests


def _answer(row: Invitation, guest: _Guest) -> Answer:
    is_current = row.reply_sequence == row.sequence
    return Answer(
        invitation_id=row.id,
        name=row.name or row.address,
        part=guest.part,
        factory=guest.factory,
        participation=row.participation,
        replied_at=row.replied_at,
        note=row.reply_note or "",
        proposed=proposed(row.proposal) if is_current and row.proposal else None,
    )


def _sorted(found: Sequence[Answer]) -> Sequence[Answer]:
    return sorted(found, key=lambda answer: (_FIRST.index(answer.participation), answer.part is Part.PERSON))
