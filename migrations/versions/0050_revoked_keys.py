"""Keys that sign certificates can be revoked."""

import sqlalchemy as sa
from alembic import op

from app.platform.db import types

revision = '0050'
down_revision = '0055'


def upgrade() -> None:
    with op.batch_alter_table('signing_key') as batch_op:
        batch_op.add_column(sa.Column('revoked_at', types.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column('revoked_reason', sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('signing_key') as batch_op:
        batch_op.drop_column('revoked_reason')
        batch_op.drop_column('revoked_at')
