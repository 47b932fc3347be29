"""Certificates of factories that ended before their time, for the list that phones keep."""

import sqlalchemy as sa
from alembic import op

revision = '0049'
down_revision = '0048'

ENDED = sa.text(
    '(revoked_at IS NOT NULL OR replaced_at IS NOT NULL OR downgraded_at IS NOT NULL OR suspended_at IS NOT NULL)'
)


def upgrade() -> None:
    op.create_index('ix_factory_certificate_ended', 'factory_certificate', ['valid_until'], unique=False, sqlite_where=ENDED, postgresql_where=ENDED)


def downgrade() -> None:
    op.drop_index('ix_factory_certificate_ended', 'factory_certificate')
