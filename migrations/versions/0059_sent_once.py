"""Services and actions of roadmaps know the form that they came with: sent twice it is one."""

import sqlalchemy as sa
from alembic import op

revision = '0059'
down_revision = '0056'
_TABLES = ('service_log', 'roadmap_action')


def upgrade() -> None:
    # Column by column: a table that is copied would lose the triggers that refuse changes.
    for table in _TABLES:
        op.add_column(table, sa.Column('sent_id', sa.String(length=32), nullable=True))
        op.create_index(f'uq_{table}_sent_id', table, ['sent_id'], unique=True)


def downgrade() -> None:
    for table in _TABLES:
        op.drop_index(f'uq_{table}_sent_id', table)
        op.drop_column(table, 'sent_id')
