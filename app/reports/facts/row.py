"""A fact as a row of a statement."""

from typing import Any

import sqlalchemy as sa

from app.reports.rules.facts import COLUMNS, NOT_SAID, NUMBERS, FactKind

ONCE = "MATERIALIZED"
"""Put before a part of a statement that looks things up row by row: PostgreSQL would do so wherever the row is used."""
INLINE = "NOT MATERIALIZED"
"""Put before a part that only names what another holds: PostgreSQL would keep all of it once more, to read it twice."""

_TYPES: dict[str, Any] = {"before": sa.Float, "after": sa.Float}
_IDS = tuple(name for name in COLUMNS if name.endswith("_id"))


def word(value: Any) -> sa.ColumnElement[str]:
    """Text as wide as the words of facts are."""
    return sa.cast(value, sa.String(20))


def row(kind: FactKind, **known: Any) -> list[sa.Label[Any]]:
    """The columns of a fact, in their order; what is not given is not known, and counts nothing."""
    return [_column(name, kind.value if name == "kind" else known.get(name)).label(name) for name in COLUMNS]


def _column(name: str, value: Any) -> Any:
    if name == "kind":
        return sa.literal(value)
    if name in _IDS:
        return sa.cast(sa.null(), sa.Integer) if value is None else value
    if name in NUMBERS:
        return sa.cast(sa.literal(0) if value is None else value, _TYPES.get(name, sa.Integer))
    return word(sa.literal(NOT_SAID) if value is None else value)
