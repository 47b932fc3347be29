"""Reports that are sent: by what they are told apart, which programmes a file speaks of, one file a period."""

import sqlalchemy as sa
from alembic import op

from app.platform.db.types import Json

revision = '0070'
down_revision = '0067'
_TABLES = ('report_subscription', 'made_report')


def upgrade() -> None:
    for table in _TABLES:
        op.add_column(table, sa.Column('split', sa.String(40), server_default='sex', nullable=False))
    op.add_column('made_report', sa.Column('programmes', Json, nullable=True))
    op.create_index('uq_made_report_of_subscription', 'made_report', ['subscription_id', 'starts_on'], unique=True)


def downgrade() -> None:
    op.drop_index('uq_made_report_of_subscription', 'made_report')
    op.drop_column('made_report', 'programmes')
    for table in _TABLES:
        op.drop_column(table, 'split')
