"""Indicators of programmes in a period, as the report has them."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

import sqlalchemy as sa
from pydantic import AfterValidator, Field, ValidationInfo

from app.access.actor import Actor
from app.access.permissions import Permission
from app.api.tokens.rules import TokenScope
from app.api.v1.asked import Asked, Code, Day, conflict
from app.api.v1.resource import Item, Resource, Rows
from app.factories.models import Programme
from app.platform.clock import today
from app.platform.db import db
from app.reports.reading import report
from app.reports.rules.facts import Split
from app.reports.rules.figures import Figure, Indicator, rounded
from app.reports.rules.period import Span, fault, quarter_before


class FigureItem(Item):
    """One number. Figures of two splits, or persons and participations, are never added."""

    indicator: Indicator
    split: str = Field(description="How it is told apart; empty for everybody together.")
    value: str = Field(description="Of whom it is within the split.")
    currency: str = Field(description="Of money; empty for all else.")
    is_hidden: bool = Field(description="It speaks of too few people: there are no numbers then.")
    top: float | None = Field(description="The number, or what is divided by `of`.")
    of: int | None
    low: float | None = Field(description="Of the interval that holds a gain in 95 of 100 samples.")
    high: float | None


class IndicatorsItem(Item):
    """A programme with its figures."""

    id: int = Field(description="Id of the programme.")
    programme: str = Field(description="Code of the programme.")
    first: date
    last: date
    figures: list[FigureItem]


def _a_period(last: date | None, info: ValidationInfo) -> date | None:
    """The same rule as that of the report, which never answers another period than was asked for."""
    first = info.data.get("first")
    if (first is None) is not (last is None):
        raise conflict("Give both `first` and `last`, or neither.")
    if first and last and fault(Span(first, last)):
        raise conflict("A period begins before it ends, lies between 2000 and 2099, and is five years long at most.")
    return last


class IndicatorsAsked(Asked):
    programme: Code | None = Field(default=None, description="Code of a programme.")
    first: Day | None = Field(default=None, description="First day; without both days the last whole quarter.")
    last: Annotated[Day | None, AfterValidator(_a_period)] = Field(
        default=None, validate_default=True,
        description="Last day, included. Both days or neither; from 2000 to 2099, and five years at most.",
    )  # fmt: skip
    split: Split | None = Field(default=None, description="Tell figures apart by this as well.")


def _rows(actor: Actor, asked: IndicatorsAsked) -> Rows:
    scope = actor.scope(Permission.REPORTS_READ)
    statement: Rows = sa.select(Programme.id)
    if not scope.everything:
        statement = statement.where(Programme.id.in_(scope.programmes))
    return statement.where(Programme.code == asked.programme) if asked.programme else statement


def _items(actor: Actor, rows: Sequence[Any], asked: IndicatorsAsked) -> list[IndicatorsItem]:
    """Who may not read people as well gets figures in which few people are hidden."""
    found = []
    for programme in db.session.scalars(sa.select(Programme).where(Programme.id.in_([row.id for row in rows]))):
        span = _span(asked, programme)
        figures = report(actor, [programme], span, [asked.split] if asked.split else []).figures
        found.append(
            IndicatorsItem(
                id=programme.id,
                programme=programme.code,
                first=span.first,
                last=span.last,
                figures=[_figure(each) for each in figures],
            )
        )
    return found


def _span(asked: IndicatorsAsked, programme: Programme) -> Span:
    return Span(asked.first, asked.last) if asked.first and asked.last else quarter_before(today(programme.zone))


def _figure(figure: Figure) -> FigureItem:
    said = None if figure.is_hidden else rounded(figure.said)
    return FigureItem(
        indicator=figure.indicator, split=figure.split, value=figure.value, currency=figure.word,
        is_hidden=figure.is_hidden, top=said.top if said else None, of=said.of if said else None,
        low=said.low if said else None, high=said.high if said else None,
    )  # fmt: skip


INDICATORS = Resource(
    name="indicators", about="Figures of the programmes whose reports the owner of the token reads, one programme an "
    "answer.", scope=TokenScope.INDICATORS_READ, permission=Permission.REPORTS_READ, item=IndicatorsItem,
    asked=IndicatorsAsked, rows=_rows, key=Programme.id, items=_items, most=1,
)  # fmt: skip
