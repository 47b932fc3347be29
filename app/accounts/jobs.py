"""Printing cards and PIN slips: slow, outside any transaction, harmless when it happens twice."""

from collections.abc import Sequence
from functools import partial

import structlog
from flask_babel import force_locale

from app.accounts import drawing, holders, rules, secrets
from app.accounts.drawing import Card, Sheet
from app.accounts.holders import Holder
from app.accounts.models import PrintOrder
from app.accounts.operations import printing
from app.accounts.operations.people import hashed
from app.accounts.prints import LIFE, PrintKind
from app.factories.models import Factory
from app.platform.clock import now
from app.platform.config import settings
from app.platform.documents.fonts import ROOT
from app.platform.faults import point
from app.platform.files import files
from app.platform.i18n import _
from app.platform.i18n.languages import best
from app.platform.jobs import Done, Outcome

log = structlog.get_logger()
_STEP = 50


def print_people(order_id: int) -> Outcome:
    """Draw and store the paper of an order. New PINs count only once the paper that tells them is stored."""
    waiting = holders.undrawn(order_id)
    if waiting is None:
        return Done()
    order, factory = waiting
    cards, pins = _cards(order, factory)
    pdf, mended = drawing.draw(_sheet(order, factory), cards, fonts=ROOT / settings().fonts_dir)
    if mended:
        log.warning("prints.names_left_out", order=order_id, names=mended)
    key = files().put(pdf)
    point("prints.stored")
    return Done(partial(printing.finish_prints, order_id, key, pins))


def delete_print(order_id: int) -> Outcome:
    """Delete a paper that was handed out."""
    return _delete(holders.kept(PrintOrder.id == order_id))


def delete_old_prints() -> Outcome:
    """Delete papers after their day."""
    return _delete(holders.kept(PrintOrder.finished_at <= now() - LIFE))


def _delete(kept: Sequence[tuple[int, str]]) -> Outcome:
    for _order_id, key in kept:
        files().delete(key)
    return Done(partial(printing.note_deleted, [order_id for order_id, _key in kept]))


def _cards(order: PrintOrder, factory: Factory) -> tuple[list[Card], dict[int, str]]:
    """What is printed, and the hashes of new PINs by person."""
    cards, hashes = [], {}
    for done, holder in enumerate(holders.holders(order)):
        if done % _STEP == 0:
            printing.note_drawn(order.id, done)
        if order.kind is PrintKind.CARDS:
            cards.append(_card(holder))
        else:
            pin = secrets.new_pin(rules.PIN_LENGTH)
            hashes[holder.person_id] = hashed(pin)
            cards.append(_slip(holder, factory.code, pin))
    return cards, hashes


def _card(holder: Holder) -> Card:
    language = best([holder.language])
    with force_locale(language):
        words = _("Scan this code. Then enter your PIN.")
    qr = drawing.code(f"{settings().base_url}/card/{holder.token}")
    return Card(**_printed(holder), words=words, words_language=language, qr=qr)


def _slip(holder: Holder, code: str, pin: str) -> Card:
    language, address = best([holder.language]), settings().base_url.partition("://")[2] + "/enter"
    with force_locale(language):
        words = _(
            "Your PIN. Show it to nobody. With it your card opens your quiz, or %(address)s with the code %(code)s and "
            "your number.",
            address=address,
            code=code,
        )
    return Card(**_printed(holder), words=words, words_language=language, pin=pin)


def _printed(holder: Holder) -> dict[str, str]:
    return {
        "name": holder.name, "local_name": holder.local_name or "", "language": holder.language,
        "number": holder.number, "line": holder.line or "",
    }  # fmt: skip


def _sheet(order: PrintOrder, factory: Factory) -> Sheet:
    """The number in the title makes every paper a file of its own, which can be deleted by itself."""
    with force_locale(order.language):
        is_cards = order.kind is PrintKind.CARDS
        title = _("Cards %(number)s", number=order.id) if is_cards else _("PIN slips %(number)s", number=order.id)
    names = " · ".join(dict.fromkeys(name for name in (factory.name, factory.local_name) if name))
    return Sheet(title, names, order.ordered_at.date())
