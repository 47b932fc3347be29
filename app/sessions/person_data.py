"""What training sessions hold of a person."""

from collections import defaultdict
from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.accounts.addresses import addresses_of, own_addresses
from app.factories.known import ever_joined, known
from app.factories.merging.rows import Exported, Moved, Parting, Rows, Tables, plain
from app.platform.db import db
from app.sessions.feeds.models import Feed
from app.sessions.links.models import MeetingRoom, RoomVisit
from app.sessions.models import Invitation, Meeting, Seat, SeatAtMeeting, SeatMove, TrainingSession
from app.sessions.queries.seating import capacity, taken
from app.sessions.replies import person_data as replies
from app.sessions.rules import SeatState
from app.sessions.rules.places import free_place

_CONTENT = (
    "factory_id", "site_id", "modality", "state", "place", "requested_at", "settled_at", "offer_until", "rank",
    "is_walk_in", "reason",
)  # fmt: skip
_BEST_FIRST = (
    SeatState.BOOKED, SeatState.OFFERED, SeatState.WAIT_LISTED, SeatState.REQUESTED, SeatState.RESERVED,
    SeatState.DECLINED, SeatState.WITHDRAWN, SeatState.RELEASED,
)  # fmt: skip


class SessionsData(Tables):
    """A seat goes over. Where both have one the person keeps the better, and the other is free for somebody else.

    Calendars are known by address.
    """

    tables = (
        Rows(Seat, Seat.person_id, (Seat.training_id,)),
        Rows(SeatMove, SeatMove.person_id, moves=False),
    )

    def move(self, loser_id: int, winner_id: int) -> Moved:
        """Give the winner the seats, and note the training sessions in which the loser alone had one."""
        pairs = _both(winner_id, loser_id)
        moved = super().move(loser_id, winner_id)
        went = Seat.id.in_(moved["moved"].get("seat", []))
        exchanged = [(mine.id, theirs.id) for mine, theirs in pairs if _is_better(theirs.state, mine.state)]
        _exchange(exchanged)
        released = {str(theirs.id): [theirs.state.value, theirs.place] for _, theirs in pairs}
        for _, theirs in pairs:
            theirs.state, theirs.place = SeatState.WITHDRAWN, None
        _keep_exceptions(exchanged, [theirs.id for _, theirs in pairs])
        db.session.flush()  # what moves next writes past the session
        trainings = list(db.session.scalars(sa.select(Seat.training_id).where(went).order_by(Seat.id)))
        return {**moved, "trainings": trainings, "exchanged": exchanged, "released": released}

    def restore(self, parting: Parting) -> None:
        """Each has the own seat again; where the place was given away since, another one or none."""
        super().restore(parting)
        for key, (state, place) in parting.moved["released"].items():
            seat = db.session.get_one(Seat, int(key), populate_existing=True)
            seat.state, seat.place = _free(seat, SeatState(state), place)
            db.session.flush()  # the next one may want the same place
        _exchange(parting.moved["exchanged"])

    def export(self, person_id: int) -> Exported:
        """Seats, the entries in the calendar at the person's address, and the mails that came from there."""
        columns = list(Invitation.__table__.columns)
        addresses = addresses_of([person_id])
        mine = Invitation.address.in_(addresses)
        found = db.session.execute(sa.select(*columns).where(mine).order_by(Invitation.id))
        rows = [{name: plain(value) for name, value in row._mapping.items()} for row in found]
        told = {"invitation": rows, "incoming_mail": replies.sent_by(addresses), "room_visit": _visits(person_id)}
        return {**super().export(person_id), **told}

    def erase(self, person_ids: Collection[int]) -> list[str]:
        """That there was an entry in a calendar stays. At an address that others share, only the name goes. Why a seat
        was declined may name somebody.
        """
        declined = sa.and_(Seat.person_id.in_(ever_joined(person_ids)), Seat.reason.is_not(None))
        db.session.execute(sa.update(Seat).where(declined).values(reason=None))
        forget_calendars(own_addresses(person_ids))
        names = {name for each in known(person_ids).values() for name in each.names}
        naming = trainings_naming(person_ids)
        replies.forget_names(naming, person_ids)
        meetings = sa.select(Meeting.id).where(Meeting.training_id.in_(naming))
        shared = sa.and_(Invitation.meeting_id.in_(meetings), Invitation.name.in_(names))
        db.session.execute(sa.update(Invitation).where(shared).values(name=""))
        _forget_visits(person_ids, names, meetings)
        db.session.execute(sa.delete(Feed).where(Feed.person_id.in_(person_ids)))
        return []


