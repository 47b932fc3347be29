"""Holidays, groups, lines, terms and committees."""

from datetime import date

from app.factories.models import Committee, CommitteeMember, Factory, Group, Holiday, Line, Person, Programme
from app.factories.rules import CommitteeKind, LineKind, Side
from app.platform.db import db


def _added(row: object) -> None:
    db.session.add(row)
    db.session.flush()


def holiday(programme: Programme, day: date = date(2026, 4, 14), **values: object) -> Holiday:
    """A certain holiday unless another is said."""
    row = Holiday(programme_id=programme.id, day=day, **{"name": {"en": "New Year"}, "is_provisional": False, **values})
    _added(row)
    return row


def group(code: str = "LOTUS", *factories: Factory, name: str = "Lotus Group") -> Group:
    """A group of these factories."""
    row = Group(code=code, name=name, country=None)
    _added(row)
    for factory in factories:
        factory.group_id = row.id
    db.session.flush()
    return row


def line(factory: Factory, name: str = "Line 1", kind: LineKind = LineKind.LINE) -> Line:
    """An open line."""
    row = Line(factory_id=factory.id, name=name, kind=kind)
    _added(row)
    return row


def committee(
    factory: Factory, kind: CommitteeKind = CommitteeKind.BIPARTITE, ends_on: date | None = None
) -> Committee:
    """A committee since 2025, without an end unless one is given."""
    row = Committee(factory_id=factory.id, kind=kind, starts_on=date(2025, 1, 1), ends_on=ends_on)
    _added(row)
    return row


def member(committee: Committee, person: Person, side: Side = Side.WORKER) -> CommitteeMember:
    """A member since the first day of the committee."""
    row = CommitteeMember(committee_id=committee.id, person_id=person.id, side=side, starts_on=committee.starts_on)
    _added(row)
    return row
