"""By which definitions a frozen period was counted, and how many made a committee a trained one then."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = '0088'
down_revision = '0087'


def upgrade() -> None:
    for name in ('definitions', 'committee_shares'):
        kind = sa.JSON().with_variant(JSONB(), 'postgresql')
        op.add_column('frozen_report', sa.Column(name, kind, server_default='{}', nullable=False))


def downgrade() -> None:
    for name in ('committee_shares', 'definitions'):
        op.drop_column('frozen_report', name)
