"""Asking to be told, stopping it, and telling."""

from collections.abc import Collection
from dataclasses import dataclass
from secrets import token_bytes, token_hex

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.api.sent import held, made_before
from app.api.tokens.queries import programmes
from app.api.webhooks import queries
from app.api.webhooks.labels import UNFIT
from app.api.webhooks.models import Webhook, WebhookDelivery
from app.api.webhooks.rules import (
    BOTH_SECRETS,
    GIVE_UP_AFTER,
    KEEP,
    MOST_WEBHOOKS,
    TOLD,
    DeliveryState,
    Happening,
    Unfit,
    new_secret,
    receiver,
)
from app.notifications.operations import tell_webhook_paused
from app.platform import audit
from app.platform.clock import now
from app.platform.config import settings
from app.platform.db import db, insert
from app.platform.i18n import _
from app.platform.jobs import enqueue
from app.platform.refusal import NotFound, Refused


@dataclass(frozen=True)
class Wanted:
    """What somebody says of a webhook to be."""

    sent_id: str
    name: str
    url: str
    happenings: Collection[Happening]
    programme_id: int | None = None


def create(actor: Actor, wanted: Wanted) -> tuple[Webhook, bool]:
    """A receiver that is told what the actor sees, and whether it is new: the same form once more makes no second one.

    Raises Refused with the reason, NotFound for who may not.
    """
    if not actor.may(Permission.WEBHOOKS_MANAGE) or actor.account_id is None:
        raise NotFound
    if (known := made_before(Webhook, actor.account_id, wanted.sent_id)) is not None:
        return known, False
    _refuse(actor, wanted)
    row = Webhook(
        sent_id=wanted.sent_id, account_id=actor.account_id, name=wanted.name, url=wanted.url,
        happenings=[each.value for each in TOLD if each in wanted.happenings], secret=new_secret(token_bytes(32)),
        programme_id=wanted.programme_id, created_at=now(),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()  # the log needs the id
    audit.record(
        actor, "webhooks.create", f"account:{actor.account_id}", webhook=row.id, happenings=row.happenings,
        programme=wanted.programme_id,
    )  # fmt: skip
    return row, True


def _refuse(actor: Actor, wanted: Wanted) -> None:
    where = receiver(wanted.url, settings().webhook_hosts)
    if isinstance(where, Unfit):
        raise Refused(str(UNFIT[where]))
    if not set(wanted.happenings) & set(TOLD):
        raise Refused(_("Choose what the program is told."))
    if queries.count_live(actor.account_id or 0) >= MOST_WEBHOOKS:
        raise Refused(_("You have too many webhooks. End one that no program needs."))
    if wanted.programme_id is not None and wanted.programme_id not in dict(programmes(actor)):
        raise Refused(_("Choose a programme of the list."))


def end(actor: Actor, webhook_id: int) -> None:
    """Nothing is sent any more. Doing it again changes nothing. Raises NotFound."""
    row = held(Webhook, actor, webhook_id)
    if row.ended_at is None:
        row.ended_at = now()
        audit.record(actor, "webhooks.end", f"account:{row.account_id}", webhook=row.id)


def resume(actor: Actor, webhook_id: int) -> None:
    """Send again what happens from now on to one that was paused. Raises NotFound."""
    row = held(Webhook, actor, webhook_id)
    if row.paused_at is not None and row.ended_at is None:
        row.paused_at = row.failing_since = None
        audit.record(actor, "webhooks.resume", f"account:{row.account_id}", webhook=row.id)


def change_secret(actor: Actor, webhook_id: int) -> Webhook:
    """Sign with another secret from now on, and with the one before as well for a day, so that no message is refused
    meanwhile. Raises NotFound, Refused for one that is ended.
    """
    row = held(Webhook, actor, webhook_id)
    if row.ended_at is not None:
        raise Refused(_("This webhook is ended."))
    if row.old_secret_until is None or row.old_secret_until <= now():  # twice in a day: the program knows the oldest
        row.old_secret, row.old_secret_until = row.secret, now() + BOTH_SECRETS
    row.secret = new_secret(token_bytes(32))
    audit.record(actor, "webhooks.change_secret", f"account:{row.account_id}", webhook=row.id)
    return row


def ping(actor: Actor, webhook_id: int) -> None:
    """Send a test. Raises NotFound, Refused for one that is ended."""
    row = held(Webhook, actor, webhook_id)
    _refuse_ended(row)
    row.tried_at = None
    _place(row.id, Happening.PING, 0, token_hex(16))
    audit.record(actor, "webhooks.ping", f"account:{row.account_id}", webhook=row.id)


def replay(actor: Actor, webhook_id: int, delivery_id: int) -> None:
    """Tell once more of a happening, as the thing is now. The receiver knows by the key that it is the same.

    Raises NotFound, Refused for one that is ended.
    """
    row = held(Webhook, actor, webhook_id)
    before = queries.delivery(row.id, delivery_id)
    _refuse_ended(row)
    before.state, row.tried_at = DeliveryState.WAITING, None
    enqueue("webhooks.deliver", delivery_id=before.id)
    audit.record(actor, "webhooks.replay", f"account:{row.account_id}", webhook=row.id, delivery=before.id)


def _refuse_ended(row: Webhook) -> None:
    if row.ended_at is not None:
        raise Refused(_("This webhook is ended."))
    if row.paused_at is not None:
        raise Refused(_("This webhook is paused. Resume it first."))


def note(happening: Happening, thing_id: int) -> None:
    """Something happened, in this transaction: a job tells whoever asked to be told. Nothing where nobody did."""
    if queries.is_told(happening):
        enqueue("webhooks.tell", happening=happening.value, thing_id=thing_id, key=token_hex(16))


def place(webhook_ids: Collection[int], happening: Happening, thing_id: int, key: str) -> None:
    """A delivery for each of these receivers; doing it again adds none."""
    for webhook_id in webhook_ids:
        _place(webhook_id, happening, thing_id, f"{key}-{webhook_id}")


def _place(webhook_id: int, happening: Happening, thing_id: int, key: str) -> None:
    made = insert(WebhookDelivery).values(
        webhook_id=webhook_id, key=key, happening=happening, thing_id=thing_id, happened_at=now(),
        state=DeliveryState.WAITING, tries=0,
    )  # fmt: skip
    added = db.session.scalar(made.on_conflict_do_nothing(index_elements=["key"]).returning(WebhookDelivery.id))
    if added is not None:
        enqueue("webhooks.deliver", delivery_id=added)


def note_answer(delivery_id: int, status: int | None, problem: str | None) -> None:
    """What came of one try. A receiver that fails for days, or says that it is gone, is paused, and its owner told."""
    its = sa.select(WebhookDelivery.webhook_id).where(WebhookDelivery.id == delivery_id).scalar_subquery()
    to = db.session.scalars(sa.select(Webhook).where(Webhook.id == its).with_for_update()).one()  # first, as `replay`
    row = db.session.get_one(WebhookDelivery, delivery_id)
    is_good = status is not None and 200 <= status < 300
    row.state = DeliveryState.DELIVERED if is_good else DeliveryState.FAILED
    row.tries, row.tried_at, row.status, row.problem = row.tries + 1, now(), status, problem
    to.tried_at = row.tried_at
    if is_good:
        to.failing_since = None
        return
    to.failing_since = to.failing_since or now()
    is_given_up = status == 410 or now() - to.failing_since > GIVE_UP_AFTER
    if is_given_up and to.paused_at is None:
        to.paused_at = now()
        tell_webhook_paused(to.account_id, to.id, to.name, row.id)


def drop(delivery_id: int) -> None:
    """Nothing is sent: the receiver is ended or paused, or its owner does not see the thing."""
    db.session.get_one(WebhookDelivery, delivery_id).state = DeliveryState.DROPPED


def forget_old() -> None:
    """By the clock: what was sent long ago is listed no more."""
    db.session.execute(sa.delete(WebhookDelivery).where(WebhookDelivery.happened_at < now() - KEEP))
