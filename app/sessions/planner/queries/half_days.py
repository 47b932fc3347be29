"""The half-days of the calendar: few columns of all of them, the rest of those that are shown."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.accounts.models import Account
from app.courses.models import CourseVersion
from app.factories.models import Factory
from app.platform.clock import now
from app.platform.db import db
from app.sessions.models import Meeting, MeetingSite, Room, Seat, Site, Trainer, TrainingSession
from app.sessions.planner.queries.frame import Frame, PlanFilter
from app.sessions.planner.rules import Span, local_day
from app.sessions.queries.lookup import visible
from app.sessions.rules import (
    HOLDING,
    MeetingState,
    Modality,
    SeatState,
    SiteKind,
    Standing,
    TrainingState,
    phase,
    standing,
)

_MARGIN = timedelta(hours=15)
"""No zone is farther from UTC."""
_NOT_HELD = (TrainingState.CANCELLED, TrainingState.POSTPONED)
_GONE = (SeatState.WITHDRAWN, SeatState.DECLINED, SeatState.RELEASED)
_MOST_UNDATED = 30


@dataclass(frozen=True, slots=True)
class HalfDay:
    """One half-day. `starts` and `ends` are wall time of whoever looks; `day` is the day of the start there."""

    meeting_id: int
    training_id: int
    number: int
    modality: Modality
    zone: str
    wall: tuple[datetime, datetime]
    """Start and end by the clock on the wall of the half-day's own zone."""
    starts: datetime
    ends: datetime
    day: date


def half_days(actor: Actor, found: Frame, within: Span, chosen: PlanFilter) -> list[HalfDay]:
    """Planned half-days that begin on one of these days, in order of time. One statement."""
    at_first = datetime.combine(within.first, datetime.min.time(), ZoneInfo(found.zone)) - _MARGIN
    rows = db.session.execute(
        sa.select(
            Meeting.id, Meeting.training_id, Meeting.number, Meeting.modality, Meeting.zone, Meeting.starts,
            Meeting.ends, Meeting.starts_at, Meeting.ends_at,
        )
        .join(TrainingSession, TrainingSession.id == Meeting.training_id)
        .where(
            Meeting.state == MeetingState.PLANNED,
            Meeting.starts_at.between(at_first, at_first + timedelta(days=len(within.days)) + 2 * _MARGIN),
            TrainingSession.state.not_in(_NOT_HELD),
            *_sought(actor, found, chosen),
            *_joined_at(chosen),
        )
        .order_by(Meeting.starts_at, Meeting.id)
    )  # fmt: skip
    days = (_half_day(row, found.zone) for row in rows)
    return [each for each in days if each.day in within]


def _half_day(row: Any, here: str) -> HalfDay:
    _id, training_id, number, modality, zone, starts, ends, starts_at, ends_at = row
    day, wall = local_day(starts, zone, starts_at, here), (starts, ends)
    if zone != here:
        place = ZoneInfo(here)
        starts, ends = (moment.astimezone(place).replace(tzinfo=None) for moment in (starts_at, ends_at))
    return HalfDay(_id, training_id, number, modality, zone, wall, starts, ends, day)


def _sought(actor: Actor, found: Frame, chosen: PlanFilter) -> list[sa.ColumnElement[bool]]:
    """Which training sessions."""
    conditions = [visible(actor)]
    if chosen.factory:
        conditions.append(_of_factory(found.factory.id) if found.factory else sa.false())
    elif found.is_wide:
        conditions.append(TrainingSession.programme_id == found.programme.id)
    if chosen.trainer:
        teaches = Trainer.training_id == TrainingSession.id, Trainer.account_id == chosen.trainer
        conditions.append(sa.exists().where(*teaches))
    return conditions


def _of_factory(factory_id: int) -> sa.ColumnElement[bool]:
    """It has a seat, or people join from its room."""
    has_seat = sa.exists().where(
        Seat.training_id == TrainingSession.id, Seat.factory_id == factory_id, Seat.state.not_in(_GONE)
    )
    return sa.or_(has_seat, sa.exists().where(Site.training_id == TrainingSession.id, Site.factory_id == factory_id))


def _joined_at(chosen: PlanFilter) -> list[sa.ColumnElement[bool]]:
    """Which half-days, by where people join them from."""
    conditions: list[sa.ColumnElement[bool]] = []
    if chosen.room:
        conditions.append(_from_site(Site.room_id == chosen.room))
    if chosen.province:
        here = sa.or_(Room.province == chosen.province, Factory.province == chosen.province)
        sends = sa.exists().where(
            Seat.training_id == Meeting.training_id, Seat.state.not_in(_GONE),
            Factory.id == Seat.factory_id, Factory.province == chosen.province,
        )  # fmt: skip
        conditions.append(sa.or_(_from_site(here), sends))
    return conditions


