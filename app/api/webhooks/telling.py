"""From a happening to a message: who is told, and what, as its owner sees it when it is sent."""

import json

import pydantic_core

from app.api.tokens.entering import acting_for
from app.api.tokens.rules import Narrowing
from app.api.v1.resource import Item
from app.api.v1.resources import RESOURCES
from app.api.webhooks import operations, queries, sending
from app.api.webhooks.models import Webhook, WebhookDelivery
from app.api.webhooks.rules import SCOPES, Happening, Unfit, is_held_back, receiver, signature
from app.platform.clock import now
from app.platform.config import settings
from app.platform.jobs import Done, Later, Outcome
from app.platform.refusal import NotFound

_BY_NAME = {resource.name: resource for resource in RESOURCES}


def tell(happening: Happening, thing_id: int, key: str) -> Outcome:
    """A delivery for each receiver that asks for it and whose owner sees the thing."""
    told = [each.id for each in queries.told_of(happening) if thing(each, happening, thing_id) is not None]
    return Done(lambda: operations.place(told, happening, thing_id, key))


def thing(to: Webhook, happening: Happening, thing_id: int) -> Item | None:
    """What it is about, as the owner of the webhook sees it now; None for what she does not see."""
    resource = _BY_NAME[happening.resource]
    actor = acting_for(to.account_id, Narrowing(to.programme_id), [SCOPES[resource.name]])
    if actor is None:
        return None
    try:
        return resource.of_id(actor, thing_id)
    except NotFound:
        return None


def deliver(delivery_id: int) -> Outcome:
    """Send it. What fails is tried again for three days, ever more rarely."""
    found = queries.waiting(delivery_id)
    if found is None:
        return Done()
    row, to = found
    if is_held_back(to.failing_since, to.tried_at, now()) and not (to.ended_at or to.paused_at):
        return Later("the receiver fails, and was tried a moment ago")
    body = None if to.ended_at or to.paused_at else message(row, to)
    if body is None:
        return Done(lambda: operations.drop(delivery_id))
    where = receiver(to.url, settings().webhook_hosts)
    if isinstance(where, Unfit):
        return Done(lambda: operations.drop(delivery_id))
    at = int(now().timestamp())
    headers = {
        "Content-Type": "application/json", "User-Agent": "Seamwise-Webhooks/1", "Connection": "close",
        "webhook-id": row.key, "webhook-timestamp": str(at),
        "webhook-signature": " ".join(signature(each, row.key, at, body) for each in to.secrets),
    }  # fmt: skip
    try:
        status, problem = sending.post(where, headers, body), None
    except sending.Unsent as error:
        status, problem = None, error.problem.value

    def write() -> None:
        operations.note_answer(delivery_id, status, problem)

    if status is not None and (200 <= status < 300 or status == 410):
        return Done(write)
    return Later(f"the receiver answered {status}" if status else f"nothing was answered: {problem}", write)


def message(row: WebhookDelivery, to: Webhook) -> bytes | None:
    """The body; None for what its owner does not see."""
    data: object = {}
    if row.happening is not Happening.PING:
        data = thing(to, row.happening, row.thing_id)
        if data is None:
            return None
    told = {"type": row.happening.value, "timestamp": row.happened_at.isoformat(), "data": data}
    return json.dumps(pydantic_core.to_jsonable_python(told), ensure_ascii=False).encode()
