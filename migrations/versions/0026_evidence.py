"""Marks say how they are known, who or what said them, and what was in view; what counts follows from the log alone."""

from collections import defaultdict

import sqlalchemy as sa
from alembic import op

from app.platform.db import types

revision = '0026'
down_revision = '0025'

STRENGTH = {"roll_call": 3, "correction": 4}


def upgrade() -> None:
    for column in (
        sa.Column('digest', sa.String(length=64), server_default='', nullable=False),
        sa.Column('strength', sa.Integer(), server_default='0', nullable=False),
        sa.Column('minutes', sa.Integer(), nullable=True),
        sa.Column('marker', sa.String(), server_default='-', nullable=False),
        sa.Column('counter', sa.Integer(), server_default='0', nullable=False),
        sa.Column('seen', types.Json, server_default='[]', nullable=False),
        sa.Column('device_at', types.UtcDateTime(), nullable=True),
        sa.Column('flag', sa.Enum('after_cancellation', name='flag', native_enum=False, length=40), nullable=True),
    ):
        op.add_column('mark_entry', column)
    for column in (
        sa.Column('mark_id', sa.String(length=32), server_default='', nullable=False),
        sa.Column('minutes', sa.Integer(), nullable=True),
        sa.Column('is_disputed', sa.Boolean(), server_default=sa.false(), nullable=False),
    ):
        op.add_column('current_mark', column)
    _explain_what_is_there()


def downgrade() -> None:
    for name in ('mark_id', 'minutes', 'is_disputed'):
        op.drop_column('current_mark', name)
    for name in ('digest', 'strength', 'minutes', 'marker', 'counter', 'seen', 'device_at', 'flag'):
        op.drop_column('mark_entry', name)


def _explain_what_is_there() -> None:
    """Until now a mark replaced all before it: whoever marked had them in view."""
    bind = op.get_bind()
    entry = sa.table(
        'mark_entry', *map(sa.column, ('id', 'mark_id', 'meeting_id', 'person_id', 'mark', 'evidence', 'account_id')),
        *map(sa.column, ('strength', 'marker', 'counter')), sa.column('seen', types.Json),
    )
    current = sa.table('current_mark', *map(sa.column, ('meeting_id', 'person_id', 'mark', 'mark_id')))
    _allow_changes(bind)
    before = defaultdict(list)
    for row in bind.execute(sa.select(entry).order_by(entry.c.id)).all():
        earlier = before[row.meeting_id, row.person_id]
        bind.execute(
            sa.update(entry).where(entry.c.id == row.id).values(
                strength=STRENGTH.get(row.evidence, 0), counter=row.id, seen=sorted(earlier),
                marker=f"account:{row.account_id}" if row.account_id else "-",
            )
        )
        earlier.append(row.mark_id)
        bind.execute(
            sa.update(current).where(
                current.c.meeting_id == row.meeting_id, current.c.person_id == row.person_id,
                current.c.mark == row.mark,
            ).values(mark_id=row.mark_id)
        )
    _refuse_changes(bind)


def _allow_changes(bind: sa.Connection) -> None:
    if bind.dialect.name == "postgresql":
        op.execute("DROP TRIGGER mark_entry_append_only ON mark_entry")
        return
    for verb in ("update", "delete"):
        op.execute(f"DROP TRIGGER mark_entry_no_{verb}")


def _refuse_changes(bind: sa.Connection) -> None:
    if bind.dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER mark_entry_append_only BEFORE UPDATE OR DELETE ON mark_entry "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER mark_entry_no_{verb.lower()} BEFORE {verb} ON mark_entry "
            "BEGIN SELECT RAISE(ABORT, 'mark_entry is append-only'); END"
        )