def _from_site(which: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """The half-day uses such a site: one that was named for it or, where none was, one of the training session."""
    named = sa.exists().where(MeetingSite.meeting_id == Meeting.id).correlate(Meeting)
    this = sa.exists().where(MeetingSite.meeting_id == Meeting.id, MeetingSite.site_id == Site.id)
    sites = (
        sa.select(Site.id)
        .outerjoin(Room, Room.id == Site.room_id)
        .outerjoin(Factory, Factory.id == Site.factory_id)
        .where(Site.training_id == Meeting.training_id, which)
        .where(sa.or_(~named, this.correlate(Meeting, Site)))
    )
    return sites.correlate(Meeting).exists()


@dataclass(frozen=True)
class About:
    """A training session as an entry of the calendar shows it; `taken` of `places` are booked, reserved or offered."""

    titles: Mapping[str, str]
    cohort: str | None
    standing: Standing
    taken: int
    places: int


def about(training_ids: Collection[int]) -> dict[int, About]:
    """The training sessions of the half-days that are shown. The caller has checked them. One statement."""
    taken = (
        sa.select(sa.func.count())
        .where(Seat.training_id == TrainingSession.id, Seat.state.in_(HOLDING))
        .correlate(TrainingSession)
        .scalar_subquery()
    )
    rows = db.session.execute(
        sa.select(
            TrainingSession.id, CourseVersion.titles, TrainingSession.cohort, TrainingSession.state,
            sa.func.min(Meeting.starts_at), sa.func.max(Meeting.ends_at), taken,
            TrainingSession.capacity_in_person + TrainingSession.capacity_virtual,
        )
        .join(CourseVersion, CourseVersion.id == TrainingSession.version_id)
        .join(Meeting, sa.and_(Meeting.training_id == TrainingSession.id, Meeting.state == MeetingState.PLANNED))
        .where(TrainingSession.id.in_(training_ids))
        .group_by(TrainingSession.id, CourseVersion.id)
    )  # fmt: skip
    at = now()
    return {
        training_id: About(titles, cohort, standing(state, phase(first, last, at)), count, places)
        for training_id, titles, cohort, state, first, last, count, places in rows
    }


def places(actor: Actor, shown: Sequence[HalfDay]) -> dict[int, list[Any]]:
    """The named sites of each half-day, as far as the actor may know them: not the rooms of other factories. One
    statement. Somebody who joins alone has no place that has a name.
    """
    scope = actor.scope(Permission.SESSIONS_READ)
    of_training: dict[int, dict[int, Any]] = defaultdict(dict)
    of_meeting: dict[int, list[Any]] = defaultdict(list)
    rows = db.session.execute(
        sa.select(
            Site.id, Site.training_id, Site.kind, Site.name, Site.factory_id, MeetingSite.meeting_id,
            TrainingSession.programme_id,
        )
        .join(TrainingSession, TrainingSession.id == Site.training_id)
        .outerjoin(MeetingSite, MeetingSite.site_id == Site.id)
        .where(Site.training_id.in_({each.training_id for each in shown}))
        .order_by(Site.id)
    )  # fmt: skip
    for row in rows:
        of_training[row.training_id][row.id] = row
        of_meeting[row.meeting_id].append(row)
    return {
        each.meeting_id: [
            site
            for site in of_meeting.get(each.meeting_id) or of_training[each.training_id].values()
            if _fits(site.kind, each.modality)
            and (site.factory_id is None or scope.reaches(site.programme_id, site.factory_id, site.training_id))
        ]
        for each in shown
    }


def _fits(kind: SiteKind, modality: Modality) -> bool:
    """Whether somebody joins from there in this way, and it has a name."""
    return kind is not SiteKind.REMOTE and modality in {kind.modality, Modality.HYBRID}


def trainer_names(training_ids: Collection[int]) -> dict[int, list[str]]:
    """Who teaches the training sessions. The caller has checked them. One statement."""
    rows = db.session.execute(
        sa.select(Trainer.training_id, Account.name)
        .join(Account, Account.id == Trainer.account_id)
        .where(Trainer.training_id.in_(training_ids))
        .order_by(Trainer.id)
    )
    names: dict[int, list[str]] = defaultdict(list)
    for training_id, name in rows:
        names[training_id].append(name)
    return names


def undated(actor: Actor, found: Frame, chosen: PlanFilter) -> Sequence[Any]:
    """Training sessions that are postponed or still to be announced, by when they are expected. One statement."""
    dated = sa.exists().where(Meeting.training_id == TrainingSession.id, Meeting.state == MeetingState.PLANNED)
    waits = (TrainingState.DRAFT, TrainingState.TENTATIVE, TrainingState.CONFIRMED, TrainingState.POSTPONED)
    statement = (
        sa.select(
            TrainingSession.id, TrainingSession.state, TrainingSession.cohort, TrainingSession.expected_on,
            CourseVersion.titles,
        )
        .join(CourseVersion, CourseVersion.id == TrainingSession.version_id)
        .where(~dated, TrainingSession.state.in_(waits), *_sought(actor, found, chosen))
        .order_by(TrainingSession.expected_on.nulls_last(), TrainingSession.id)
    )
    return db.session.execute(statement.limit(_MOST_UNDATED)).all()
