"""What was measured twice, side by side."""

from collections.abc import Sequence

import sqlalchemy as sa

from app.reports.facts.row import ONCE


def paired(before: sa.CTE, after: sa.CTE, whose: Sequence[str], told: Sequence[str], name: str) -> sa.CTE:
    """What both know of the same `whose`, of which each has one row: `<told>_before` and `<told>_after`.

    Put together by grouping, not by joining one with the other: PostgreSQL takes each for a handful of rows, and would
    look through, or make, all of the second for every row of the first.
    """
    sides = {"before": before, "after": after}
    each = sa.union_all(*(
        sa.select(*(side.c[column] for column in whose), *(
            (side.c[value] if own == when else sa.cast(sa.null(), side.c[value].type)).label(f"{value}_{own}")
            for own in sides for value in told))
        for when, side in sides.items()
    )).subquery()  # fmt: skip
    same = [each.c[column] for column in whose]
    values = {f"{value}_{own}": sa.func.max(each.c[f"{value}_{own}"]) for own in sides for value in told}
    return (
        sa.select(*same, *(value.label(column) for column, value in values.items()))
        .group_by(*same)
        .having(*(value.is_not(None) for value in values.values()))
        .cte(name)
        .prefix_with(ONCE)
    )
