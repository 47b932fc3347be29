"""Taking a roster back: what applying it did is undone, until the next one is applied."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.factories import queries
from app.factories.events import RosterUndone
from app.factories.models import Employment, Line, Person, PersonMerge, RosterImport
from app.factories.operations.applying import hold
from app.factories.operations.references import referred
from app.factories.rules import EndReason, ImportState
from app.factories.undo import LineName, Mended, Undo, read_undo
from app.platform import audit
from app.platform.bus import publish
from app.platform.clock import today
from app.platform.db import Base, db
from app.platform.i18n import _
from app.platform.i18n.folding import searchable
from app.platform.refusal import Refused

_BATCH = 500
Jobs = Mapping[int, Any]
"""Every employment of the factory by its key."""


def undo_roster(actor: Actor, import_id: int) -> RosterImport:
    """Put back what applying the import changed; `counts["undone"]` says how many people were removed and kept.

    New people of whom something is known by now - a seat, a mark, a certificate - stay, and their employment ends
    today. What somebody corrected since stays corrected. An import that was taken back before is answered as it is.
    Raises NotFound, and Refused when another roster was applied since or people of this one were changed.
    """
    found = queries.roster_import(actor, import_id)
    hold(found.factory_id)
    found = queries.roster_import(actor, import_id)
    if found.state == ImportState.UNDONE:
        return found
    if found.state != ImportState.APPLIED or found.undo is None:
        raise Refused(_("This staff list can no longer be taken back: another one was applied since."))
    undo, jobs = read_undo(found.undo), _jobs(found.factory_id)
    if not _is_as_left(undo, jobs) or _is_merged_since(found, undo, jobs) or _has_new_number(undo, jobs):
        raise Refused(_("This staff list can no longer be taken back: some of its people were changed since."))
    kept = _take_people_back(undo, jobs, today(found.factory.programme.zone))
    _restore(found.factory_id, undo)
    counts = {"removed": len(undo.people) - len(kept), "kept": len(kept)}
    found.state, found.undo, found.counts = ImportState.UNDONE, None, {**found.counts, "undone": counts}
    audit.record(actor, "factories.undo_roster", f"factory:{found.factory_id}", roster_import=found.id, **counts)
    db.session.flush()  # whoever is told reads what was written
    publish(RosterUndone(roster_import_id=found.id))
    return found


def _jobs(factory_id: int) -> Jobs:
    columns = (
        Employment.id, Employment.person_id, Employment.number_key, Employment.started_on, Employment.ended_on
    )
    rows = db.session.execute(sa.select(*columns).where(Employment.factory_id == factory_id))
    return {row.id: row for row in rows}


def _is_as_left(undo: Undo, jobs: Jobs) -> bool:
    """Only the employments that the import left can be put back, not what somebody made of them since."""
    ends = {**dict.fromkeys(undo.begun), **undo.ended}
    return all(row_id in jobs and jobs[row_id].ended_on == day for row_id, day in ends.items())


def _is_merged_since(found: RosterImport, undo: Undo, jobs: Jobs) -> bool:
    """Whether somebody was joined with another entry since, or became two people again."""
    people = {*undo.people, *(jobs[row_id].person_id for row_id in (*undo.begun, *undo.ended))}
    merged = db.session.execute(
        sa.select(PersonMerge.winner_id, PersonMerge.loser_id).where(
            sa.or_(
                sa.and_(PersonMerge.merged_at >= found.applied_at, PersonMerge.undone_at.is_(None)),
                sa.and_(PersonMerge.merged_at < found.applied_at, PersonMerge.undone_at >= found.applied_at),
            )
        )
    )
    return any(people.intersection(pair) for pair in merged)


def _has_new_number(undo: Undo, jobs: Jobs) -> bool:
    """Whether a number of somebody who comes back has been given away, other than by the import."""
    back, begun = {jobs[row_id].number_key for row_id in undo.ended}, set(undo.begun)
    return any(row.number_key in back for row_id, row in jobs.items() if row.ended_on is None and row_id not in begun)


def _take_people_back(undo: Undo, jobs: Jobs, on: date) -> set[int]:
    """Remove what was added; answer the people that stay because something else speaks of them."""
    kept = referred(Person, undo.people, but_by={"employment"}) | _employed_elsewhere(undo)
    staying = [jobs[row_id] for row_id in undo.begun if jobs[row_id].person_id in kept]
    _update(Employment, [
        {"id": row.id, "ended_on": max(on, row.started_on), "end_reason": EndReason.LEFT} for row in staying
    ])
    _delete(Employment, {*undo.begun} - {row.id for row in staying})
    _delete(Person, {*undo.people} - kept)
    return kept


def _employed_elsewhere(undo: Undo) -> set[int]:
    """New people who have an employment besides the one that the import began."""
    if not undo.people:
        return set()
    begun, near = set(undo.begun), Employment.person_id.between(min(undo.people), max(undo.people))
    rows = db.session.execute(sa.select(Employment.person_id, Employment.id).where(near))
    return {person_id for person_id, row_id in rows if row_id not in begun}.intersection(undo.people)


def _restore(factory_id: int, undo: Undo) -> None:
    _update(Employment, [{"id": row_id, "ended_on": None, "end_reason": None} for row_id in undo.ended])
    for each in undo.terms:  # few: only what began on the day of the import, and mere designations
        db.session.execute(sa.update(Employment).where(Employment.id == each.row_id).values(**each.before))
    _restore_people(undo)
    for line in reversed(undo.lines_renamed):
        _rename_back(factory_id, line)
    for line_id, day in undo.reopened.items():  # unless it was closed again since
        closed_again = sa.update(Line).where(Line.id == line_id, Line.closed_on.is_(None))
        db.session.execute(closed_again.values(closed_on=day).execution_options(synchronize_session=False))
    _delete(Line, {*undo.lines} - referred(Line, undo.lines))


def _rename_back(factory_id: int, line: LineName) -> None:
    """Unless it was renamed since, or its name has gone to another."""
    other = sa.orm.aliased(Line)
    is_taken = sa.exists().where(other.factory_id == factory_id, other.name == line.before)
    mine = sa.update(Line).where(Line.id == line.line_id, Line.name == line.after, ~is_taken)
    db.session.execute(mine.values(name=line.before).execution_options(synchronize_session=False))


def _restore_people(undo: Undo) -> None:
    for start in range(0, len(undo.corrected), _BATCH):
        batch = {each.row_id: each for each in undo.corrected[start:start + _BATCH]}
        for person in db.session.scalars(sa.select(Person).where(Person.id.in_(batch))):
            _restore_person(person, batch[person.id])
    db.session.flush()


def _restore_person(person: Person, told: Mended) -> None:
    """What was corrected since - or erased - stays."""
    for name, value in told.before.items():
        if getattr(person, name) == told.after[name]:
            setattr(person, name, value)
    if person.erased_at is None:
        person.search_text = searchable(person.name, person.local_name)


def _update(model: type[Base], rows: list[dict[str, Any]]) -> None:
    if rows:
        db.session.execute(sa.update(model), rows)


def _delete(model: type[Base], ids: Collection[int]) -> None:
    if ids:
        gone = sa.delete(model).where(model.id == sa.bindparam("gone"))
        db.session.connection().execute(gone, [{"gone": row_id} for row_id in sorted(ids)])
