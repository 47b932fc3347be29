"""Why a seat was declined, and offers found by the moment at which they end."""

import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0021'


def upgrade() -> None:
    with op.batch_alter_table('seat') as batch_op:
        batch_op.add_column(sa.Column('reason', sa.String(), nullable=True))
        batch_op.create_index(batch_op.f('ix_seat_offer_until'), ['offer_until'])


def downgrade() -> None:
    with op.batch_alter_table('seat') as batch_op:
        batch_op.drop_index(batch_op.f('ix_seat_offer_until'))
        batch_op.drop_column('reason')
