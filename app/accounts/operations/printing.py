"""Ordering cards and PIN slips, keeping the paper for a while, handing it out."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.accounts import holders
from app.accounts.models import PrintOrder
from app.accounts.operations.cards import issue_missing, revoke_card
from app.accounts.operations.people import end_of_people, store_pins
from app.accounts.prints import AGAIN, LIFE, MOST_PEOPLE, PrintKind
from app.factories.models import Factory
from app.factories.queries import factory_by_id
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db, in_own_transaction
from app.platform.i18n import _, ngettext
from app.platform.i18n.texts import current_language
from app.platform.jobs import enqueue
from app.platform.refusal import Refused


def order_prints(
    actor: Actor, factory: Factory, kind: PrintKind, line_id: int | None, *, only_new: bool
) -> PrintOrder:
    """Have cards or PIN slips printed by a job.

    Raises NotFound where the actor may give none, Refused when there is nobody, or too many for one paper.
    """
    factory_by_id(actor, factory.id, Permission.PEOPLE_PIN)
    people = holders.people(factory.id, kind, line_id, only_new=only_new)
    if not people:
        raise Refused(_("There is nobody to print for. Everybody chosen has one already, or nobody works there."))
    if len(people) > MOST_PEOPLE:
        sentence = ngettext(
            "One paper holds %(num)s person. Print line by line.",
            "One paper holds %(num)s people. Print line by line.",
            MOST_PEOPLE,
        )
        raise Refused(sentence)
    return _order(actor, factory, kind, people)


def replace_card(actor: Actor, factory: Factory, person_id: int) -> PrintOrder:
    """Make the person's card worthless and have a new one printed. Raises NotFound."""
    revoke_card(actor, person_id)
    return _order(actor, factory, PrintKind.CARDS, [person_id])


def note_drawn(order_id: int, done: int) -> None:
    """How far the drawing has come, for whoever waits. Call it where nobody holds the write lock."""
    statement = sa.update(PrintOrder).where(PrintOrder.id == order_id).values(done=done)
    in_own_transaction(lambda session: session.execute(statement))


def finish_prints(order_id: int, file_key: str, pins: Mapping[int, str]) -> None:
    """Keep the paper; with it, and only now, its PINs (hashed) open doors, and those before them close."""
    store_pins(pins)
    end_of_people(list(pins))
    db.session.execute(
        sa.update(PrintOrder)
        .where(PrintOrder.id == order_id, PrintOrder.finished_at.is_(None))
        .values(finished_at=now(), file_key=file_key)
    )


def hand_out(actor: Actor, order: PrintOrder) -> str:
    """The key of the paper, for the one who ordered it. PIN slips are deleted soon after. Logged as a bulk export.

    Raises Refused before the paper is there and after its day is over.
    """
    key = order.file_key
    if order.finished_at is None:
        raise Refused(_("The file is being made. Try again in a minute."))
    if key is None or now() - order.finished_at >= LIFE:
        raise Refused(_("This file was deleted. Cards are kept for a day, PIN slips for minutes after the download."))
    if order.kind is PrintKind.PINS:
        soon, once = now() + AGAIN, f"accounts.delete_print:{order.id}"
        enqueue("accounts.delete_print", dedupe=once, run_at=soon, order_id=order.id)
    audit.record(actor, f"accounts.print_{order.kind}", f"factory:{order.factory_id}", people=order.people)
    return key


def note_deleted(order_ids: Sequence[int]) -> None:
    """The files of these orders are gone."""
    db.session.execute(sa.update(PrintOrder).where(PrintOrder.id.in_(order_ids)).values(file_key=None))


def _order(actor: Actor, factory: Factory, kind: PrintKind, people: list[int]) -> PrintOrder:
    if kind is PrintKind.CARDS:
        # Two who order at the same moment must not give one person two cards.
        db.session.execute(sa.select(Factory.id).where(Factory.id == factory.id).with_for_update())
        issue_missing(people)
    order = PrintOrder(
        factory_id=factory.id, account_id=actor.account_id, kind=kind, language=current_language(), people=people,
        done=0, ordered_at=now(),
    )  # fmt: skip
    db.session.add(order)
    db.session.flush()
    audit.record(actor, f"accounts.order_{kind}", f"factory:{factory.id}", people=people)
    enqueue("accounts.print", dedupe=f"accounts.print:{order.id}", order_id=order.id)
    return order
