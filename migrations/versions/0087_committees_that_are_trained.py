"""How many of each side of a committee must be trained, as a programme says."""

import sqlalchemy as sa
from alembic import op

revision = '0087'
down_revision = '0086'


def upgrade() -> None:
    op.add_column('programme', sa.Column('committee_share', sa.Integer(), server_default='80', nullable=False))


def downgrade() -> None:
    op.drop_column('programme', 'committee_share')
