"""Entering drills, and taking back what was entered wrongly. Nothing is ever deleted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from secrets import token_hex

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.operations.applying import hold
from app.factories.queries import factory_by_code
from app.improvement.drills import queries
from app.improvement.drills.events import DrillHeld, DrillWithdrawn
from app.improvement.drills.models import Drill
from app.improvement.drills.rules import DrillKind, Learnt, Shift
from app.platform import audit
from app.platform.bus import publish
from app.platform.clock import now, today
from app.platform.db import db
from app.platform.faults import point
from app.platform.files import single
from app.platform.files.photos import Photo
from app.platform.i18n import _
from app.platform.refusal import Refused

_WRITE = Permission.DRILLS_WRITE


@dataclass(frozen=True)
class Said:
    """What somebody says of a drill."""

    sent_id: str
    kind: DrillKind
    held_on: date
    shift: Shift
    people: int
    minutes: int | None = None
    learnt: Sequence[Learnt] = ()
    photo: Photo | None = None


def enter(actor: Actor, code: str, said: Said) -> Drill:
    """A factory held a drill. The same form once more is answered with what was entered.

    Raises NotFound out of scope, Refused for a day that has not come: a drill that lies ahead is nobody's to know.
    """
    factory = factory_by_code(actor, code, _WRITE)
    hold(factory.id)
    known = db.session.scalar(sa.select(Drill).where(Drill.sent_id == said.sent_id))
    if known is not None:
        if known.factory_id != factory.id:
            raise Refused(_("This form was sent before. Load the page again."))
        return known
    if said.held_on > today(factory.programme.zone):
        raise Refused(_("This day has not come yet. Enter the drill once it was held."))
    row = Drill(
        sent_id=said.sent_id, factory_id=factory.id, kind=said.kind, held_on=said.held_on, shift=said.shift,
        people=said.people, minutes=said.minutes, learnt=[each.value for each in said.learnt],
        account_id=actor.account_id, entered_at=now(),
    )  # fmt: skip
    if said.photo is not None:
        row.evidence_key, row.evidence_kind = single.keep(said.photo.data), said.photo.kind
    db.session.add(row)
    db.session.flush()
    point("drills.entered")
    audit.record(actor, "drills.enter", f"drill:{row.id}", kind=said.kind)
    publish(DrillHeld(row.id))
    return row


def withdraw(actor: Actor, code: str, drill_id: int) -> Drill:
    """What was entered was not so: an entry says that it counts no more. Doing it again changes nothing.

    A drill that was held otherwise is entered anew. Raises NotFound.
    """
    factory = factory_by_code(actor, code, _WRITE)
    hold(factory.id)
    before = queries.one(factory.id, drill_id)
    if known := queries.withdrawn_by(before.id):
        return known
    row = Drill(
        sent_id=token_hex(16), factory_id=factory.id, kind=before.kind, held_on=before.held_on, shift=before.shift,
        people=0, minutes=None, learnt=[], withdraws_id=before.id, account_id=actor.account_id, entered_at=now(),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    audit.record(actor, "drills.withdraw", f"drill:{row.id}", withdraws=before.id)
    publish(DrillWithdrawn(row.id))
    return row
