"""Reading what factories want, always as far as the actor may see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.access.actor import Actor, Scope
from app.access.permissions import Permission
from app.courses.models import Course, CourseVersion
from app.factories.models import Factory, Programme
from app.factories.queries import visible_factories, within
from app.platform.clock import now
from app.platform.db import db
from app.platform.refusal import NotFound
from app.sessions.demand.models import Interest
from app.sessions.demand.rules import WAITING, InterestState
from app.sessions.models import Meeting, TrainingSession
from app.sessions.rules import Modality, TrainingState

_OPEN = (TrainingState.TENTATIVE, TrainingState.CONFIRMED)


@dataclass(frozen=True)
class DemandFilter:
    """What the address of the list asks for; empty means all, no state those that wait."""

    course: str = ""
    programme: str = ""
    state: InterestState | None = None
    modality: Modality | None = None

    @property
    def is_empty(self) -> bool:
        return self == DemandFilter()


@dataclass(frozen=True)
class Wanted:
    """How much a course is wanted in a programme."""

    course: str
    titles: dict[str, str]
    programme: Programme
    factories: int
    people: int
    planned: int
    """How many of the factories are planned already."""


# Built once: building it takes longer than asking it.
_STANDING = (
    sa.select(Factory, Interest)
    .outerjoin(
        Interest,
        sa.and_(
            Interest.factory_id == Factory.id, Interest.course_id == sa.bindparam("course_id"),
            Interest.state.in_(WAITING),
        ),
    )
    .order_by(Factory.name, Factory.id)
    .limit(sa.bindparam("most"))
)


def interest(actor: Actor, interest_id: int, permission: Permission, *, lock: bool = False) -> Interest:
    """An interest of a factory in which the actor holds the permission. Raises NotFound."""
    factories = visible_factories(actor, permission).with_only_columns(Factory.id)
    statement = sa.select(Interest).where(Interest.id == interest_id, Interest.factory_id.in_(factories))
    statement = statement.options(joinedload(Interest.factory).joinedload(Factory.programme))
    if lock:
        statement = statement.with_for_update(of=Interest).execution_options(populate_existing=True)
    found = db.session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def waiting(factory_id: int, course_id: int) -> Interest:
    """The interest that waits, held until the transaction ends. Raises NotFound. The caller has checked the factory."""
    mine = sa.select(Interest).where(
        Interest.factory_id == factory_id, Interest.course_id == course_id, Interest.state.in_(WAITING)
    )
    found = db.session.scalar(mine.with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


def standing(actor: Actor, course_id: int, most: int) -> list[tuple[Factory, Interest | None]]:
    """Factories for which the actor may declare, by name, each with its interest in the course that waits, if any."""
    asked = {"course_id": course_id, "most": most}
    rows = db.session.execute(_standing(actor.scope(Permission.INTEREST_DECLARE)), asked)
    return [(row[0], row[1]) for row in rows]


@lru_cache(maxsize=1000)
def _standing(scope: Scope) -> sa.Select[Factory, Interest]:
    return _STANDING if scope.everything else _STANDING.where(within(scope))


def of_factory(factory_id: int) -> Sequence[Any]:
    """Every interest of a factory, the latest first, with the titles of the course and the code of the session."""
    rows = _rows().where(Interest.factory_id == factory_id)
    return db.session.execute(rows.order_by(Interest.changed_at.desc(), Interest.id.desc()).limit(50)).all()


def demand(actor: Actor, wanted: DemandFilter) -> sa.Select[*tuple[Any, ...]]:
    """Rows of the demand list, by course and factory."""
    return _rows().where(*_asked(actor, wanted)).order_by(Course.code, Factory.name, Interest.id)


def wishes(actor: Actor, wanted: DemandFilter) -> Iterable[Any]:
    """Every row of the demand list, for a table."""
    return db.session.execute(demand(actor, wanted))


def sums(actor: Actor, wanted: DemandFilter) -> list[Wanted]:
    """By course and programme, the most wanted first. Three statements at most."""
    rows = db.session.execute(
        sa.select(
            Course.code, Course.current_version_id, Factory.programme_id, sa.func.count(Interest.id).label("factories"),
            sa.func.sum(Interest.people).label("people"), sa.func.count(Interest.training_id).label("planned"),
        )
        .select_from(Interest)
        .join(Course, Course.id == Interest.course_id)
        .join(Factory, Factory.id == Interest.factory_id)
        .join(Programme, Programme.id == Factory.programme_id)
        .where(*_asked(actor, wanted))
        .group_by(Course.code, Course.current_version_id, Factory.programme_id)
        .order_by(sa.desc("people"), Course.code, Factory.programme_id)
    ).all()
    programmes = _by_id(Programme, {row.programme_id for row in rows})
    titles = _titles({row.current_version_id for row in rows})
    return [
        Wanted(row.code, titles.get(row.current_version_id, {}), programmes[row.programme_id], *row[3:]) for row in rows
    ]


def total(actor: Actor, course_id: int | None = None) -> tuple[int, int]:
    """How many factories of those that the actor plans for wait, and for how many people."""
    conditions = _asked(actor, DemandFilter())
    if course_id is not None:
        conditions.append(Interest.course_id == course_id)
    counted = sa.select(sa.func.count(Interest.id), sa.func.coalesce(sa.func.sum(Interest.people), 0))
    row = db.session.execute(counted.join(Factory, Factory.id == Interest.factory_id).where(*conditions)).one()
    return row[0], row[1]


def trainings_for(found: Interest) -> Sequence[Any]:
    """Open training sessions of the course in the programme of the factory that are not over, the nearest first."""
    first = sa.func.min(Meeting.starts_at).label("first")
    return db.session.execute(
        sa.select(TrainingSession.id, TrainingSession.code, TrainingSession.state, TrainingSession.language, first)
        .join(CourseVersion, CourseVersion.id == TrainingSession.version_id)
        .join(Meeting, Meeting.training_id == TrainingSession.id)
        .where(
            CourseVersion.course_id == found.course_id, TrainingSession.state.in_(_OPEN),
            TrainingSession.programme_id == found.factory.programme_id,
        )
        .group_by(TrainingSession.id, TrainingSession.code, TrainingSession.state, TrainingSession.language)
        .having(sa.func.max(Meeting.ends_at) > now())
        .order_by(first, TrainingSession.id)
        .limit(50)
    ).all()


def _rows() -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            Interest.id, Interest.people, Interest.month, Interest.modality, Interest.language, Interest.note,
            Interest.state, Interest.declared_at, Interest.changed_at, Interest.training_id, Course.code,
            CourseVersion.titles, Factory.code.label("factory_code"), Factory.name.label("factory"),
            Programme.code.label("programme_code"), Programme.country, Programme.zone,
            TrainingSession.code.label("training_code"),
        )
        .join(Course, Course.id == Interest.course_id)
        .join(CourseVersion, CourseVersion.id == Course.current_version_id)
        .join(Factory, Factory.id == Interest.factory_id)
        .join(Programme, Programme.id == Factory.programme_id)
        .outerjoin(TrainingSession, TrainingSession.id == Interest.training_id)
    )  # fmt: skip


def _asked(actor: Actor, wanted: DemandFilter) -> list[sa.ColumnElement[bool]]:
    planned_for = visible_factories(actor, Permission.SESSIONS_PLAN).with_only_columns(Factory.id)
    conditions = [
        Interest.factory_id.in_(planned_for),
        Interest.state == wanted.state if wanted.state else Interest.state.in_(WAITING),
    ]
    if wanted.course:
        conditions.append(Course.code == wanted.course)
    if wanted.programme:
        conditions.append(Programme.code == wanted.programme)
    if wanted.modality:
        conditions.append(Interest.modality == wanted.modality)
    return conditions


def _by_id(model: Any, ids: set[int]) -> dict[int, Any]:
    return {row.id: row for row in db.session.scalars(sa.select(model).where(model.id.in_(ids)))} if ids else {}


def _titles(version_ids: set[int]) -> dict[int, dict[str, str]]:
    if not version_ids:
        return {}
    rows = db.session.execute(
        sa.select(CourseVersion.id, CourseVersion.titles).where(CourseVersion.id.in_(version_ids))
    )
    return {row.id: row.titles for row in rows}
