"""Who was told of when the roll call of a half-day was closed, so that a correction is told and nothing is told twice."""

import sqlalchemy as sa
from alembic import op

from app.platform.db import types

revision = '0034'
down_revision = '0033'


def upgrade() -> None:
    op.add_column('roll_call', sa.Column('warned', types.Json, server_default='{}', nullable=False))


def downgrade() -> None:
    op.drop_column('roll_call', 'warned')
