"""A person's number is never used again; one committee of a kind at a time; when work on a roster began."""

from datetime import timedelta
from itertools import groupby

import sqlalchemy as sa
from alembic import op

from app.platform.db import types

revision = '0009'
down_revision = '0008'

_COMMITTEE = sa.table(
    "committee", sa.column("id", sa.Integer), sa.column("factory_id", sa.Integer), sa.column("kind", sa.String),
    sa.column("starts_on", sa.Date), sa.column("ends_on", sa.Date),
)
_OPEN = sa.text("ends_on IS NULL")


def upgrade() -> None:
    _rebuild_people(sqlite_autoincrement=True)
    _end_all_but_one()
    op.create_index(
        "uq_committee_open_kind", "committee", ["factory_id", "kind"], unique=True,
        sqlite_where=_OPEN, postgresql_where=_OPEN,
    )
    with op.batch_alter_table("roster_import", schema=None) as batch_op:
        batch_op.add_column(sa.Column("work_began_at", types.UtcDateTime(), nullable=True))
    op.execute("UPDATE roster_import SET work_began_at = created_at WHERE state = 'working'")


def downgrade() -> None:
    with op.batch_alter_table("roster_import", schema=None) as batch_op:
        batch_op.drop_column("work_began_at")
    op.drop_index("uq_committee_open_kind", table_name="committee")
    _rebuild_people(sqlite_autoincrement=False)


def _rebuild_people(*, sqlite_autoincrement: bool) -> None:
    """PostgreSQL never gives a number twice; SQLite does, unless the table says otherwise."""
    if op.get_bind().dialect.name == "sqlite":
        kept = {"sqlite_autoincrement": sqlite_autoincrement}
        with op.batch_alter_table("person", schema=None, recreate="always", table_kwargs=kept):
            pass


def _end_all_but_one() -> None:
    """Of several open committees of one kind the one that began last goes on - the first of those that were set up
    twice; the others end the day before it, or had no more than their first day."""
    bind, c = op.get_bind(), _COMMITTEE.c
    found = sa.select(_COMMITTEE).where(c.ends_on.is_(None))
    rows = bind.execute(found.order_by(c.factory_id, c.kind, c.starts_on.desc(), c.id)).all()
    for _, same in groupby(rows, key=lambda row: (row.factory_id, row.kind)):
        latest, *others = same
        for row in others:
            last = max(row.starts_on, latest.starts_on - timedelta(days=1))
            bind.execute(sa.update(_COMMITTEE).where(c.id == row.id).values(ends_on=last))
