"""One kind of thing that programs read: the one place that says how it is asked for, read and answered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from pydantic import BaseModel, ConfigDict, Field, create_model

from app.access.actor import Actor
from app.access.permissions import Permission
from app.api.tokens.rules import TokenScope
from app.api.v1.asked import Asked
from app.api.v1.following import after, settled
from app.api.v1.rules import Place, cursor_of
from app.platform.db import run
from app.platform.refusal import NotFound

A = TypeVar("A", bound=Asked)
Rows = sa.Select[*tuple[Any, ...]]


class Item(BaseModel):
    """Something in an answer."""

    model_config = ConfigDict(frozen=True, extra="forbid")


S = TypeVar("S", bound=Item)


def items_of(kind: type[S], rows: Sequence[Any]) -> list[S]:
    """Rows whose columns are the fields. Their names are read once: that was a third of what these lists cost."""
    names = rows[0]._fields if rows else ()
    return [kind.model_validate(dict(zip(names, row, strict=True))) for row in rows]


class Listing(BaseModel):
    """A list, page by page, in the order in which the entries were made - or, where changes were asked for, in which
    they changed last: nothing is left out while more are made or changed. `next_cursor` goes on from here, later too;
    it is null only for an answer without entries.
    """

    items: list[Item]
    next_cursor: str | None = Field(description="Ask with it for what comes after.")
    has_more: bool = Field(description="Whether there is something after it now.")


@dataclass(frozen=True)
class Resource(Generic[A]):
    """`rows` selects what the actor sees and was asked for; it has the column `id`, by which the list is ordered. Each
    page is read in a fixed number of statements.
    """

    name: str
    about: str
    scope: TokenScope
    permission: Permission
    item: type[Item]
    asked: type[A]
    rows: Callable[[Actor, A], Rows]
    key: Any
    """The column by which rows are ordered, unique in them."""
    items: Callable[[Actor, Sequence[Any], A], Sequence[Item]]
    changed: Any = None
    """The column that says when an entry changed, which `rows` has as `updated_at`; None where changes cannot be
    followed."""
    one_by: Any = None
    """The column by which a single thing is found; None where there are only lists."""
    one_name: str = "id"
    most: int | None = None
    """Fewer entries of one answer than elsewhere, where each is large."""

    @property
    def path(self) -> str:
        return f"/api/v1/{self.name}"

    @property
    def one_path(self) -> str:
        return f"{self.path}/{{{self.one_name}}}"

    @property
    def listing(self) -> type[BaseModel]:
        """The shape of the answer with many."""
        return create_model(f"{self.item.__name__}List", __base__=Listing, items=(list[self.item], ...))  # type: ignore[name-defined]

    def page(self, actor: Actor, asked: A) -> dict[str, Any]:
        """One answer, to be written as JSON."""
        limit = min(asked.limit, self.most or asked.limit)
        statement = self.in_order(actor, asked)
        rows = run(statement.limit(limit + 1)).all()
        shown = rows[:limit]
        return {
            "items": self.items(actor, shown, asked),
            "next_cursor": cursor_of(_place(shown[-1], asked)) if shown else None,
            "has_more": len(rows) > limit,
        }

    def in_order(self, actor: Actor, asked: A) -> Rows:
        """What is to be told from the place on that was asked for."""
        statement = self.rows(actor, asked)
        if (since := getattr(asked, "updated_since", None)) is not None:
            statement = statement.where(self.changed >= since)
        if not asked.follows:
            return statement.where(self.key > asked.place.last_id).order_by(self.key)
        is_next = after(self.changed, self.key, asked.place)
        return statement.where(is_next, self.changed <= settled()).order_by(self.changed, self.key)

    def one(self, actor: Actor, wanted: Any) -> Item:
        """A single thing, by what is in its address. Raises NotFound for what the actor does not see."""
        return self._only(actor, self.one_by == wanted)

    def of_id(self, actor: Actor, thing_id: int) -> Item:
        """A single thing, by its id. Raises NotFound for what the actor does not see."""
        return self._only(actor, self.key == thing_id)

    def _only(self, actor: Actor, wanted: sa.ColumnElement[bool]) -> Item:
        asked = self.asked()
        rows = run(self.rows(actor, asked).where(wanted)).all()
        if not rows:
            raise NotFound
        return self.items(actor, rows[:1], asked)[0]


def _place(row: Any, asked: Asked) -> Place:
    return Place(row.id, row.updated_at if asked.follows else None)
