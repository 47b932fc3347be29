"""Who is due within 90 days is counted beside who is due within 60."""

import sqlalchemy as sa
from alembic import op

revision = '0061'
down_revision = '0065'
_TABLES = ('coverage_movement', 'coverage_balance')


def upgrade() -> None:
    """What was posted before says nothing of it: the nightly check, or `flask coverage rebuild`, adds it."""
    for table in _TABLES:
        op.add_column(table, sa.Column('due_90', sa.Integer(), server_default='0', nullable=False))


def downgrade() -> None:
    for table in _TABLES:
        op.drop_column(table, 'due_90')
