"""Column types that mean the same on both engines."""

import enum
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

Json = sa.JSON().with_variant(JSONB(), "postgresql")


WallTime = sa.DateTime()
"""A date and time as a clock on the wall shows it; naive, and only meaningful beside a zone."""


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware in Python, UTC in the database. A naive value is refused: nobody could say what it means."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive moment {value!r}")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def by_value(members: type[enum.Enum]) -> list[str]:
    """Enums are stored by their value, which is the word used in URLs, forms and exports."""
    return [str(member.value) for member in members]


ValueEnum: Any = sa.Enum(enum.Enum, native_enum=False, length=40, values_callable=by_value)
