"""What a training session was before it was postponed, and why one was opened again."""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'


def upgrade() -> None:
    with op.batch_alter_table('training_session') as batch_op:
        batch_op.add_column(sa.Column('postponed_from', sa.Enum('draft', 'tentative', 'confirmed', 'postponed', 'closed', 'cancelled', name='trainingstate', native_enum=False, length=40), nullable=True))
        batch_op.add_column(sa.Column('reopened_reason', sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('training_session') as batch_op:
        batch_op.drop_column('reopened_reason')
        batch_op.drop_column('postponed_from')
