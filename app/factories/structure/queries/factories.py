"""Terms, lines and committees of one factory. The caller has checked the factory."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.models import Committee, CommitteeMember, Employment, Factory, FactoryTerm, Line, Person
from app.factories.queries import factory_by_code, held_on, people, sits
from app.factories.rules import CommitteeKind, Sex, Side, TermKind
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
    """Committees of a factory, the latest term first, each with those who sit on it on a day."""
    of = CommitteeMember.committee_id == Committee.id
    members = sa.select(sa.func.count()).where(of, sits(day)).correlate(Committee).scalar_subquery()
    statement = sa.select(Committee, members).where(Committee.factory_id == factory_id)
    rows = db.session.execute(statement.order_by(Committee.starts_on.desc(), Committee.id.desc()))
    return [(committee, number) for committee, number in rows]


def balances(factory_id: int, day: date) -> Mapping[int, Balance]:
    """The balance of every committee of a factory on whom somebody sits on a day. One statement."""
    rows = db.session.execute(
        sa.select(Committee.id, CommitteeMember.side, Person.sex)
        .join(CommitteeMember, CommitteeMember.committee_id == Committee.id)
        .join(Person, Person.id == CommitteeMember.person_id)
        .where(Committee.factory_id == factory_id, sits(day)))
    found: dict[int, list[tuple[Side, Sex | None]]] = {}
    for number, side, sex in rows:
        found.setdefault(number, []).append((side, sex))
    return {number: balance(members) for number, members in found.items()}


def committees_of_kind(factory_id: int, kind: CommitteeKind) -> list[Committee]:
    """Committees of one kind, whatever their term."""
    statement = sa.select(Committee).where(Committee.factory_id == factory_id, Committee.kind == kind)
    return list(db.session.scalars(statement))


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


def working(factory_id: int, listed: Sequence[CommitteeMember], day: date) -> frozenset[int]:
    """Those of the members who work at the factory on a day: who left it sits on none of its committees."""
    people = [member.person_id for member in listed]
    here = sa.select(Employment.person_id).where(Employment.factory_id == factory_id, held_on(day))
    return frozenset(db.session.scalars(here.where(Employment.person_id.in_(people))))


def balance_on(found: Committee, listed: Sequence[CommitteeMember], here: Set[int], day: date) -> Balance:
    """The balance of those who sit on the committee on a day, within its term. `here` is what `working` says of it."""
    here = here if holds_on(found.starts_on, found.ends_on, day) else frozenset()
    sitting = [each for each in listed if each.person_id in here and holds_on(each.starts_on, each.ends_on, day)]
    return balance((member.side, member.person.sex) for member in sitting)


def people_found(factory_id: int, words: str) -> list[tuple[int, str]]:
    """People now employed whose name or number fits, the first of them, as (id, name and number)."""
    rows = db.session.execute(people(factory_id, words).limit(MOST_FOUND))
    return [(row.person_id, f"{row.name} · {row.employee_number}") for row in rows]
