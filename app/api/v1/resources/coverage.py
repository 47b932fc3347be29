"""Training coverage of factories, today or as it was when a day ended."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.orm import joinedload

from app.access.actor import Actor
from app.access.permissions import Permission
from app.api.tokens.rules import TokenScope
from app.api.v1.asked import FIRST, Asked, Code, Day
from app.api.v1.resource import Item, Resource, Rows
from app.coverage.denominators import Source
from app.coverage.queries.measures import Measure, measures_of
from app.coverage.queries.required import required
from app.coverage.queries.seen import sees
from app.factories.models import Factory, Programme
from app.factories.queries import visible_factories
from app.platform.clock import today
from app.platform.db import db

MOST = 50


class RequirementItem(Item):
    """How far a factory is with one requirement. People are counted once each; never add numbers of two of them."""

    code: str
    titles: dict[str, str]
    active: int = Field(description="People whom it asks for.")
    covered: int = Field(description="Of these, with a completion that is valid.")
    due_soon: int = Field(description="Of these, whose validity ends soon.")
    lost: int = Field(description="People who were covered and left.")
    waived: int = Field(description="People who are exempt for a time; not among the active.")
    units: int = Field(description="Lines, or the factory itself, where it asks for those instead of people.")
    met: int = Field(description="Of these, which meet it.")
    denominator: int = Field(description="What the share is measured against.")
    denominator_source: Source
    denominator_as_of: date
    share: float | None = Field(description="0 to 1; null where nobody is asked.")
    percent_required: int
    is_met: bool | None


class CoverageItem(Item):
    """A factory with every requirement of its programme."""

    id: int = Field(description="Id of the factory.")
    factory: str = Field(description="Code of the factory.")
    programme: str = Field(description="Code of the programme.")
    on: date = Field(description="The day whose end it tells of; today: now.")
    requirements: list[RequirementItem]


class CoverageAsked(Asked):
    programme: Code | None = Field(default=None, description="Code of a programme.")
    factory: Code | None = Field(default=None, description="Code of a factory.")
    on: Day | None = Field(
        default=None,
        description="As it was when this day ended. A day that has not come is taken as today, one before 1970 as the "
        "first of 1970.",
    )


def _rows(actor: Actor, asked: CoverageAsked) -> Rows:
    statement: Rows = (
        visible_factories(actor, Permission.COVERAGE_READ)
        .join(Programme, Programme.id == Factory.programme_id)
        .with_only_columns(Factory.id, maintain_column_froms=True)
    )
    if asked.programme:
        statement = statement.where(Programme.code == asked.programme)
    return statement.where(Factory.code == asked.factory) if asked.factory else statement


def _items(actor: Actor, rows: Sequence[Any], asked: CoverageAsked) -> list[CoverageItem]:
    """As many statements for one factory as for many."""
    statement = sa.select(Factory).where(Factory.id.in_([row.id for row in rows])).order_by(Factory.id)
    factories = db.session.scalars(statement.options(joinedload(Factory.programme))).all()
    on = None if asked.on is None else max(asked.on, FIRST.date())
    if on is not None and on >= max((today(each.programme.zone) for each in factories), default=on):
        on = None
    found = measures_of(factories, required({each.programme_id for each in factories}, on), on)
    return [
        CoverageItem(
            id=each.id, factory=each.code, programme=each.programme.code, on=on or today(each.programme.zone),
            requirements=[_requirement(one) for one in found[each.id] if sees(actor, one.requirement, each.id)],
        )
        for each in factories
    ]  # fmt: skip


def _requirement(measure: Measure) -> RequirementItem:
    whole, against = measure.whole, measure.denominator
    return RequirementItem(
        code=measure.requirement.code, titles=measure.requirement.titles, active=whole.active, covered=whole.covered,
        due_soon=whole.due_soon, lost=whole.lost, waived=whole.waived, units=whole.units, met=whole.met,
        denominator=against.people, denominator_source=against.source, denominator_as_of=against.as_of,
        share=measure.share, percent_required=measure.requirement.rule.percent, is_met=measure.is_met,
    )  # fmt: skip


COVERAGE = Resource(
    name="coverage", about="Who is covered at the factories that the owner of the token sees, by requirement.",
    scope=TokenScope.COVERAGE_READ, permission=Permission.COVERAGE_READ, item=CoverageItem, asked=CoverageAsked,
    rows=_rows, key=Factory.id, items=_items, most=MOST,
)  # fmt: skip
