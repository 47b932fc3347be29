"""Accepting conflicts."""

from collections.abc import Sequence

from app.access.actor import Actor
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db, insert
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.sessions import policy as sessions
from app.sessions.conflicts import policy
from app.sessions.conflicts.models import AcceptedConflict
from app.sessions.conflicts.rules import Conflict
from app.sessions.queries import training_for

LONGEST_REASON = 500


def accept(actor: Actor, training_id: int, conflicts: Sequence[Conflict], reason: str) -> int:
    """Plan a training session although something speaks against it, and answer how many conflicts are new.

    What only warns is not kept. One that was accepted before stays as it was. Raises NotFound out of scope, Refused
    for what is not the actor's to accept and without a reason.
    """
    training = training_for(actor, training_id)
    if not sessions.may_plan(actor, training):
        raise NotFound
    stopping = [conflict for conflict in conflicts if conflict.stops]
    if not policy.may_accept_all(actor, training.programme_id, stopping):
        raise Refused(_("Only a programme manager may plan it all the same. Nothing was changed."))
    if stopping and not reason.strip():
        raise Refused(_("Say why it is planned all the same."))
    return sum(_keep(actor, training_id, conflict, reason.strip()[:LONGEST_REASON]) for conflict in stopping)


def _keep(actor: Actor, training_id: int, conflict: Conflict, reason: str) -> bool:
    said = {"kind": conflict.kind, "reason": reason, "account_id": actor.account_id, "at": now()}
    written = insert(AcceptedConflict).values(training_id=training_id, key=conflict.key, **said)
    number = db.session.scalar(
        written.on_conflict_do_nothing(index_elements=["training_id", "key"]).returning(AcceptedConflict.id)
    )
    if number is None:
        return False
    details = {"kind": conflict.kind.value, "half_day": conflict.number, "accepted": number}
    audit.record(actor, "sessions.accept_conflict", f"training:{training_id}", **details)
    return True
