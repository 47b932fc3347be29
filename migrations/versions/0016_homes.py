"""In which zone somebody lives, so that an invitation also tells the time there."""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'


def upgrade() -> None:
    for name in ('account', 'invitation'):
        with op.batch_alter_table(name) as batch_op:
            batch_op.add_column(sa.Column('zone', sa.String(), nullable=True))


def downgrade() -> None:
    for name in ('invitation', 'account'):
        with op.batch_alter_table(name) as batch_op:
            batch_op.drop_column('zone')
