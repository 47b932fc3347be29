"""Who has a part in each half-day of a training session and can get a mail."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa

from app.accounts import queries as accounts
from app.accounts.models import Account
from app.accounts.queries import FocalPoint
from app.factories.models import Factory, Programme
from app.platform.config import settings
from app.platform.db import db
from app.platform.i18n import text
from app.platform.mail.address import AddressError, single_address
from app.sessions.calendar.facts import Facts
from app.sessions.links.addresses import link_for, rooms_of
from app.sessions.links.models import MeetingRoom
from app.sessions.links.rules import of_address
from app.sessions.models import (
    Interpreter,
    Meeting,
    MeetingInterpreter,
    MeetingSite,
    Seat,
    SeatAtMeeting,
    Site,
    TrainingSession,
)
from app.sessions.queries.lookup import booked
from app.sessions.rules import Modality, SiteKind
from app.sessions.rules.invitations import Guest, Place, merged, place_at


@dataclass(frozen=True)
class _Parts:
    """What is read once for all half-days of a training session."""

    training: TrainingSession
    seats: list[Seat]
    addresses: dict[int, str]
    """Of people, by seat: only what is a mail address."""
    zones: dict[int, str]
    trainers: list[Account]
    speakers: list[FocalPoint]
    """Focal points, then advisors, of the factories that have booked people."""
    sites: dict[int, Site]
    attendants: dict[int, Account]
    """Who looks after the connection, by site."""
    sites_of: dict[int, set[int]]
    elsewhere: dict[tuple[int, int], int]
    """Site by half-day and seat, where that is not the one of the seat."""
    interpreters: dict[int, list[Interpreter]]
    links: dict[int, MeetingRoom]


class Party(NamedTuple):
    """The guests of a half-day, the rooms in which it is held, and the one at a meeting provider."""

    guests: list[Guest]
    venues: frozenset[str]
    link: MeetingRoom | None


def parties_of(training: TrainingSession, meetings: Collection[Meeting]) -> dict[int, Party]:
    """By half-day: who teaches and interprets, who speaks for a factory with booked people, then these people.

    Who only asked or waits is not among them. The number of statements does not depend on how many there are.
    """
    parts = _read(training, [meeting.id for meeting in meetings])
    return {meeting.id: _party(meeting, parts) for meeting in meetings}


def facts_of(meeting: Meeting, guest: Guest, party: Party) -> Facts:
    """What a guest is told of a half-day: his language, his places, and the link - the pasted one, or his own into the
    room at a provider - only if he joins by it.
    """
    holder = of_address(guest.address, guest.name, teaches=guest.teaches)
    return Facts(
        title=text(meeting.training.version.titles, guest.language),
        starts=meeting.starts,
        ends=meeting.ends,
        zone=meeting.zone,
        places=tuple(guest.place_names(meeting.modality, party.venues)),
        join_url=link_for(meeting, party.link, holder) if guest.joins_remotely(meeting.modality) else None,
        modality=meeting.modality,
    )


def _read(training: TrainingSession, meeting_ids: list[int]) -> _Parts:
    seats = booked(training.id)
    factories = {seat.factory_id for seat in seats}
    sites = {site.id: site for site in db.session.scalars(sa.select(Site).where(Site.training_id == training.id))}
    attending = {site.id: site.focal_account_id for site in sites.values() if site.focal_account_id}
    known = accounts.accounts_by_id({*attending.values(), *(trainer.account_id for trainer in training.trainers)})
    own = sa.select(SeatAtMeeting.meeting_id, SeatAtMeeting.seat_id, SeatAtMeeting.site_id)
    return _Parts(
        training,
        seats,
        {seat.id: address for seat in seats if (address := _address(seat.person.email))},
        _zones(factories),
        [known[trainer.account_id] for trainer in training.trainers],
        [*accounts.focal_points(factories), *accounts.advisors(factories)] if factories else [],
        sites,
        {site_id: known[account_id] for site_id, account_id in attending.items()},
        _sites_of(meeting_ids),
        {(row.meeting_id, row.seat_id): row.site_id
         for row in db.session.execute(own.where(SeatAtMeeting.meeting_id.in_(meeting_ids)))},
        _interpreters(meeting_ids),
        rooms_of(meeting_ids),
    )


def _party(meeting: Meeting, parts: _Parts) -> Party:
    used = {
        site.id: Place(site.kind, site.name) for site in parts.sites.values()
        if site.id in parts.sites_of.get(meeting.id, parts.sites)
    }
    venues = frozenset(place for place in used.values() if place.kind is SiteKind.VENUE)
    joining = _joining(meeting, parts, used)
    guests = [*_teaching(meeting, parts, venues), *_answering(meeting, parts, joining), *_people(parts, joining)]
    others = [guest for guest in merged(guests) if guest.address != settings().mail_sender.lower()]
    return Party(others, frozenset(place.name for place in venues), parts.links.get(meeting.id))


def _teaching(meeting: Meeting, parts: _Parts, venues: frozenset[Place]) -> Iterator[Guest]:
    """Trainers and interpreters."""
    zone = parts.training.programme.zone
    for account in parts.trainers:
        yield from _of_account(account, zone, venues, teaches=True)
    for interpreter in parts.interpreters.get(meeting.id, ()):
        if address := _address(interpreter.email):
            yield Guest(address, interpreter.name, parts.training.language, zone, True, venues)


def _answering(meeting: Meeting, parts: _Parts, joining: dict[int, Place]) -> Iterator[Guest]:
    """Who speaks for a factory, with the places of its people, and who looks after a connection that they use."""
    by_factory: dict[int, set[Place]] = defaultdict(set)
    for seat in parts.seats:
        by_factory[seat.factory_id].add(joining[seat.id])
    for speaker in parts.speakers:
        if address := _address(speaker.email):
            places = frozenset(by_factory[speaker.factory_id])
            yield Guest(address, speaker.name, speaker.language, speaker.zone, False, places)
    taken = set() if meeting.modality is Modality.IN_PERSON else set(joining.values())
    for site_id, account in parts.attendants.items():
        place = Place(parts.sites[site_id].kind, parts.sites[site_id].name)
        if place in taken:
            yield from _of_account(account, parts.training.programme.zone, frozenset([place]), teaches=False)


def _people(parts: _Parts, joining: dict[int, Place]) -> Iterator[Guest]:
    for seat in parts.seats:
        if address := parts.addresses.get(seat.id):
            name, zone = seat.person.local_name or seat.person.name, parts.zones[seat.factory_id]
            yield Guest(address, name, seat.person.language, zone, False, frozenset([joining[seat.id]]))


def _of_account(account: Account, zone: str, places: frozenset[Place], *, teaches: bool) -> Iterator[Guest]:
    if account.disabled_at is None and (address := _address(account.email)):
        yield Guest(address, account.name, account.language, account.zone or zone, teaches, places)


def _joining(meeting: Meeting, parts: _Parts, used: dict[int, Place]) -> dict[int, Place]:
    """Where each seat joins this half-day."""
    every = {site.id: Place(site.kind, site.name) for site in parts.sites.values()}
    taken = set(used.values())
    where = {site_id: place_at(place, taken) for site_id, place in every.items()}
    return {seat.id: where[parts.elsewhere.get((meeting.id, seat.id), seat.site_id)] for seat in parts.seats}


def _address(text: str | None) -> str | None:
    """None when a roster or an account holds what is no mail address: it must not stop the others' invitations."""
    try:
        return single_address(text.strip()).lower() if text else None
    except AddressError:
        return None


