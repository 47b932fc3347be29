"""Entering, correcting and removing what a training session cost. None of them commits."""

from dataclasses import dataclass

import sqlalchemy as sa

from app.access.actor import Actor
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.sessions.costs import queries
from app.sessions.costs.models import TrainingCost
from app.sessions.models import TrainingSession
from app.sessions.operations.loading import hold
from app.sessions.service.rules import Payer


@dataclass(frozen=True)
class Paid:
    """Who paid how much."""

    payer: Payer
    payer_name: str
    amount: int
    """In the smallest unit of the currency."""
    currency: str


def add(actor: Actor, training_id: int, paid: Paid, sent_id: str | None = None) -> TrainingCost:
    """Enter a cost, also long after the session. The same form again is answered with what it entered.

    Raises NotFound where the actor enters none.
    """
    training = _hold(actor, training_id)
    known = db.session.scalar(sa.select(TrainingCost).where(TrainingCost.sent_id == sent_id)) if sent_id else None
    if known is not None:
        if known.training_id != training.id:
            raise Refused(_("This form was sent before. Load the page again."))
        return known
    return _write(actor, training.id, paid, None, sent_id)


def correct(actor: Actor, cost_id: int, paid: Paid) -> TrainingCost:
    """Say how much it really was: a row of its own. Saying the same again - of what was just corrected so, too -
    changes nothing. Raises NotFound.
    """
    row = _held(actor, cost_id)
    stands = row if row.ended_at is None else queries.correction(row.id)
    if stands is not None and stands.ended_at is None and _said(stands) == paid:
        return stands
    if row.ended_at is not None:
        raise NotFound
    row.ended_at = now()
    return _write(actor, row.training_id, paid, row.id)


def remove(actor: Actor, cost_id: int) -> int:
    """It was not paid; the row stays, and counts no more. Answers the training session. Again, it changes
    nothing. Raises NotFound, also for what was corrected.
    """
    row = _held(actor, cost_id)
    if row.ended_at is not None:
        if queries.correction(row.id):
            raise NotFound
        return row.training_id
    row.ended_at = now()
    audit.record(actor, "costs.remove", f"training:{row.training_id}", cost=row.id)
    return row.training_id


def _hold(actor: Actor, training_id: int) -> TrainingSession:
    training = hold(actor, training_id)
    if not queries.may_enter(actor, training):
        raise NotFound
    return training


def _held(actor: Actor, cost_id: int) -> TrainingCost:
    """The row, perhaps one that counts no more, while nobody else changes costs of its training session."""
    training_id = queries.entered(actor, cost_id).training_id
    _hold(actor, training_id)
    row = queries.entered(actor, cost_id)
    db.session.refresh(row)  # somebody else may have been first
    return row


def _said(row: TrainingCost) -> Paid:
    return Paid(row.payer, row.payer_name, row.amount, row.currency)


def _write(
    actor: Actor, training_id: int, paid: Paid, corrects_id: int | None, sent_id: str | None = None
) -> TrainingCost:
    row = TrainingCost(
        sent_id=sent_id, training_id=training_id, payer=paid.payer, payer_name=paid.payer_name, amount=paid.amount,
        currency=paid.currency, corrects_id=corrects_id, at=now(), account_id=actor.account_id, ended_at=None,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()  # the log needs the id
    details = {"payer": paid.payer.value, "amount": paid.amount, "currency": paid.currency}
    audit.record(actor, "costs.add", f"training:{training_id}", cost=row.id, corrects=corrects_id, **details)
    return row