def trainings_naming(person_ids: Collection[int]) -> dict[int, set[int]]:
    """Training sessions in whose letters and calendars people may be named -> whom of them."""
    called = ever_joined(person_ids)
    found: dict[int, set[int]] = defaultdict(set)
    seats = sa.select(Seat.training_id, Seat.person_id).where(Seat.person_id.in_(called))
    for training_id, person_id in db.session.execute(seats):
        found[training_id] |= called[person_id]
    return found


def forget_calendars(addresses: Collection[str]) -> None:
    """Whose calendars these were, and what they answered. Nothing is said to them any more."""
    replies.forget_mails_from(addresses)
    for row in db.session.scalars(sa.select(Invitation).where(Invitation.address.in_(addresses))):
        row.address, row.name, row.told, row.was = f"erased-{row.id}@invalid", "", {}, {}
        row.reply_note = row.proposal = None
    db.session.flush()


def _visits(person_id: int) -> list[dict[str, object]]:
    """When the person came into meeting rooms."""
    mine = sa.select(Seat.id).where(Seat.person_id == person_id)
    statement = sa.select(MeetingRoom.meeting_id, RoomVisit.name, RoomVisit.came_at, RoomVisit.seen_at)
    rows = db.session.execute(
        statement.join(MeetingRoom, MeetingRoom.id == RoomVisit.room_id)
        .where(RoomVisit.seat_id.in_(mine))
        .order_by(RoomVisit.id)
    )
    return [{name: plain(value) for name, value in row._mapping.items()} for row in rows]


def _forget_visits(person_ids: Collection[int], names: Collection[str], meetings: sa.Select[int]) -> None:
    """That somebody came in stays; not who, by the seat or by the name on the screen."""
    seats = sa.select(Seat.id).where(Seat.person_id.in_(person_ids))
    rooms = sa.select(MeetingRoom.id).where(MeetingRoom.meeting_id.in_(meetings))
    named = sa.and_(RoomVisit.room_id.in_(rooms), RoomVisit.name.in_(names))
    theirs = sa.or_(RoomVisit.seat_id.in_(seats), named)
    db.session.execute(sa.update(RoomVisit).where(theirs).values(name=""))


def _both(winner_id: int, loser_id: int) -> list[tuple[Seat, Seat]]:
    """The seats of the two in the training sessions in which both have one."""
    theirs = aliased(Seat)
    rows = db.session.execute(
        sa.select(Seat, theirs)
        .join(theirs, theirs.training_id == Seat.training_id)
        .where(Seat.person_id == winner_id, theirs.person_id == loser_id)
        .order_by(Seat.id)
        .execution_options(populate_existing=True)
    )
    return [(mine, other) for mine, other in rows]


def _is_better(one: SeatState, other: SeatState) -> bool:
    return _BEST_FIRST.index(one) < _BEST_FIRST.index(other)


def _exchange(pairs: Sequence[Sequence[int]]) -> None:
    """Let two seats change everything but whose they are."""
    for mine_id, theirs_id in pairs:
        mine, theirs = db.session.get_one(Seat, mine_id), db.session.get_one(Seat, theirs_id)
        before = [[getattr(seat, name) for name in _CONTENT] for seat in (mine, theirs)]
        mine.place = theirs.place = None
        db.session.flush()  # a place is one person's at a time
        for seat, values in zip((theirs, mine), before, strict=True):
            for name, value in zip(_CONTENT, values, strict=True):
                setattr(seat, name, value)
        db.session.flush()


def _keep_exceptions(exchanged: Sequence[Sequence[int]], released: Sequence[int]) -> None:
    """How somebody joins single half-days goes with the better seat; the other holds no place at any half-day."""
    for mine_id, theirs_id in exchanged:
        db.session.execute(sa.delete(SeatAtMeeting).where(SeatAtMeeting.seat_id == mine_id))
        theirs = SeatAtMeeting.seat_id == theirs_id
        db.session.execute(sa.update(SeatAtMeeting).where(theirs).values(seat_id=mine_id))
    db.session.execute(sa.delete(SeatAtMeeting).where(SeatAtMeeting.seat_id.in_(released)))


def _free(seat: Seat, state: SeatState, place: int | None) -> tuple[SeatState, int | None]:
    """The place it had, else a free one, else the waiting list."""
    if place is None:
        return state, None
    training = db.session.get_one(TrainingSession, seat.training_id)
    occupied = taken(training, seat.modality, but=seat.id)
    if place not in occupied:
        return state, place
    other = free_place(occupied, capacity(training, seat.modality))
    return (state, other) if other else (SeatState.WAIT_LISTED, None)


PERSON_DATA = SessionsData()