def _zones(factories: Collection[int]) -> dict[int, str]:
    statement = sa.select(Factory.id, Programme.zone).join(Programme, Programme.id == Factory.programme_id)
    return {row[0]: row[1] for row in db.session.execute(statement.where(Factory.id.in_(factories)))}


def _sites_of(meeting_ids: list[int]) -> dict[int, set[int]]:
    """Half-day -> the sites that it uses; one that uses all is left out."""
    found: dict[int, set[int]] = defaultdict(set)
    statement = sa.select(MeetingSite.meeting_id, MeetingSite.site_id)
    for meeting_id, site_id in db.session.execute(statement.where(MeetingSite.meeting_id.in_(meeting_ids))):
        found[meeting_id].add(site_id)
    return dict(found)


def _interpreters(meeting_ids: list[int]) -> dict[int, list[Interpreter]]:
    found: dict[int, list[Interpreter]] = defaultdict(list)
    statement = (
        sa.select(MeetingInterpreter.meeting_id, Interpreter)
        .join(Interpreter, Interpreter.id == MeetingInterpreter.interpreter_id)
        .where(MeetingInterpreter.meeting_id.in_(meeting_ids))
        .order_by(Interpreter.id)
    )
    for meeting_id, interpreter in db.session.execute(statement):
        found[meeting_id].append(interpreter)
    return dict(found)
