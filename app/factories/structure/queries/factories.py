"""Terms, lines and committees of one factory. The caller has checked the factory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.models import Committee, CommitteeMember, Employment, Factory, FactoryTerm, Line
from app.factories.queries import factory_by_code, people
from app.factories.rules import TermKind
from app.factories.structure.rules import Balance, Term, balance, history, holds_on, in_order
from app.platform.db import db
from app.platform.refusal import NotFound

MOST_FOUND = 20


def terms(factory_id: int) -> Mapping[TermKind, list[Term]]:
    """Support tiers and engagement modes of a factory, the latest first."""
    statement = sa.select(FactoryTerm.kind, FactoryTerm.starts_on, FactoryTerm.value)
    rows = db.session.execute(statement.where(FactoryTerm.factory_id == factory_id)).all()
    return {kind: history([(day, value) for each, day, value in rows if each == kind]) for kind in TermKind}


@dataclass(frozen=True)
class LineRow:
    """A line in a list, with the people who are on it now."""

    line: Line
    people: int


def lines(factory_id: int) -> list[LineRow]:
    """Lines and sections, the open ones first, by name: Line 2 before Line 10."""
    people = (
        sa.select(sa.func.count())
        .where(Employment.line_id == Line.id, Employment.ended_on.is_(None))
        .scalar_subquery()
    )
    statement = sa.select(Line, people).where(Line.factory_id == factory_id)
    rows = [LineRow(*row) for row in db.session.execute(statement)]
    return sorted(rows, key=lambda row: (row.line.closed_on is not None, row.line.kind, in_order(row.line.name)))


def line(factory_id: int, line_id: int) -> Line:
    """A line of a factory. Raises NotFound."""
    found = db.session.get(Line, line_id)
    if found is None or found.factory_id != factory_id:
        raise NotFound
    return found


def committees(factory_id: int, day: date) -> list[tuple[Committee, int]]:
    """Committees of a factory, the latest term first, each with its members on a day."""
    sitting = sa.and_(
        CommitteeMember.committee_id == Committee.id, CommitteeMember.starts_on <= day,
        sa.or_(CommitteeMember.ends_on.is_(None), CommitteeMember.ends_on >= day))
    members = sa.select(sa.func.count()).where(sitting).scalar_subquery()
    statement = sa.select(Committee, members).where(Committee.factory_id == factory_id)
    rows = db.session.execute(statement.order_by(Committee.starts_on.desc(), Committee.id.desc()))
    return [(committee, number) for committee, number in rows]


def committee(actor: Actor, code: str, committee_id: int, permission: Permission) -> tuple[Factory, Committee]:
    """A committee and its factory. Raises NotFound where the actor does not hold the permission there."""
    factory = factory_by_code(actor, code, permission)
    found = db.session.get(Committee, committee_id)
    if found is None or found.factory_id != factory.id:
        raise NotFound
    return factory, found


def members(committee_id: int) -> Sequence[CommitteeMember]:
    """Everybody who is or was on a committee, by name."""
    statement = (
        sa.select(CommitteeMember)
        .where(CommitteeMember.committee_id == committee_id)
        .options(joinedload(CommitteeMember.person))
    )
    return sorted(db.session.scalars(statement), key=lambda member: (member.person.search_text, member.starts_on))


def member(committee_id: int, member_id: int) -> CommitteeMember:
    """One membership of a committee. Raises NotFound."""
    found = db.session.get(CommitteeMember, member_id)
    if found is None or found.committee_id != committee_id:
        raise NotFound
    return found


def balance_on(listed: Sequence[CommitteeMember], day: date) -> Balance:
    """The balance of those who sit on the committee on a day."""
    sitting = [member for member in listed if holds_on(member.starts_on, member.ends_on, day)]
    return balance((member.side, member.person.sex) for member in sitting)


def people_found(factory_id: int, words: str) -> list[tuple[int, str]]:
    """People now employed whose name or number fits, the first of them, as (id, name and number)."""
    rows = db.session.execute(people(factory_id, words).limit(MOST_FOUND))
    return [(row.person_id, f"{row.name} · {row.employee_number}") for row in rows]
