"""How often the figures of a consent were taken along as a file."""

import sqlalchemy as sa
from alembic import op

revision = '0077'
down_revision = '0076'


def upgrade() -> None:
    op.add_column('sharing_visit', sa.Column('files', sa.Integer(), nullable=False, server_default='0'))


def downgrade() -> None:
    op.drop_column('sharing_visit', 'files')
