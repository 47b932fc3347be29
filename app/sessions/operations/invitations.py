"""Calendars, declaratively: who should hold which entry now, against what each recipient was last told."""

from collections.abc import Iterable, Iterator
from secrets import token_urlsafe
from typing import Any, NamedTuple

import sqlalchemy as sa
from flask import current_app

from app.accounts import queries as accounts
from app.platform.bus import publish
from app.platform.clock import now
from app.platform.config import Settings
from app.platform.db import db
from app.platform.faults import point
from app.platform.i18n import text
from app.platform.mail.address import AddressError, single_address
from app.sessions.calendar.invite import new_uid
from app.sessions.events import InvitationChanged, TrainingSettled
from app.sessions.models import Invitation, Meeting, Seat, TrainingSession
from app.sessions.queries import booked
from app.sessions.rules import MeetingState, SiteKind, TrainingState
from app.sessions.rules.invitations import Change, Guest, Place, changes, merged


class Key(NamedTuple):
    """One entry in one calendar."""

    meeting_id: int
    address: str


def settle(training: TrainingSession) -> None:
    """Make the calendars right, in the caller's transaction. Nothing is said about half-days that are over."""
    publish(TrainingSettled(training.id))
    meetings = {meeting.id: meeting for meeting in training.meetings if meeting.ends_at > now()}
    if training.state is TrainingState.CLOSED or not meetings:
        return
    guests = {guest.address: guest for guest in _guests(training)} if training.state is TrainingState.CONFIRMED else {}
    wanted = _wanted(training, list(meetings.values()), list(guests.values()))
    known = _known(list(meetings))
    due = changes(wanted, {key: invitation.told for key, invitation in known.items()})
    new = {key: _new(key, guests[key.address]) for key in due if key not in known}
    db.session.add_all(new.values())
    db.session.flush()  # the events need ids
    point("sessions.invited")
    for key, change in due.items():
        invitation = new.get(key) or known[key]
        _tell(invitation, change, wanted.get(key, {}), guests.get(key.address), is_new=key in new)


def _tell(invitation: Invitation, change: Change, facts: dict[str, Any], guest: Guest | None, *, is_new: bool) -> None:
    before = dict(invitation.told)
    if not is_new:
        invitation.sequence += 1
    if guest and facts:
        invitation.name, invitation.language = guest.name, guest.language
    invitation.told = facts
    publish(InvitationChanged(invitation.id, change.value, before))


def _wanted(
    training: TrainingSession, meetings: list[Meeting], guests: list[Guest]
) -> dict[Key, dict[str, Any]]:
    venues = [site.name for site in training.sites if site.kind is SiteKind.VENUE]
    return {
        Key(meeting.id, guest.address): _facts(training, meeting, guest, venues)
        for meeting in meetings
        if meeting.state is MeetingState.PLANNED
        for guest in guests
    }


def _facts(training: TrainingSession, meeting: Meeting, guest: Guest, venues: list[str]) -> dict[str, Any]:
    """What a recipient is told; times are wall time. A change of any of it is told again."""
    return {
        "title": text(training.version.titles, guest.language),
        "starts": meeting.starts.isoformat(),
        "ends": meeting.ends.isoformat(),
        "zone": meeting.zone,
        "places": guest.place_names(meeting.modality, venues),
        "join_url": meeting.join_url if guest.joins_remotely(meeting.modality) else None,
        "modality": meeting.modality.value,
    }


def _known(meeting_ids: list[int]) -> dict[Key, Invitation]:
    rows = db.session.scalars(sa.select(Invitation).where(Invitation.meeting_id.in_(meeting_ids)))
    return {Key(row.meeting_id, row.address): row for row in rows}


def _new(key: Key, guest: Guest) -> Invitation:
    settings: Settings = current_app.extensions["settings"]
    domain = settings.mail_sender.rpartition("@")[2]
    return Invitation(
        meeting_id=key.meeting_id,
        address=key.address,
        name=guest.name,
        language=guest.language,
        uid=new_uid(token_urlsafe(24), domain),
        sequence=0,
        told={},
    )


def _guests(training: TrainingSession) -> list[Guest]:
    """Trainers first, then who speaks for a factory with booked people, then these people, by address."""
    seats = booked(training.id)
    return merged([*_trainers(training), *_focal_points(seats), *_people(seats)])


def _trainers(training: TrainingSession) -> Iterator[Guest]:
    venues = frozenset(Place(site.kind, site.name) for site in training.sites if site.kind is SiteKind.VENUE)
    found = accounts.accounts_by_id([trainer.account_id for trainer in training.trainers])
    for account in found.values():
        if account.disabled_at is None:
            yield from _guest(account.email, account.name, account.language, venues, teaches=True)


def _focal_points(seats: list[Seat]) -> Iterator[Guest]:
    for speaker in accounts.focal_points({seat.factory_id for seat in seats}):
        places = _places(seat for seat in seats if seat.factory_id == speaker.factory_id)
        yield from _guest(speaker.email, speaker.name, speaker.language, places)


def _people(seats: list[Seat]) -> Iterator[Guest]:
    for seat in seats:
        person = seat.person
        if person.email:
            yield from _guest(person.email, person.local_name or person.name, person.language, _places([seat]))


def _guest(
    address: str, name: str, language: str, places: frozenset[Place], *, teaches: bool = False
) -> Iterator[Guest]:
    """Nobody, when a roster or an account holds what is no mail address: it must not stop the others' invitations."""
    try:
        yield Guest(single_address(address.strip()).lower(), name, language, teaches, places)
    except AddressError:
        return


def _places(seats: Iterable[Seat]) -> frozenset[Place]:
    return frozenset(Place(seat.site.kind, seat.site.name) for seat in seats)
