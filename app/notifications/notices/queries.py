"""Reading what a factory is told, of one training session or of all that come."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from app.access.actor import Actor
from app.accounts import queries as accounts
from app.factories.models import Factory, Person
from app.notifications.notices.facts import Expected, Firmness, Told, WhenAndWhere, Where
from app.platform.clock import now
from app.platform.db import db
from app.platform.refusal import NotFound
from app.sessions import policy, queries
from app.sessions.models import Meeting, Seat, SeatAtMeeting, Site, TrainingSession
from app.sessions.rules import HOLDING, MeetingState, Modality, SeatState, SiteKind, TrainingState

_FIRMNESS = {
    TrainingState.DRAFT: Firmness.NOT_SURE,
    TrainingState.TENTATIVE: Firmness.NOT_SURE,
    TrainingState.POSTPONED: Firmness.POSTPONED,
    TrainingState.CANCELLED: Firmness.CANCELLED,
}
_AHEAD = (TrainingState.TENTATIVE, TrainingState.CONFIRMED)
_PARTS = (
    joinedload(TrainingSession.version),
    selectinload(TrainingSession.sites).joinedload(Site.room),
    selectinload(TrainingSession.trainers),
    selectinload(TrainingSession.meetings).selectinload(Meeting.sites),
)


def factories_to_tell(actor: Actor, training: TrainingSession) -> list[Factory]:
    """Factories that hold seats, by name; who sees the own people only tells the own factories."""
    shown = policy.factories_shown(actor, training)
    holds = sa.exists().where(Seat.factory_id == Factory.id, Seat.training_id == training.id, Seat.state.in_(HOLDING))
    statement = sa.select(Factory).where(holds).options(joinedload(Factory.programme))
    if shown is not None:
        statement = statement.where(Factory.id.in_(shown))
    return list(db.session.scalars(statement.order_by(Factory.name, Factory.id)))


def factory_to_tell(actor: Actor, training_id: int, code: str) -> tuple[TrainingSession, Factory]:
    """The training session and one of `factories_to_tell`. Raises NotFound."""
    training = queries.training_for(actor, training_id)
    factory = next((each for each in factories_to_tell(actor, training) if each.code == code), None)
    if factory is None:
        raise NotFound
    return training, factory


def told(training: TrainingSession, factory: Factory) -> Told:
    """What the factory is told of the training session. The caller has checked both."""
    return _told([training], factory)[0]


def told_seats(training: TrainingSession, factory: Factory, seat_ids: Collection[int]) -> Told:
    """The same for those of the factory that have these seats alone."""
    return _told([training], factory, only=seat_ids)[0]


def told_trainers(training: TrainingSession) -> Told:
    """What those who teach it are told: where each half-day is held, and how many come from all factories together."""
    held = sa.select(Seat).where(Seat.training_id == training.id, Seat.state.in_(HOLDING))
    seats = list(db.session.scalars(held.options(joinedload(Seat.person)).order_by(Seat.id)))
    return Told(
        training_id=training.id,
        titles=training.version.titles,
        code=training.code,
        firmness=_FIRMNESS.get(training.state, Firmness.SURE),
        reason="",
        factory="",
        country=training.programme.country,
        half_days=[
            _at(meeting, training.programme.zone, _taught_at(meeting, meeting.sites or training.sites))
            for meeting in sorted(training.meetings, key=lambda each: (each.starts_at, each.number))
            if meeting.state is MeetingState.PLANNED
        ],
        people=[_expected(seat.person) for seat in seats if seat.state is SeatState.BOOKED],
        unnamed=sum(seat.person_id is None for seat in seats),
        contacts=[],
    )


def _taught_at(meeting: Meeting, used: Sequence[Site]) -> tuple[Where, ...]:
    kinds = {Modality.IN_PERSON: {SiteKind.VENUE}, Modality.VIRTUAL: {SiteKind.FACTORY_ROOM}}
    shown = kinds.get(meeting.modality, {SiteKind.VENUE, SiteKind.FACTORY_ROOM})
    return tuple(_where(site) for site in used if site.kind in shown)


def coming(factory: Factory, weeks: int) -> list[Told]:
    """Training sessions in which the factory holds seats, with the half-days of the next so many weeks. The caller has
    checked the factory.
    """
    until = now() + timedelta(weeks=weeks)
    is_near = sa.and_(Meeting.state == MeetingState.PLANNED, Meeting.ends_at > now(), Meeting.starts_at < until)
    holds = Seat.training_id.in_(sa.select(Meeting.training_id).where(is_near))
    ids = sa.select(Seat.training_id).where(Seat.factory_id == factory.id, Seat.state.in_(HOLDING), holds)
    statement = sa.select(TrainingSession).where(TrainingSession.id.in_(ids), TrainingSession.state.in_(_AHEAD))
    trainings = db.session.scalars(statement.order_by(TrainingSession.id).options(*_PARTS)).unique().all()
    return _told(trainings, factory, until)


def _told(
    trainings: Sequence[TrainingSession], factory: Factory, until: datetime | None = None,
    only: Collection[int] | None = None,
) -> list[Told]:  # fmt: skip
    ids = [training.id for training in trainings]
    seats, elsewhere = _seats(ids, factory.id, only), _elsewhere(ids, factory.id)
    speakers = [point.name for point in accounts.focal_points([factory.id])]
    teaching = {} if speakers else accounts.accounts_by_id({t.account_id for each in trainings for t in each.trainers})
    return [
        Told(
            training_id=training.id,
            titles=training.version.titles,
            code=training.code,
            firmness=_FIRMNESS.get(training.state, Firmness.SURE),
            reason=training.cancelled_reason or training.postponed_reason or "",
            factory=factory.local_name or factory.name,
            country=factory.programme.country,
            half_days=list(_half_days(training, factory, seats[training.id], elsewhere, until)),
            people=[_expected(seat.person) for seat in seats[training.id] if seat.state is SeatState.BOOKED],
            unnamed=sum(seat.person_id is None for seat in seats[training.id]),
            contacts=speakers or [teaching[t.account_id].name for t in training.trainers if t.account_id in teaching],
        )
        for training in trainings
    ]


def _expected(person: Person) -> Expected:
    return Expected(person.name, person.local_name or "", person.language)


def _half_days(
    training: TrainingSession, factory: Factory, seats: Sequence[Seat],
    elsewhere: Mapping[tuple[int, int], Site], until: datetime | None,
) -> Iterable[WhenAndWhere]:  # fmt: skip
    for meeting in sorted(training.meetings, key=lambda each: (each.starts_at, each.number)):
        is_near = until is None or (meeting.ends_at > now() and meeting.starts_at < until)
        if meeting.state is not MeetingState.PLANNED or not is_near:
            continue
        joined = [elsewhere.get((seat.id, meeting.id), seat.site) for seat in seats]
        places = _places(meeting, meeting.sites or training.sites, factory.id, joined)
        yield _at(meeting, factory.programme.zone, places)


def _at(meeting: Meeting, zone: str, places: tuple[Where, ...]) -> WhenAndWhere:
    """By the clock of whoever is told."""
    there = ZoneInfo(zone)
    starts, ends = (each.astimezone(there).replace(tzinfo=None) for each in (meeting.starts_at, meeting.ends_at))
    return WhenAndWhere(starts, ends, places)


def _places(
    meeting: Meeting, used: Sequence[Site], factory_id: int, joined: Sequence[Site]
) -> tuple[Where, ...]:
    """At a half-day that is only in person, or only by link, everybody joins so, whatever the seats say."""
    venues = [site for site in used if site.kind is SiteKind.VENUE]
    rooms = [site for site in used if site.kind is SiteKind.FACTORY_ROOM and site.factory_id == factory_id]
    by_link: list[Site | None] = [*rooms] or [None]
    found: dict[Where, None] = {}
    for site in joined:
        is_here = meeting.modality is Modality.IN_PERSON or (
            meeting.modality is Modality.HYBRID and site.kind is SiteKind.VENUE
        )
        is_own_way = site.kind.modality is (Modality.IN_PERSON if is_here else Modality.VIRTUAL)
        found |= {_where(each): None for each in ([site] if is_own_way else venues if is_here else by_link)}
    return tuple(found)


def _where(site: Site | None) -> Where:
    if site is None or site.kind is SiteKind.REMOTE:
        return Where(SiteKind.REMOTE, "")
    return Where(site.kind, site.name, site.room.address if site.room else "")


def _seats(
    training_ids: Collection[int], factory_id: int, only: Collection[int] | None
) -> Mapping[int, list[Seat]]:
    """What the factory holds, by training session, people by name. A reserved seat has nobody yet."""
    found: dict[int, list[Seat]] = defaultdict(list)
    rows = db.session.scalars(
        sa.select(Seat)
        .outerjoin(Seat.person)
        .where(Seat.training_id.in_(training_ids), Seat.factory_id == factory_id, Seat.state.in_(HOLDING))
        .where(Person.merged_into_id.is_(None))
        .options(joinedload(Seat.person), joinedload(Seat.site).joinedload(Site.room))
        .order_by(Person.search_text, Seat.id)
    )
    for seat in rows:
        if only is None or seat.id in only:
            found[seat.training_id].append(seat)
    return found


def _elsewhere(training_ids: Collection[int], factory_id: int) -> Mapping[tuple[int, int], Site]:
    """Seat and half-day -> where somebody joins just that one from."""
    rows = db.session.scalars(
        sa.select(SeatAtMeeting)
        .join(Seat, Seat.id == SeatAtMeeting.seat_id)
        .where(Seat.training_id.in_(training_ids), Seat.factory_id == factory_id)
        .options(joinedload(SeatAtMeeting.site).joinedload(Site.room))
    )
    return {(row.seat_id, row.meeting_id): row.site for row in rows}
