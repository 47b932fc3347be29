"""Who works at a factory, who sits on its committees, how it is served."""

from datetime import datetime

import sqlalchemy as sa

from app.factories.headcounts import queries as headcounts
from app.factories.headcounts.models import Headcount
from app.factories.models import (
    Committee,
    CommitteeMember,
    Employment,
    Factory,
    FactoryTerm,
    Line,
    Person,
    RosterImport,
)
from app.factories.queries import open_employment
from app.factories.rules import FactoryStatus, Sex
from app.learning_record.models import EntryKind, RecordEntry
from app.learning_record.operations.noting import begins, last_of, note, rounds, start_of
from app.platform.clock import now
from app.platform.db import db

_STATUSES = {
    FactoryStatus.ACTIVE: EntryKind.FACTORY_RESUMED,
    FactoryStatus.PAUSED: EntryKind.FACTORY_PAUSED,
    FactoryStatus.CLOSED: EntryKind.FACTORY_CLOSED,
}


def note_roster(roster_import_id: int) -> None:
    """A roster changed who works at a factory."""
    found = db.session.get_one(RosterImport, roster_import_id)
    note(
        factory_id=found.factory_id,
        kind=EntryKind.ROSTER_IMPORTED,
        source=f"roster:{found.id}",
        at=found.applied_at or now(),
        details=dict(found.counts.get("applied", {})),
    )


def note_roster_undone(roster_import_id: int) -> None:
    """A roster was taken back; what was written before stays."""
    found = db.session.get_one(RosterImport, roster_import_id)
    note(
        factory_id=found.factory_id,
        kind=EntryKind.ROSTER_UNDONE,
        source=f"roster_undone:{found.id}",
        at=now(),
        corrects=f"roster:{found.id}",
    )


def note_headcount(headcount_id: int) -> None:
    """A factory said how many people work there on a day; the entry that counted for the day until then is corrected.

    How many are under 18 or migrants is no matter of the record.
    """
    found = db.session.get_one(Headcount, headcount_id)
    said, of_day = headcounts.said(found).heads, headcounts.of_day(found.factory_id, found.as_of)
    known = any(sex is not None for _role, sex in said.counts)
    before = [each for each in of_day if each.id != found.id] if of_day[0].id == found.id else []
    note(
        factory_id=found.factory_id,
        kind=EntryKind.HEADCOUNT_REVISED if found.number > 1 else EntryKind.HEADCOUNT_DECLARED,
        source=f"headcount:{found.id}",
        at=start_of(found.factory_id, found.as_of),
        corrects=f"headcount:{before[0].id}" if before else None,
        people=said.total,
        women=said.all_with_sex(Sex.F) if known else None,
        details={"as_of": found.as_of.isoformat(), "source": found.source},
    )


def note_committee(committee_id: int) -> None:
    """Whoever was named to a committee, or left it, and is not in the record yet. The side is never written."""
    committee = db.session.get_one(Committee, committee_id)
    members = db.session.scalars(sa.select(CommitteeMember).where(CommitteeMember.committee_id == committee.id)).all()
    known = _sources(committee.factory_id, "committee_joined:", "committee_left:")
    for member in members:
        joined, left = f"committee_joined:{member.id}:1", f"committee_left:{member.id}:{member.ends_on}"
        if joined not in known:
            _note_member(committee, member, joined, start_of(committee.factory_id, member.starts_on))
        if member.ends_on is not None and left not in known:
            before = [source for source in known if source.startswith(f"committee_left:{member.id}:")]
            at = start_of(committee.factory_id, member.ends_on)
            _note_member(committee, member, left, at, max(before, key=known.__getitem__, default=None))


def note_factory(factory_id: int) -> None:
    """Support tiers and modes of a factory, and whether it takes part, as far as they are not in the record yet."""
    terms = db.session.scalars(sa.select(FactoryTerm).where(FactoryTerm.factory_id == factory_id)).all()
    for term in sorted(terms, key=lambda each: each.starts_on):
        _note_term(term)
    _note_status(db.session.get_one(Factory, factory_id))


def _note_term(term: FactoryTerm) -> None:
    prefix = f"term:{term.id}:"
    last = last_of(term.factory_id, prefix)
    if last is not None and last.details["value"] == term.value:
        return
    note(
        factory_id=term.factory_id,
        kind=EntryKind.TERM_CHANGED,
        source=f"{prefix}{rounds(term.factory_id, prefix) + 1}",
        at=start_of(term.factory_id, term.starts_on),
        corrects=last.source if last else None,
        details={"term": term.kind, "value": term.value},
    )


def _note_status(factory: Factory) -> None:
    last = last_of(factory.id, "status:")
    before = last.kind if last else EntryKind.FACTORY_RESUMED
    if _STATUSES[factory.status] is not before:
        source = f"status:{rounds(factory.id, 'status:') + 1}"
        note(factory_id=factory.id, kind=_STATUSES[factory.status], source=source, at=now())


def _sources(factory_id: int, *prefixes: str) -> dict[str, int]:
    """Sources of entries that begin so, each with its place in the record."""
    which = sa.or_(*(sa.and_(*begins(factory_id, prefix)) for prefix in prefixes))
    rows = db.session.execute(sa.select(RecordEntry.source, RecordEntry.id).where(which))
    return {source: entry_id for source, entry_id in rows}  # noqa: C416 - as rows are no pairs


def _note_member(
    committee: Committee, member: CommitteeMember, source: str, at: datetime, corrects: str | None = None
) -> None:
    joined = source.startswith("committee_joined:")
    day = member.starts_on if joined or member.ends_on is None else member.ends_on
    work: Employment | None = open_employment(member.person_id, day, committee.factory_id)
    line = db.session.get(Line, work.line_id) if work and work.line_id else None
    note(
        factory_id=committee.factory_id,
        kind=EntryKind.COMMITTEE_JOINED if joined else EntryKind.COMMITTEE_LEFT,
        source=source,
        at=at,
        corrects=corrects,
        person_id=member.person_id,
        line=line.name if line else None,
        role=work.role if work else None,
        sex=db.session.get_one(Person, member.person_id).sex,
        details={"committee": committee.id, "committee_kind": committee.kind},
    )
