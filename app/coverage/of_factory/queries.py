"""What the page of a factory reads beside its figures. The caller has checked the factory."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.access.actor import Actor
from app.courses.models import CourseVersion
from app.coverage.ledger.models import Movement
from app.coverage.of_factory.rules import OnLine, Turnover
from app.coverage.queries import Required
from app.coverage.queries.people import since
from app.coverage.queries.summing import bound, is_booked, until
from app.coverage.rules import NEW_FOR
from app.factories.models import Employment, Factory, Line, RosterImport
from app.factories.queries import held_on
from app.factories.rules import ImportState, LineKind
from app.factories.structure.rules import in_order
from app.platform.clock import now
from app.platform.db import db
from app.sessions.models import Meeting, Seat, TrainingSession
from app.sessions.queries.lists import TrainingFilter, trainings
from app.sessions.rules import MeetingState, Phase, SeatState, TrainingState

YEAR = timedelta(days=365)
MOST_TRAININGS = 5
_HELD = (SeatState.BOOKED, SeatState.OFFERED, SeatState.REQUESTED, SeatState.RESERVED, SeatState.WAIT_LISTED)
_OPEN = (TrainingState.TENTATIVE, TrainingState.CONFIRMED)


def on_lines(factory: Factory, on: date | None) -> Mapping[int, Sequence[OnLine]]:
    """Who stands where under each requirement, by its id, and role by role. One statement."""
    active = sa.func.sum(Movement.active)
    place: list[Any] = [Movement.requirement_id, Movement.line_id, Movement.part]
    rows = db.session.execute(
        sa.select(*place, active.label("active"), sa.func.sum(Movement.valid).label("covered"))
        .where(Movement.factory_id == factory.id, Movement.person_id.is_not(None), is_booked())
        .group_by(*place)
        .having(active != 0),
        bound(until({factory.programme_id: factory.programme.zone}, on)),
    )  # fmt: skip
    found: dict[int, list[OnLine]] = defaultdict(list)
    for row in rows:
        found[row.requirement_id].append(OnLine(row.line_id, row.part, row.active, row.covered))
    return found


def units(factory: Factory, requirement: Required, on: date | None) -> Mapping[int | None, bool]:
    """The lines that a requirement looks at, and whether each does what is asked. One statement."""
    rows = db.session.execute(
        sa.select(Movement.line_id, sa.func.sum(Movement.met) > 0)
        .where(
            Movement.factory_id == factory.id, Movement.requirement_id == requirement.id,
            Movement.person_id.is_(None), is_booked(),
        )
        .group_by(Movement.line_id)
        .having(sa.func.sum(Movement.units) != 0),
        bound(until({factory.programme_id: factory.programme.zone}, on)),
    )  # fmt: skip
    return {line_id: bool(is_met) for line_id, is_met in rows}


def lines(factory_id: int, day: date) -> list[Line]:
    """Lines and sections that were not closed on a day: Line 2 before Line 10. One statement."""
    is_open = sa.or_(Line.closed_on.is_(None), Line.closed_on > day)
    found = db.session.scalars(sa.select(Line).where(Line.factory_id == factory_id, is_open))
    return sorted(found, key=lambda line: (line.kind != LineKind.LINE, in_order(line.name)))


def line(factory_id: int, line_id: int | None) -> Line | None:
    """A line of the factory; None for none, and for one of another factory."""
    found = db.session.get(Line, line_id) if line_id is not None else None
    return found if found and found.factory_id == factory_id else None


@dataclass(frozen=True)
class New:
    """People who began in the role lately and are not covered; `since` is when the first of them began."""

    people: int
    since: date


def newcomers(factory: Factory, day: date, on: date | None) -> Mapping[int, New]:
    """Who is new under each requirement, by its id. One statement."""
    cell: list[Any] = [Movement.requirement_id, Movement.person_id, Movement.part, Movement.sex, Movement.line_id]
    counted = (
        sa.select(*cell)
        .where(Movement.factory_id == factory.id, Movement.person_id.is_not(None), is_booked())
        .group_by(*cell)
        .having(sa.func.sum(Movement.active - Movement.valid) != 0)
        .subquery()
    )
    begun = sa.select(counted.c.requirement_id, since(factory.id, counted, day).label("since")).subquery()
    rows = db.session.execute(
        sa.select(begun.c.requirement_id, sa.func.count(), sa.func.min(begun.c.since, type_=sa.Date()))
        .where(begun.c.since > day - NEW_FOR)
        .group_by(begun.c.requirement_id),
        bound(until({factory.programme_id: factory.programme.zone}, on)),
    )
    return {number: New(people, first) for number, people, first in rows}


def turnover(factory_id: int, day: date) -> Mapping[str, Turnover]:
    """Who worked in which role a year ago and on the day, and who left the factory in between. One statement."""
    other, year_ago = aliased(Employment), day - YEAR
    stays = sa.exists().where(
        other.person_id == Employment.person_id, other.factory_id == factory_id, other.started_on <= day,
        sa.or_(other.ended_on.is_(None), other.ended_on > day),
    )  # fmt: skip
    left = sa.and_(Employment.ended_on > year_ago, Employment.ended_on <= day, ~stays)
    rows = db.session.execute(
        sa.select(Employment.role, _people(held_on(year_ago)), _people(held_on(day)), _people(left))
        .where(Employment.factory_id == factory_id, Employment.role.is_not(None))
        .group_by(Employment.role)
    )
    return {str(role): Turnover(*counts) for role, *counts in rows}


def _people(which: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.count(sa.case((which, Employment.person_id)).distinct())


def roster_of(factory_id: int) -> datetime | None:
    """When the last staff list was applied; None where none ever was. One statement."""
    applied = sa.select(sa.func.max(RosterImport.applied_at, type_=RosterImport.applied_at.type)).where(
        RosterImport.factory_id == factory_id, RosterImport.state == ImportState.APPLIED
    )
    return db.session.scalar(applied)


def coming(actor: Actor, factory_id: int) -> Sequence[Any]:
    """The next training sessions in which the factory holds or asks for seats, each with how many. One statement."""
    mine = (
        sa.select(sa.func.count())
        .where(Seat.training_id == TrainingSession.id, Seat.factory_id == factory_id, Seat.state.in_(_HELD))
        .correlate(TrainingSession)
        .scalar_subquery()
    )
    statement = trainings(actor, TrainingFilter(phase=Phase.COMING, is_dated=True))
    own = statement.where(TrainingSession.state.in_(_OPEN), mine > 0).add_columns(mine.label("own"))
    return db.session.execute(own.limit(MOST_TRAININGS)).all()


def seats_of(factory_id: int, person_ids: Collection[int], requirement: Required) -> Mapping[int, Any]:
    """In which training session on one of these courses each of them holds, or asks for, the next seat. One statement.

    Rows have training_id, code, zone's moment `first` and the seat's state.
    """
    first = (
        sa.select(sa.func.min(Meeting.starts_at, type_=Meeting.starts_at.type))
        .where(Meeting.training_id == TrainingSession.id, Meeting.state == MeetingState.PLANNED)
        .correlate(TrainingSession)
        .scalar_subquery()
    )
    ahead = sa.exists().where(
        Meeting.training_id == TrainingSession.id, Meeting.state == MeetingState.PLANNED, Meeting.ends_at > now()
    )
    rows = db.session.execute(
        sa.select(
            Seat.person_id, Seat.state, TrainingSession.id.label("training_id"), TrainingSession.code,
            first.label("first"),
        )
        .join(TrainingSession, TrainingSession.id == Seat.training_id)
        .join(CourseVersion, CourseVersion.id == TrainingSession.version_id)
        .where(
            Seat.factory_id == factory_id, Seat.person_id.in_(person_ids), Seat.state.in_(_HELD),
            TrainingSession.state.in_(_OPEN), ahead, CourseVersion.course_id.in_(requirement.rule.courses),
        )
        .order_by(first.desc(), TrainingSession.id.desc())
    )  # fmt: skip
    return {row.person_id: row for row in rows}
