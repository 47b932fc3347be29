"""For whom cards and PIN slips are printed, and what was ordered."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.accounts.models import PersonCard, PersonPin, PrintOrder
from app.accounts.prints import LIFE, PrintKind
from app.factories.models import Employment, Factory, Line, Person
from app.platform.clock import now
from app.platform.db import db
from app.platform.refusal import NotFound

_ROWS = 500
_HAS_CARD = sa.exists().where(PersonCard.person_id == Person.id, PersonCard.revoked_at.is_(None))
_HAS_PIN = sa.exists().where(PersonPin.person_id == Person.id)
HAS = {PrintKind.CARDS: _HAS_CARD, PrintKind.PINS: _HAS_PIN}


@dataclass(frozen=True)
class Counts:
    """People now employed at a factory, and how many of them have neither card nor PIN yet."""

    people: int
    without_card: int
    without_pin: int


@dataclass(frozen=True)
class Holder:
    """What is printed of one person. `token` is that of the card."""

    person_id: int
    name: str
    local_name: str | None
    language: str
    number: str
    line: str | None
    token: str | None


def counts(factory_id: int) -> Counts:
    """The caller has checked the factory. One statement."""
    row = db.session.execute(
        _employed(factory_id).with_only_columns(
            sa.func.count(),
            sa.func.coalesce(sa.func.sum(sa.case((_HAS_CARD, 0), else_=1)), 0),
            sa.func.coalesce(sa.func.sum(sa.case((_HAS_PIN, 0), else_=1)), 0),
        )
    ).one()
    return Counts(*map(int, row))


def lines(factory_id: int) -> Sequence[tuple[int, str]]:
    """Lines on which somebody works now: id and name."""
    statement = (
        sa.select(Line.id, Line.name)
        .where(Line.factory_id == factory_id)
        .where(sa.exists().where(Employment.line_id == Line.id, Employment.ended_on.is_(None)))
        .order_by(Line.name)
    )
    return [(row.id, row.name) for row in db.session.execute(statement)]


def people(factory_id: int, kind: PrintKind, line_id: int | None, *, only_new: bool) -> list[int]:
    """Who gets a card or a slip, by line and name. `only_new` leaves out who has one."""
    statement = _employed(factory_id).with_only_columns(Person.id)
    if line_id is not None:
        statement = statement.where(Employment.line_id == line_id)
    if only_new:
        statement = statement.where(~HAS[kind])
    return list(db.session.scalars(statement.order_by(Line.name, Person.search_text, Person.id)))


def order_of(actor: Actor, factory_id: int, order_id: int) -> PrintOrder:
    """What the actor has ordered for a factory. Raises NotFound for everybody else's."""
    order = db.session.get(PrintOrder, order_id, populate_existing=True)
    if order is None or order.factory_id != factory_id or order.account_id != actor.account_id:
        raise NotFound
    return order


def orders_of(actor: Actor, factory_id: int) -> Sequence[PrintOrder]:
    """What the actor has ordered for a factory within the last day, latest first."""
    statement = sa.select(PrintOrder).where(
        PrintOrder.factory_id == factory_id,
        PrintOrder.account_id == actor.account_id,
        PrintOrder.ordered_at > now() - LIFE,
    )
    return db.session.scalars(statement.order_by(PrintOrder.id.desc())).all()


def undrawn(order_id: int) -> tuple[PrintOrder, Factory] | None:
    """An order that waits for its paper, with the factory; None when it has it."""
    order = db.session.get(PrintOrder, order_id, populate_existing=True)
    if order is None or order.finished_at is not None:
        return None
    return order, db.session.get_one(Factory, order.factory_id)


def holders(order: PrintOrder) -> list[Holder]:
    """What is printed, in the order of the paper. Who has left in the meantime is left out."""
    found: dict[int, Holder] = {}
    for start in range(0, len(order.people), _ROWS):
        some = order.people[start : start + _ROWS]
        rows = db.session.execute(_printed(order.factory_id).where(Person.id.in_(some)))
        found |= {row.id: Holder(*row) for row in rows}
    return [found[person_id] for person_id in order.people if person_id in found]


def kept(which: sa.ColumnElement[bool]) -> list[tuple[int, str]]:
    """Such orders whose file is still kept: id and key."""
    statement = sa.select(PrintOrder.id, PrintOrder.file_key).where(PrintOrder.file_key.is_not(None), which)
    return [(row.id, row.file_key) for row in db.session.execute(statement)]


def _employed(factory_id: int) -> sa.Select[Any]:
    return (
        sa.select(Person)
        .join(Employment, Employment.person_id == Person.id)
        .outerjoin(Line, Line.id == Employment.line_id)
        .where(Employment.factory_id == factory_id, Employment.ended_on.is_(None), Person.erased_at.is_(None))
    )


def _printed(factory_id: int) -> sa.Select[Any]:
    card = (
        sa.select(PersonCard.token)
        .where(PersonCard.person_id == Person.id, PersonCard.revoked_at.is_(None))
        .order_by(PersonCard.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return _employed(factory_id).with_only_columns(
        Person.id, Person.name, Person.local_name, Person.language, Employment.employee_number,
        Line.name.label("line"), card.label("token"),
    )  # fmt: skip
