"""What trainers, interpreters, rooms, links and people do in other training sessions at about that time."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.platform.db import db
from app.sessions.conflicts.rules import Other, Proposal, place_name
from app.sessions.models import Meeting, MeetingInterpreter, MeetingSite, Seat, Site, Trainer, TrainingSession
from app.sessions.rules import HOLDING, MeetingState, Modality, SiteKind, TrainingState

TAKES_TIME = (TrainingState.TENTATIVE, TrainingState.CONFIRMED)
"""A draft is nobody's plan yet, and a postponed one has no dates."""
_WAY = timedelta(days=1)
"""So long before and after, somebody may be on the way."""
_AT_ONCE = timedelta(0)


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


def uses(site_id: Any) -> sa.ColumnElement[bool]:
    """Whether a half-day uses a site of its training session: without rows of its own it uses them all."""
    of_meeting = MeetingSite.meeting_id == Meeting.id
    return sa.or_(
        sa.not_(sa.exists().where(of_meeting)), sa.exists().where(of_meeting, MeetingSite.site_id == site_id)
    )


def _half_days(key: Any) -> sa.Select[Any]:
    columns = (
        Meeting.id, Meeting.training_id, Meeting.starts_at, Meeting.ends_at, Meeting.starts, Meeting.ends, Meeting.zone,
    )  # fmt: skip
    return (
        sa.select(key, *columns)
        .join(TrainingSession, TrainingSession.id == Meeting.training_id)
        .where(
            Meeting.state == MeetingState.PLANNED,
            TrainingSession.state.in_(TAKES_TIME),
            TrainingSession.id != sa.bindparam("own"),
            Meeting.starts_at < sa.bindparam("ends_at"),
            Meeting.ends_at > sa.bindparam("starts_at"),
        )
        .order_by(Meeting.starts_at, Meeting.id)
    )


# Built once: building them takes longer than asking them.
_KEYS: Any = sa.bindparam("keys", expanding=True)
_SITS_IN = sa.or_(  # `SiteAsked.is_used`, in SQL
    sa.and_(Site.kind == SiteKind.VENUE, Meeting.modality != Modality.VIRTUAL),
    sa.and_(Site.kind == SiteKind.FACTORY_ROOM, Meeting.modality != Modality.IN_PERSON),
)
_BY_LINK = Meeting.modality != Modality.IN_PERSON
_TEACHING = (
    _half_days(Trainer.account_id)
    .join(Trainer, Trainer.training_id == TrainingSession.id)
    .where(Trainer.account_id.in_(_KEYS))
)
_INTERPRETING = (
    _half_days(MeetingInterpreter.interpreter_id)
    .join(MeetingInterpreter, MeetingInterpreter.meeting_id == Meeting.id)
    .where(MeetingInterpreter.interpreter_id.in_(_KEYS))
)
_IN_ROOMS = (
    _half_days(Site.room_id)
    .join(Site, Site.training_id == TrainingSession.id)
    .where(Site.room_id.in_(_KEYS), _SITS_IN, uses(Site.id))
)
_AT_VENUES = (
    _half_days(Site.name)
    .join(Site, Site.training_id == TrainingSession.id)
    .where(
        TrainingSession.programme_id == sa.bindparam("programme"),
        Site.kind == SiteKind.VENUE,
        sa.or_(Site.name.in_(_KEYS), sa.func.lower(Site.name).in_(sa.bindparam("folded", expanding=True))),
        _SITS_IN,
        uses(Site.id),
    )
)
_HOSTING = _half_days(Meeting.host_id).where(Meeting.host_id.in_(_KEYS), _BY_LINK)
_LINKED = _half_days(Meeting.join_url).where(Meeting.join_url.in_(_KEYS), _BY_LINK)
_SEATED = (
    _half_days(Seat.person_id)
    .join(Seat, Seat.training_id == TrainingSession.id)
    .where(Seat.person_id.in_(_KEYS), Seat.state.in_(HOLDING), uses(Seat.site_id))
)


def teaching(window: Window) -> dict[int, list[Other]]:
    """By trainer."""
    return _by_key(_TEACHING, window, window.trainers, around=_WAY)


def interpreting(window: Window) -> dict[int, list[Other]]:
    """By interpreter."""
    return _by_key(_INTERPRETING, window, window.interpreters, around=_WAY)


def in_rooms(window: Window) -> dict[int, list[Other]]:
    """By room of the register."""
    return _by_key(_IN_ROOMS, window, window.rooms)


def at_venues(window: Window) -> dict[str, list[Other]]:
    """By the name of a room that the same programme only named, or of one of its register, as names are compared."""
    folded = [place_name(name) for name in window.venues]
    found = _by_key(_AT_VENUES, window, window.venues, programme=window.programme_id, folded=folded)
    return {place_name(name): others for name, others in found.items()}


def hosting(window: Window) -> dict[int, list[Other]]:
    """By host account."""
    return _by_key(_HOSTING, window, window.hosts)


def linked(window: Window) -> dict[str, list[Other]]:
    """By the link with which people join."""
    return _by_key(_LINKED, window, window.links)


def seated(window: Window, people: Collection[int]) -> dict[int, list[Other]]:
    """By person with a seat that takes a place; a half-day that does not use the site of the seat leaves them free."""
    return _by_key(_SEATED, window, people)


def _by_key(
    statement: sa.Select[Any], window: Window, keys: Collection[Any], *, around: timedelta = _AT_ONCE, **more: Any
) -> dict[Any, list[Other]]:
    """Nothing is asked for no keys."""
    found: dict[Any, list[Other]] = defaultdict(list)
    if not keys:
        return found
    made: dict[int, Other] = {}
    asked = {
        "own": window.training_id, "starts_at": window.starts_at - around, "ends_at": window.ends_at + around,
        "keys": list(keys), **more,
    }  # fmt: skip
    for key, *values in db.session.execute(statement, asked):
        found[key].append(made.setdefault(values[0], Other(*values)))
    return found
