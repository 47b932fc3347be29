"""Taking hold of everything that the records of one request depend on, always in the same order."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.access.actor import Actor
from app.accounts.models import Account, PersonCard
from app.accounts.queries import grants_of
from app.attendance.kit.letters import short
from app.attendance.kit.models import KitSheet
from app.attendance.kit.reading import Record
from app.attendance.kit.rules import Kind
from app.attendance.models import MarkEntry, RollCall
from app.attendance.operations.loading import hold_people
from app.completions.queries import entries_of
from app.factories.models import Person
from app.platform.db import db
from app.sessions.models import Meeting, Seat, TrainingSession


@dataclass(frozen=True)
class Held:
    """What is held until the transaction ends.

    `people` leads from whom a record names - a person, or the text of a card - to who that is; `seen` from half-day and
    short id to the mark.
    """

    meetings: Mapping[int, Meeting]
    people: Mapping[int | str, int]
    seats: Mapping[tuple[int, int], Seat]
    seen: Mapping[tuple[int, str], str]
    closed: Collection[int]
    """Half-days whose roll call is closed."""


def account_actor(account_id: int) -> Actor | None:
    """An account with the roles that it holds today, whoever is signed in; None when it is disabled."""
    account = db.session.get(Account, account_id)
    if account is None or account.disabled_at is not None:
        return None
    return Actor(account.name, account_id, grants=grants_of(account_id), language=account.language)


def sheets_of(device_id: int, meeting_ids: Collection[int]) -> dict[tuple[int, str], KitSheet]:
    """The downloads of a phone, by half-day and revision."""
    mine = sa.select(KitSheet).where(KitSheet.device_id == device_id, KitSheet.meeting_id.in_(meeting_ids))
    return {(sheet.meeting_id, sheet.revision): sheet for sheet in db.session.scalars(mine)}


def hold(records: Iterable[Record]) -> Held:
    """Training sessions first, then people: nobody waits for somebody who waits for him."""
    records = list(records)
    meetings = _hold_meetings({record.meeting_id for record in records})
    people = _hold_named(records)
    trainings = {meeting.training_id for meeting in meetings.values()}
    seats = sa.select(Seat).where(Seat.training_id.in_(trainings), Seat.person_id.in_(set(people.values())))
    by_place = {(seat.training_id, seat.person_id): seat for seat in db.session.scalars(seats)}
    closed = sa.select(RollCall.meeting_id).where(RollCall.meeting_id.in_(meetings), RollCall.closed_at.is_not(None))
    seen = _seen(records, set(people.values()))
    return Held(meetings, people, by_place, seen, set(db.session.scalars(closed)))


def _hold_meetings(ids: Collection[int]) -> dict[int, Meeting]:
    """Half-days whose training sessions stay as they are, while others mark as well."""
    theirs = sa.select(Meeting.training_id).where(Meeting.id.in_(ids))
    held = sa.select(TrainingSession.id).where(TrainingSession.id.in_(theirs)).order_by(TrainingSession.id)
    db.session.execute(held.with_for_update(read=True)).all()
    parts = joinedload(Meeting.training).selectinload(TrainingSession.trainers)
    found = sa.select(Meeting).where(Meeting.id.in_(ids)).options(parts)
    fresh = found.execution_options(populate_existing=True)  # what was read before the lock may be old
    return {meeting.id: meeting for meeting in db.session.scalars(fresh)}


def _hold_named(records: Collection[Record]) -> dict[int | str, int]:
    """Lock everybody whom the records name. An entry that turned out to be another person leads to that person."""
    cards = {str(record.who) for record in records if record.kind is Kind.CARD}
    named = {record.who for record in records if isinstance(record.who, int) and record.kind is not Kind.PHOTO}
    by_card: dict[int | str, int] = {}
    if cards:
        live = sa.select(PersonCard.token, PersonCard.person_id).where(
            PersonCard.token.in_({card_token(card) for card in cards}), PersonCard.revoked_at.is_(None)
        )
        holders = {token: person_id for token, person_id in db.session.execute(live)}  # noqa: C416 - rows are not pairs
        by_card = {card: holders[card_token(card)] for card in cards if card_token(card) in holders}
    people: dict[int | str, int] = {**{who: who for who in named}, **by_card}
    waiting = set(people.values())
    is_who: dict[int, int] = {}
    while waiting:  # again for those whom an entry led to: they are locked as well
        rows = sa.select(Person.id, sa.func.coalesce(Person.merged_into_id, Person.id)).where(Person.id.in_(waiting))
        targets = set(waiting) | {target for _, target in db.session.execute(rows)}
        hold_people(targets)
        is_who |= {row_id: target for row_id, target in db.session.execute(rows)}  # noqa: C416 - rows are not pairs
        waiting = set(is_who.values()) - targets
    return {who: is_who[person_id] for who, person_id in people.items() if person_id in is_who}


def card_token(text: str) -> str:
    """What a card says, whether it was read as an address or typed."""
    return text.strip().rsplit("/", 1)[-1].lower()


def _seen(records: Collection[Record], people: Collection[int]) -> dict[tuple[int, str], str]:
    """The marks that phones had in view: short ids are looked up among the marks of these people."""
    meetings = {record.meeting_id for record in records if record.seen}
    if not meetings:
        return {}
    theirs = sa.select(MarkEntry.meeting_id, MarkEntry.mark_id).where(
        MarkEntry.meeting_id.in_(meetings), MarkEntry.person_id.in_(entries_of(people))
    )
    return {(meeting_id, short(mark_id)): mark_id for meeting_id, mark_id in db.session.execute(theirs)}
