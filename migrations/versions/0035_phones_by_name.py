"""Phones without network have a name, and the sign-in that ends when they are shut out."""

import sqlalchemy as sa
from alembic import op

revision = '0035'
down_revision = '0034'


def upgrade() -> None:
    op.add_column('kit_device', sa.Column('name', sa.String(), server_default='', nullable=False))
    op.add_column('kit_device', sa.Column('sign_in_id', sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column('kit_device', 'sign_in_id')
    op.drop_column('kit_device', 'name')
