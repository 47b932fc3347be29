"""Who works where, as far as the actor may see. What he may not see is NotFound."""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from app.access.actor import Actor, Scope
from app.access.permissions import Permission
from app.factories import stored
from app.factories.matching import named, numbered
from app.factories.models import (
    Committee,
    CommitteeMember,
    Employment,
    Factory,
    Line,
    Person,
    Programme,
    RosterImport,
)
from app.factories.proposal import Employed, Former, Proposal, propose
from app.factories.rules import FactoryStatus, Heads, ImportState, JobRole
from app.platform.db import db
from app.platform.files import files
from app.platform.refusal import NotFound

Row = TypeVar("Row")
People = sa.Select[*tuple[Any, ...]]


def programme(programme_id: int) -> Programme:
    """The programme. Raises NotFound."""
    return _found(db.session.get(Programme, programme_id))


def programme_by_code(actor: Actor, code: str, permission: Permission) -> Programme:
    """The programme, in which the actor holds the permission. Raises NotFound."""
    found = db.session.scalar(sa.select(Programme).where(Programme.code == code))
    if found is None or not actor.scope(permission).reaches(found.id):
        raise NotFound
    return found


def visible_factories(actor: Actor, permission: Permission) -> sa.Select[Factory]:
    """Factories in which the actor holds the permission, unordered: add what the page needs."""
    scope = actor.scope(permission)
    statement = sa.select(Factory)
    if scope.everything:
        return statement
    return statement.where(within(scope))


def within(scope: Scope) -> sa.ColumnElement[bool]:
    """Factories that a scope that is not everything reaches."""
    return sa.or_(Factory.programme_id.in_(scope.programmes), Factory.id.in_(scope.factories))


def factory_by_code(actor: Actor, code: str, permission: Permission = Permission.FACTORIES_READ) -> Factory:
    """The factory with its programme. Raises NotFound when the actor does not hold the permission there."""
    statement = visible_factories(actor, permission).where(Factory.code == code)
    return _found(db.session.scalar(statement.options(joinedload(Factory.programme))))


def factory_by_id(actor: Actor, factory_id: int, permission: Permission = Permission.FACTORIES_READ) -> Factory:
    """The factory with its programme. Raises NotFound when the actor does not hold the permission there."""
    statement = visible_factories(actor, permission).where(Factory.id == factory_id)
    return _found(db.session.scalar(statement.options(joinedload(Factory.programme))))


def person(actor: Actor, person_id: int, permission: Permission = Permission.FACTORIES_READ) -> Person:
    """The person, now or once employed by a factory in scope. Raises NotFound for all others.

    An entry that turned out to be somebody else leads to that person.
    """
    factories = visible_factories(actor, permission).with_only_columns(Factory.id)
    employed = sa.exists().where(Employment.person_id == Person.id, Employment.factory_id.in_(factories))
    return _found(db.session.scalar(sa.select(Person).where(Person.id == itself(person_id), employed)))


def itself(person_id: int | None) -> sa.ScalarSelect[int]:
    """The number of a person, or of whom the entry turned out to be: that always leads to the last."""
    entry = aliased(Person)
    return sa.select(sa.func.coalesce(entry.merged_into_id, entry.id)).where(entry.id == person_id).scalar_subquery()


def open_employment(person_id: int, at: date | None = None, factory_id: int | None = None) -> Employment | None:
    """The employment that holds on a day - now, when no day is given -, the latest started."""
    holds = Employment.ended_on.is_(None) if at is None else held_on(at)
    statement = sa.select(Employment).where(Employment.person_id == person_id, holds)
    if factory_id is not None:
        statement = statement.where(Employment.factory_id == factory_id)
    return db.session.scalar(statement.order_by(Employment.started_on.desc(), Employment.id.desc()).limit(1))


def open_on(day: date | None) -> sa.ColumnElement[bool]:
    """Factories that are not closed, or were not on a past day."""
    is_open = Factory.status != FactoryStatus.CLOSED
    return is_open if day is None else sa.or_(is_open, Factory.closed_on > day)


def held_on(day: date) -> sa.ColumnElement[bool]:
    """Employments that hold on a day."""
    return sa.and_(
        Employment.started_on <= day, sa.or_(Employment.ended_on.is_(None), Employment.ended_on > day)
    )


def sits(day: date) -> sa.ColumnElement[bool]:
    """Members who sit on a committee on a day: the last day of their term and of its own counts, and who left the
    factory sits on none of its committees."""
    works = sa.exists().where(works_there(day)).correlate_except(Employment)  # the day may be one of a row further out
    return sa.and_(in_term(day), works)


def in_term(day: date) -> sa.ColumnElement[bool]:
    """Members whose term, and that of their committee, holds on a day, whether they still work there or not."""
    return sa.and_(*(
        sa.and_(row.starts_on <= day, sa.or_(row.ends_on.is_(None), row.ends_on >= day))
        for row in (Committee, CommitteeMember)
    ))  # fmt: skip


def works_there(day: date) -> sa.ColumnElement[bool]:
    """Employments of a member in the factory of the committee that hold on a day."""
    return sa.and_(
        Employment.person_id == CommitteeMember.person_id, Employment.factory_id == Committee.factory_id, held_on(day)
    )


