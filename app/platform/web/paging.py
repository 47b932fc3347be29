"""Lists in pages, without counting a growing table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import sqlalchemy as sa

from app.platform.db import db

T = TypeVar("T")

MOST_PAGES = 1_000_000


@dataclass(frozen=True)
class Slice(Generic[T]):
    """One page of a list; pages count from 1."""

    rows: Sequence[T]
    number: int
    has_more: bool


def paginate(statement: sa.Select[Any], number: int, size: int = 50) -> Slice[Any]:
    """Rows of one page, and whether there are more. Rows are entities when the statement selects one."""
    number = min(max(1, number), MOST_PAGES)
    result = db.session.execute(statement.limit(size + 1).offset((number - 1) * size))
    rows = list(result.scalars() if len(statement.column_descriptions) == 1 else result)
    return Slice(rows[:size], number, len(rows) > size)
