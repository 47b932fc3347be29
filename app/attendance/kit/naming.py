"""Whom held records name: by a number, by a card, by what a guest was called, or on the photo of a sheet."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from app.accounts.models import PersonCard
from app.attendance.guests.models import Guest
from app.attendance.kit.models import HeldMark
from app.attendance.kit.operations.loading import card_token
from app.attendance.kit.queries.held import record_of
from app.attendance.kit.reading import Record
from app.attendance.kit.retention import says_something
from app.attendance.kit.rules import Kind
from app.attendance.sheets.retention import meetings_of_nobody_else
from app.factories.known import known
from app.factories.models import Employment
from app.platform.db import db
from app.sessions.models import Meeting, Seat

_SHORT = 4
"""Names with fewer signs stand in many others."""


@dataclass(frozen=True)
class Names:
    """What tells that somebody is one of some people. All words are in small letters."""

    words: Collection[str]
    cards: Collection[str]
    guests: Collection[str]
    """Keys of guests who turned out to be one of them."""
    numbers: Collection[tuple[int, str]]
    """Factory and employee number."""
    factories: Collection[int]
    meetings: Collection[int]
    """Half-days of training sessions in which they have seats."""

    def are_in(self, text: str) -> bool:
        """Whether a text names one of them."""
        said = text.casefold()
        return any(word == said or (len(word) >= _SHORT and word in said) for word in self.words)

    def is_guest(self, record: Record) -> bool:
        """Whether a guest is one of them. Somebody of the same name from elsewhere is not."""
        factory, number = record.extra.get("factory"), str(record.extra.get("number", "")).casefold()
        comes_from_theirs = factory in self.factories or (factory is None and record.meeting_id in self.meetings)
        is_called_so = comes_from_theirs and self.are_in(str(record.extra.get("name", "")).strip())
        return record.who in self.guests or (factory or 0, number) in self.numbers or is_called_so


def speaking_of(person_ids: Collection[int]) -> list[int]:
    """Held records that speak of one of these people, and photos of sheets on which nobody else is left."""
    names = _names(person_ids)
    theirs = sa.select(HeldMark.id).where(HeldMark.person_id.in_(person_ids))
    of_nobody = sa.select(HeldMark).where(HeldMark.person_id.is_(None), says_something()).order_by(HeldMark.id)
    left = set(db.session.scalars(meetings_of_nobody_else(person_ids)))
    found = [row.id for row in db.session.scalars(of_nobody) if _speaks(row, names, left)]
    return sorted({*db.session.scalars(theirs), *found})


def noting(person_ids: Collection[int]) -> list[int]:
    """Held records beside which somebody wrote one of these names."""
    names = _names(person_ids)
    noted = sa.select(HeldMark.id, HeldMark.note).where(HeldMark.note != "").order_by(HeldMark.id)
    return [row_id for row_id, note in db.session.execute(noted) if names.are_in(note)]


def _speaks(held: HeldMark, names: Names, left: Collection[int]) -> bool:
    record = record_of(held)
    if record is None:
        return names.are_in(bytes.fromhex(str(held.content.get("plain", ""))).decode(errors="replace"))
    if record.kind is Kind.CARD:
        return card_token(str(record.who)) in names.cards
    if record.kind is Kind.PHOTO:
        return record.meeting_id in left
    return record.kind is Kind.GUEST and names.is_guest(record)


def _names(person_ids: Collection[int]) -> Names:
    jobs = sa.select(Employment.factory_id, Employment.employee_number).where(Employment.person_id.in_(person_ids))
    rows = db.session.execute(jobs).all()
    seats = sa.select(Seat.training_id).where(Seat.person_id.in_(person_ids))
    return Names(
        {word.casefold() for each in known(person_ids).values() for word in each.words},
        set(db.session.scalars(sa.select(PersonCard.token).where(PersonCard.person_id.in_(person_ids)))),
        set(db.session.scalars(sa.select(Guest.key).where(Guest.person_id.in_(person_ids)))),
        {(factory_id, number.casefold()) for factory_id, number in rows if number},
        {factory_id for factory_id, _number in rows},
        set(db.session.scalars(sa.select(Meeting.id).where(Meeting.training_id.in_(seats)))),
    )
