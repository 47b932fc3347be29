"""What trainers, interpreters, rooms, links and people do in other training sessions at about that time."""

from collections import defaultdict
from collections.abc import Collection, Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

import sqlalchemy as sa

from app.factories.models import Person
from app.platform.db import db
from app.sessions.conflicts.rules import Other, Proposal, place_name
from app.sessions.models import Meeting, MeetingInterpreter, MeetingSite, Seat, Site, Trainer, TrainingSession
from app.sessions.rules import HOLDING, MeetingState, Modality, SiteKind, TrainingState

Key = TypeVar("Key", bound=Hashable)

TAKES_TIME = (TrainingState.TENTATIVE, TrainingState.CONFIRMED)
"""A draft is nobody's plan yet, and a postponed one has no dates."""
_WAY = timedelta(days=1)
"""So long before and after, somebody may be on the way."""


@dataclass(frozen=True)
class Window:
    """From when until when, and what a plan takes in between. `training_id` is that of the plan itself."""

    starts_at: datetime
    ends_at: datetime
    programme_id: int
    training_id: int
    trainers: frozenset[int]
    interpreters: frozenset[int]
    rooms: frozenset[int]
    hosts: frozenset[int]
    links: frozenset[str]
    venues: frozenset[str]

    @classmethod
    def of(cls, proposal: Proposal) -> "Window":
        """Of the half-days that are judged; there is at least one."""
        judged = proposal.judged
        sites = [site for half_day in judged for site in half_day.rooms]
        return cls(
            starts_at=min(half_day.starts_at for half_day in judged),
            ends_at=max(half_day.ends_at for half_day in judged),
            programme_id=proposal.programme_id,
            training_id=proposal.training_id or 0,
            trainers=proposal.trainer_ids,
            interpreters=frozenset(each for half_day in judged for each in half_day.interpreter_ids),
            rooms=frozenset(site.room_id for site in sites if site.room_id is not None),
            hosts=frozenset(half_day.host_id for half_day in judged if half_day.host_id is not None),
            links=frozenset(half_day.join_url for half_day in judged if half_day.join_url),
            venues=frozenset(site.name for site in sites if site.kind is SiteKind.VENUE and site.room_id is None),
        )


def teaching(window: Window) -> dict[int, list[Other]]:
    """By trainer."""
    if not window.trainers:
        return {}
    rows = _half_days(window, Trainer.account_id, around=_WAY).join(Trainer, Trainer.training_id == TrainingSession.id)
    return _by_key(rows.where(Trainer.account_id.in_(window.trainers)))


def interpreting(window: Window) -> dict[int, list[Other]]:
    """By interpreter."""
    if not window.interpreters:
        return {}
    who = MeetingInterpreter.interpreter_id
    rows = _half_days(window, who, around=_WAY).join(MeetingInterpreter, MeetingInterpreter.meeting_id == Meeting.id)
    return _by_key(rows.where(who.in_(window.interpreters)))


def in_rooms(window: Window) -> dict[int, list[Other]]:
    """By room of the register."""
    if not window.rooms:
        return {}
    rows = _half_days(window, Site.room_id).join(Site, Site.training_id == TrainingSession.id)
    return _by_key(rows.where(Site.room_id.in_(window.rooms), _sits_in(), uses(Site.id)))


def at_venues(window: Window) -> dict[str, list[Other]]:
    """By the name of a room that the same programme only named, or of one of its register, as names are compared."""
    if not window.venues:
        return {}
    names = {name for each in window.venues for name in (each, place_name(each))}
    called = sa.or_(Site.name.in_(window.venues), sa.func.lower(Site.name).in_(names))
    rows = _half_days(window, Site.name).join(Site, Site.training_id == TrainingSession.id)
    own = TrainingSession.programme_id == window.programme_id
    found = _by_key(rows.where(own, Site.kind == SiteKind.VENUE, called, _sits_in(), uses(Site.id)))
    return {place_name(name): others for name, others in found.items()}


def hosting(window: Window) -> dict[int, list[Other]]:
    """By host account."""
    if not window.hosts:
        return {}
    return _by_key(_half_days(window, Meeting.host_id).where(Meeting.host_id.in_(window.hosts), _by_link()))


def linked(window: Window) -> dict[str, list[Other]]:
    """By the link with which people join."""
    if not window.links:
        return {}
    return _by_key(_half_days(window, Meeting.join_url).where(Meeting.join_url.in_(window.links), _by_link()))


def seated(window: Window, people: Collection[int]) -> dict[int, list[Other]]:
    """By person with a seat that takes a place; a half-day that does not use the site of the seat leaves them free."""
    if not people:
        return {}
    rows = (
        _half_days(window, Seat.person_id)
        .join(Seat, Seat.training_id == TrainingSession.id)
        .join(Person, Person.id == Seat.person_id)
        .where(Seat.person_id.in_(people), Seat.state.in_(HOLDING), Person.merged_into_id.is_(None))
    )
    return _by_key(rows.where(uses(Seat.site_id)))


def uses(site_id: Any) -> sa.ColumnElement[bool]:
    """Whether a half-day uses a site of its training session: without rows of its own it uses them all."""
    of_meeting = MeetingSite.meeting_id == Meeting.id
    return sa.or_(
        sa.not_(sa.exists().where(of_meeting)), sa.exists().where(of_meeting, MeetingSite.site_id == site_id)
    )


def _sits_in() -> sa.ColumnElement[bool]:
    """`SiteAsked.is_used`, in SQL."""
    return sa.or_(
        sa.and_(Site.kind == SiteKind.VENUE, Meeting.modality != Modality.VIRTUAL),
        sa.and_(Site.kind == SiteKind.FACTORY_ROOM, Meeting.modality != Modality.IN_PERSON),
    )


def _by_link() -> sa.ColumnElement[bool]:
    return Meeting.modality != Modality.IN_PERSON


def _half_days(window: Window, key: Any, around: timedelta = timedelta(0)) -> sa.Select[Any]:
    columns = (
        Meeting.id, Meeting.training_id, Meeting.starts_at, Meeting.ends_at, Meeting.starts, Meeting.ends, Meeting.zone,
    )  # fmt: skip
    return (
        sa.select(key, *columns)
        .join(TrainingSession, TrainingSession.id == Meeting.training_id)
        .where(
            Meeting.state == MeetingState.PLANNED,
            TrainingSession.state.in_(TAKES_TIME),
            TrainingSession.id != window.training_id,
            Meeting.starts_at < window.ends_at + around,
            Meeting.ends_at > window.starts_at - around,
        )
        .order_by(Meeting.starts_at, Meeting.id)
    )


def _by_key(statement: sa.Select[Any]) -> dict[Any, list[Other]]:
    found: dict[Any, list[Other]] = defaultdict(list)
    made: dict[int, Other] = {}
    for key, *values in db.session.execute(statement):
        found[key].append(made.setdefault(values[0], Other(*values)))
    return found
