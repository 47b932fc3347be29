"""The base of every table."""

import enum
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry

from app.platform.db.types import Json, UtcDateTime, ValueEnum

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """A table with a numeric key. `dict[str, str]` columns are texts by locale, `dict[str, Any]` other JSON."""

    registry = registry(
        metadata=sa.MetaData(naming_convention=NAMES),
        type_annotation_map={
            datetime: UtcDateTime(),
            enum.Enum: ValueEnum,
            dict[str, str]: Json,
            dict[str, Any]: Json,
            dict[str, int]: Json,
            list[dict[str, Any]]: Json,
            list[str]: Json,
            list[int]: Json,
        },
    )

    id: Mapped[int] = mapped_column(primary_key=True)
