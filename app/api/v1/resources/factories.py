"""Factories."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from pydantic import Field

from app.access.actor import Actor
from app.access.permissions import Permission
from app.api.tokens.rules import TokenScope
from app.api.v1.asked import Asked, Code
from app.api.v1.resource import Item, Resource, Rows, items_of
from app.factories.models import Factory, Group, Programme
from app.factories.queries import visible_factories
from app.factories.rules import FactoryStatus


class FactoryItem(Item):
    """A member company."""

    id: int
    code: str = Field(description="By which other answers name it.")
    name: str
    local_name: str | None
    programme: str = Field(description="Code of its programme.")
    country: str = Field(description="ISO 3166-1, two letters.")
    province: str
    language: str = Field(description="Its first language.")
    group: str | None = Field(description="Code of the manufacturer that owns it.")
    export_zone: str | None
    os_id: str | None = Field(description="Its id in the Open Supply Hub.")
    slcp_id: str | None
    status: FactoryStatus
    closed_on: date | None
    products: list[str]


class FactoriesAsked(Asked):
    programme: Code | None = Field(default=None, description="Code of a programme.")
    status: FactoryStatus | None = None


def _rows(actor: Actor, asked: FactoriesAsked) -> Rows:
    statement: Rows = (
        visible_factories(actor, Permission.FACTORIES_READ)
        .join(Programme, Programme.id == Factory.programme_id)
        .outerjoin(Group, Group.id == Factory.group_id)
        .with_only_columns(
            Factory.id, Factory.code, Factory.name, Factory.local_name, Programme.code.label("programme"),
            Programme.country, Factory.province, Factory.language, Group.code.label("group"), Factory.export_zone,
            Factory.os_id, Factory.slcp_id, Factory.status, Factory.closed_on, Factory.products,
            maintain_column_froms=True,
        )
    )  # fmt: skip
    if asked.programme:
        statement = statement.where(Programme.code == asked.programme)
    return statement.where(Factory.status == asked.status) if asked.status else statement


def _items(_actor: Actor, rows: Sequence[Any], _asked: FactoriesAsked) -> list[FactoryItem]:
    return items_of(FactoryItem, rows)


FACTORIES = Resource(
    name="factories", about="Factories that the owner of the token sees.", scope=TokenScope.FACTORIES_READ,
    permission=Permission.FACTORIES_READ, item=FactoryItem, asked=FactoriesAsked, rows=_rows, key=Factory.id,
    items=_items, one_by=Factory.code, one_name="code",
)  # fmt: skip
