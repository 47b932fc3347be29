"""Applying a roster: one transaction, nothing deleted, and doing it again changes nothing."""

from collections.abc import Set

import sqlalchemy as sa

from app.access.actor import Actor
from app.factories import queries
from app.factories.events import RosterApplied
from app.factories.models import Factory, RosterImport
from app.factories.operations import lines
from app.factories.operations.writing import Writing
from app.factories.plan import Plan, decide
from app.factories.rules import ImportState
from app.factories.undo import Undo
from app.platform import audit
from app.platform.bus import publish
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import Refused


def apply_roster(
    actor: Actor, import_id: int, leavers: Set[int] | None = None, same_people: Set[int] = frozenset()
) -> RosterImport:
    """Do what the roster proposes, as of its import date.

    `leavers` are employments, proposed as left or as having lost their number to somebody else, that end; the others
    go on. `same_people` are employments, proposed as renumbered, whose person goes on under the new number.
    An import that was applied before is answered as it is. Raises NotFound, and Refused when another roster was
    applied since this one was read.
    """
    found = queries.roster_import(actor, import_id)
    hold(found.factory_id)
    if not _win(found):
        return queries.roster_import(actor, import_id)
    if queries.is_overtaken(found):
        raise Refused(_("Another roster was applied since this file was read. Send the file again and look at it."))
    proposal = queries.proposal(found)
    plan = decide(proposal, leavers or frozenset(), same_people)
    found.counts = {**found.counts, "applied": plan.counts}
    on = proposal.roster.choices.import_date
    assert on is not None, "a preview always has its import date"
    named = {row.line for row in proposal.roster.rows if row.line}
    undo = Writing(found.factory, plan, on, lines.prepare(found.factory_id, plan, named, on)).write()
    _keep_undo(found, undo)
    _tell(actor, found, plan, undo)
    return found


def hold(factory_id: int) -> None:
    """Imports of one factory wait for each other; who only points at the factory does not."""
    db.session.execute(sa.select(Factory.id).where(Factory.id == factory_id).with_for_update(key_share=True))


def _win(found: RosterImport) -> bool:
    """Whether this call, and no other, applies the import."""
    applied = db.session.execute(
        sa.update(RosterImport)
        .where(RosterImport.id == found.id, RosterImport.state == ImportState.PREVIEWED)
        .values(state=ImportState.APPLIED, applied_at=now())
        .returning(RosterImport.id)
    )
    return applied.first() is not None


def _keep_undo(found: RosterImport, undo: Undo) -> None:
    """The last import that changed something can be taken back, and none before it; so nothing is kept for those."""
    found.undo = undo.as_json()
    if not found.undo:
        return
    db.session.execute(
        sa.update(RosterImport)
        .where(RosterImport.factory_id == found.factory_id, RosterImport.id != found.id)
        .values(undo=sa.null())
    )


def _tell(actor: Actor, found: RosterImport, plan: Plan, undo: Undo) -> None:
    """Log what happened; tell the others only of a roster that changed something."""
    audit.record(
        actor, "factories.apply_roster", f"factory:{found.factory_id}", roster_import=found.id, **plan.counts
    )
    for pair in plan.corrected:
        audit.record(actor, "factories.correct_person", f"person:{pair.employed.person_id}", roster_import=found.id)
    for line_id in undo.reopened:
        audit.record(
            actor, "factories.reopen_line", f"factory:{found.factory_id}", line=line_id, roster_import=found.id
        )
    db.session.flush()  # whoever is told reads what was written
    if any(plan.counts.values()):
        publish(RosterApplied(roster_import_id=found.id))