def people(factory_id: int, q: str = "", roles: Sequence[JobRole] | None = None) -> People:
    """The people now employed, by name. The caller has checked the factory."""
    statement = (
        sa.select(
            Person.id.label("person_id"), Person.name, Person.local_name, Person.language, Person.sex,
            Employment.id.label("employment_id"), Employment.employee_number, Employment.role,
            Employment.designation, Line.name.label("line"), Employment.started_on,
        )
        .join(Employment, Employment.person_id == Person.id)
        .outerjoin(Line, Line.id == Employment.line_id)
        .where(Employment.factory_id == factory_id, Employment.ended_on.is_(None))
        .order_by(Person.search_text, Person.id)
    )
    if roles is not None:
        statement = statement.where(Employment.role.in_(roles))
    return statement.where(_matches(q)) if q.strip() else statement


def _matches(q: str) -> sa.ColumnElement[bool]:
    """Every word is part of a name, or the whole is how the employee number begins."""
    return sa.or_(named(q), numbered(q))


def heads(factory_id: int) -> Heads:
    """People now employed by role and sex."""
    counted = (
        sa.select(Employment.role, Person.sex, sa.func.count())
        .join(Person, Person.id == Employment.person_id)
        .where(Employment.factory_id == factory_id, Employment.ended_on.is_(None))
        .group_by(Employment.role, Person.sex)
    )
    return Heads({(role, sex): number for role, sex, number in db.session.execute(counted)})


def roster_import(actor: Actor, import_id: int) -> RosterImport:
    """The import, where the actor may import rosters. Raises NotFound."""
    factories = visible_factories(actor, Permission.ROSTERS_IMPORT).with_only_columns(Factory.id)
    statement = sa.select(RosterImport).where(RosterImport.id == import_id, RosterImport.factory_id.in_(factories))
    with_factory = joinedload(RosterImport.factory).joinedload(Factory.programme)
    return _found(db.session.scalar(statement.options(with_factory).execution_options(populate_existing=True)))


def roster_imports(factory_id: int) -> list[RosterImport]:
    """What was read for the factory, latest first. The caller has checked the factory."""
    statement = sa.select(RosterImport).where(RosterImport.factory_id == factory_id)
    return list(db.session.scalars(statement.order_by(RosterImport.id.desc()).limit(30)))


def is_overtaken(found: RosterImport) -> bool:
    """Whether another roster was applied to the factory since this one was read, even if it was taken back since."""
    newer = sa.select(RosterImport.id).where(
        RosterImport.factory_id == found.factory_id,
        RosterImport.id != found.id,
        RosterImport.state.in_([ImportState.APPLIED, ImportState.UNDONE]),
        RosterImport.applied_at > found.created_at,
    )
    return db.session.scalar(newer.limit(1)) is not None


def proposal(found: RosterImport) -> Proposal:
    """What an import proposes for the people now employed. Raises FileMissing when what was read is gone."""
    roster = stored.kept(files().get(found.file_key))
    return propose(roster, employed(found.factory_id), former(found.factory_id))


def employed(factory_id: int) -> list[Employed]:
    """The people now employed at a factory, as imports compare them."""
    first = (
        sa.select(Employment.person_id, sa.func.min(Employment.started_on).label("joined"))
        .where(Employment.factory_id == factory_id)
        .group_by(Employment.person_id)
        .subquery()
    )
    statement = (
        sa.select(
            Employment.id, Person.id, Employment.employee_number, Employment.number_key, Person.name, Person.local_name,
            Person.sex, Person.phone, Employment.role, Employment.designation, Line.id, Line.name,
            Employment.started_on, first.c.joined,
        )
        .join(Person, Person.id == Employment.person_id)
        .join(first, first.c.person_id == Employment.person_id)
        .outerjoin(Line, Line.id == Employment.line_id)
        .where(Employment.factory_id == factory_id, Employment.ended_on.is_(None))
    )
    return [Employed(*tuple(row)) for row in db.session.execute(statement)]


def lines(factory_id: int, besides: int | None = None) -> list[tuple[int, str]]:
    """Lines that run, and one more, by name, as (id, name)."""
    runs = sa.or_(Line.closed_on.is_(None), Line.id == besides)
    rows = db.session.execute(sa.select(Line.id, Line.name).where(Line.factory_id == factory_id, runs))
    return sorted(((line_id, name) for line_id, name in rows), key=lambda row: row[1])


def former(factory_id: int) -> list[Former]:
    """Every employment that ended at a factory, as imports recognise those who come back."""
    rows: sa.Result[Any] = db.session.execute(
        sa.select(
            Employment.number_key, Person.name, Person.local_name, Person.sex, Person.id, Employment.ended_on
        )
        .join(Person, Person.id == Employment.person_id)
        .where(Employment.factory_id == factory_id, Employment.ended_on.is_not(None))
        .order_by(Employment.id)
    )
    return [Former(*tuple(row)) for row in rows]


def _found(row: Row | None) -> Row:
    if row is None:
        raise NotFound
    return row
