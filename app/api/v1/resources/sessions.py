"""Training sessions with their half-days. Links and codes that let people in are not told."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from pydantic import Field

from app.access.actor import Actor
from app.access.permissions import Permission
from app.api.tokens.rules import TokenScope
from app.api.v1.asked import Asked, Code, Moment
from app.api.v1.resource import Item, Resource, Rows
from app.courses.models import Course, CourseVersion
from app.factories.models import Programme
from app.platform.clock import now
from app.platform.db import db
from app.sessions.models import Meeting, Seat, TrainingSession
from app.sessions.queries import visible
from app.sessions.rules import MeetingState, Modality, Phase, SeatState, Standing, TrainingState
from app.sessions.rules.states import phase, standing


class HalfDayItem(Item):
    """One dated part of a training session."""

    number: int
    starts_at: datetime
    ends_at: datetime
    zone: str = Field(description="Name of the time zone on whose clocks it is held.")
    modality: Modality
    state: MeetingState


class SessionItem(Item):
    """One delivery of a course."""

    id: int
    programme: str = Field(description="Code of the programme.")
    course: str = Field(description="Code of the course.")
    version: str = Field(description="Edition of the course.")
    titles: dict[str, str] = Field(description="Title of the course by language.")
    language: str
    cohort: str | None
    state: Standing
    capacity_in_person: int
    capacity_virtual: int
    booked: int = Field(description="Seats that are booked.")
    half_days: list[HalfDayItem]


class SessionsAsked(Asked):
    programme: Code | None = Field(default=None, description="Code of a programme.")
    course: Code | None = Field(default=None, description="Code of a course.")
    starts_from: Moment | None = Field(default=None, description="Some half-day starts at this moment or later.")


def _rows(actor: Actor, asked: SessionsAsked) -> Rows:
    booked = (
        sa.select(sa.func.count())
        .where(Seat.training_id == TrainingSession.id, Seat.state == SeatState.BOOKED)
        .correlate(TrainingSession)
        .scalar_subquery()
    )
    statement: Rows = (
        sa.select(
            TrainingSession.id, Programme.code.label("programme"), Course.code.label("course"),
            CourseVersion.number.label("version"), CourseVersion.titles, TrainingSession.language,
            TrainingSession.cohort, TrainingSession.state, TrainingSession.capacity_in_person,
            TrainingSession.capacity_virtual, booked.label("booked"),
        )
        .join(Programme, Programme.id == TrainingSession.programme_id)
        .join(CourseVersion, CourseVersion.id == TrainingSession.version_id)
        .join(Course, Course.id == CourseVersion.course_id)
        .where(visible(actor))
    )  # fmt: skip
    if asked.programme:
        statement = statement.where(Programme.code == asked.programme)
    if asked.course:
        statement = statement.where(Course.code == asked.course)
    if asked.starts_from:
        later = sa.exists().where(Meeting.training_id == TrainingSession.id, Meeting.starts_at >= asked.starts_from)
        statement = statement.where(later)
    return statement


def _items(_actor: Actor, rows: Sequence[Any], _asked: SessionsAsked) -> list[SessionItem]:
    """One statement more than the page itself."""
    meetings = db.session.execute(
        sa.select(
            Meeting.training_id, Meeting.number, Meeting.starts_at, Meeting.ends_at, Meeting.zone, Meeting.modality,
            Meeting.state,
        )
        .where(Meeting.training_id.in_([row.id for row in rows]))
        .order_by(Meeting.number)
    )  # fmt: skip
    half_days: dict[int, list[HalfDayItem]] = defaultdict(list)
    for meeting in meetings:
        own = dict(meeting._mapping)
        half_days[own.pop("training_id")].append(HalfDayItem(**own))
    return [
        SessionItem(**{**row._mapping, "state": _standing(row.state, half_days[row.id])}, half_days=half_days[row.id])
        for row in rows
    ]


def _standing(state: TrainingState, half_days: Sequence[HalfDayItem]) -> Standing:
    held = [each for each in half_days if each.state is MeetingState.PLANNED] or half_days
    if not held:
        return standing(state, Phase.COMING)
    first, last = min(each.starts_at for each in held), max(each.ends_at for each in held)
    return standing(state, phase(first, last, now()))


SESSIONS = Resource(
    name="sessions", about="Training sessions that the owner of the token sees, drafts left out.",
    scope=TokenScope.SESSIONS_READ, permission=Permission.SESSIONS_READ, item=SessionItem, asked=SessionsAsked,
    rows=_rows, key=TrainingSession.id, items=_items, one_by=TrainingSession.id,
)  # fmt: skip
