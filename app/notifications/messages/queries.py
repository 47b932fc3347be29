"""Whom a message reaches by mail, whom it does not, and what was sent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.accounts import queries as accounts
from app.accounts.models import Account
from app.notifications.messages.models import TrainingMessage
from app.notifications.messages.rules import Audience, Recipient, each_once
from app.platform.db import db
from app.platform.mail.address import AddressError, single_address
from app.platform.refusal import NotFound
from app.sessions import policy, queries
from app.sessions.models import Seat, TrainingSession
from app.sessions.queries.lookup import with_people
from app.sessions.rules import SeatState

_PLACED = (SeatState.BOOKED, SeatState.OFFERED)
_STATES: dict[Audience, tuple[SeatState, ...]] = {
    Audience.BOOKED: _PLACED,
    Audience.WAITING: (*_PLACED, SeatState.REQUESTED, SeatState.WAIT_LISTED),
    Audience.FACTORIES: (),
    Audience.TRAINERS: (),
}
_CONCERNED = (*_STATES[Audience.WAITING], SeatState.RESERVED)
_MOST_SHOWN = 20


@dataclass(frozen=True)
class Reach:
    """Who gets a mail. `unreached` are seats of people without an address, by factory."""

    recipients: Sequence[Recipient]
    people: int
    unreached: Sequence[Seat]
    factories: frozenset[int]
    """Factories whose focal points get it: they can tell their people."""

    @property
    def told_by_factory(self) -> int:
        """How many of those without an address have a focal point who gets it."""
        return sum(seat.factory_id in self.factories for seat in self.unreached)


def training_to_write_to(actor: Actor, training_id: int) -> TrainingSession:
    """A training session that the actor plans. Raises NotFound."""
    training = queries.training_for(actor, training_id)
    if not policy.may_plan(actor, training):
        raise NotFound
    return training


def reaches(training: TrainingSession) -> dict[Audience, Reach]:
    """Whom each choice reaches. Four statements. The caller has checked the training session."""
    seats = list(db.session.scalars(with_people(training.id).where(Seat.state.in_(_CONCERNED))))
    concerned = _concerned_factories(training.id)
    speakers = accounts.focal_points(concerned[Audience.WAITING])
    teachers = accounts.accounts_by_id([trainer.account_id for trainer in training.trainers])
    found: dict[Audience, Reach] = {}
    for audience, states in _STATES.items():
        meant = [seat for seat in seats if seat.state in states and seat.person_id is not None]
        told = [each for each in speakers if each.factory_id in concerned[audience]]
        direct = {seat.id: list(_person(seat)) for seat in meant}
        found[audience] = Reach(
            recipients=each_once(
                [
                    *(each for seat in meant for each in direct[seat.id]),
                    *(one for each in told for one in _recipient(each.email, each.name, each.language)),
                    *(one for each in _teaching(audience, teachers) for one in _account(each)),
                ]
            ),
            people=len(meant),
            unreached=[seat for seat in meant if not direct[seat.id]],
            factories=frozenset(each.factory_id for each in told),
        )
    return found


def _concerned_factories(training_id: int) -> dict[Audience, set[int]]:
    """The factories of whose seats each choice speaks; a reserved one is its factory's."""
    rows = db.session.execute(
        sa.select(Seat.factory_id, Seat.state).where(Seat.training_id == training_id, Seat.state.in_(_CONCERNED))
    ).all()
    every = {row.factory_id for row in rows}
    placed = {row.factory_id for row in rows if row.state in {*_PLACED, SeatState.RESERVED}}
    return {
        Audience.BOOKED: placed, Audience.WAITING: every, Audience.FACTORIES: every, Audience.TRAINERS: set(),
    }  # fmt: skip


def _teaching(audience: Audience, teachers: dict[int, Account]) -> list[Account]:
    return [each for each in teachers.values() if audience is Audience.TRAINERS and each.disabled_at is None]


def _person(seat: Seat) -> Iterator[Recipient]:
    person = seat.person
    return _recipient(person.email or "", person.local_name or person.name, person.language)


def _account(account: Account) -> Iterator[Recipient]:
    return _recipient(account.email, account.name, account.language)


def _recipient(address: str, name: str, language: str) -> Iterator[Recipient]:
    """Nobody, where what stands there is no mail address."""
    try:
        yield Recipient(single_address(address.strip()), " ".join(name.split()), language)
    except AddressError:
        return


def sent(training_id: int) -> Sequence[Any]:
    """The latest messages: when, to whom, how many mails, who wrote. The caller has checked."""
    statement = (
        sa.select(TrainingMessage.sent_at, TrainingMessage.audience, TrainingMessage.mails, Account.name)
        .outerjoin(Account, Account.id == TrainingMessage.account_id)
        .where(TrainingMessage.training_id == training_id)
        .order_by(TrainingMessage.id.desc())
    )
    return db.session.execute(statement.limit(_MOST_SHOWN)).all()
