"""When rows that programs follow were last written; the secret of a webhook before the one of now."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from app.platform.db.types import UtcDateTime

revision = '0078'
down_revision = '0077'
_TABLES = ('completion', 'certificate')


def upgrade() -> None:
    """All that is there counts as written now: who follows reads it once more. Neither engine writes a row for that."""
    is_counted = op.get_bind().dialect.name == 'postgresql'
    at = sa.text('now()' if is_counted else f"'{datetime.now(UTC):%Y-%m-%d %H:%M:%S.%f}'")
    for table in _TABLES:
        op.add_column(table, sa.Column('updated_at', UtcDateTime(), server_default=at, nullable=False))
        op.create_index(f'ix_{table}_updated_at_id', table, ['updated_at', 'id'])
    op.add_column('webhook', sa.Column('old_secret', sa.String(), nullable=True))
    op.add_column('webhook', sa.Column('old_secret_until', UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column('webhook', 'old_secret_until')
    op.drop_column('webhook', 'old_secret')
    for table in _TABLES:
        op.drop_index(f'ix_{table}_updated_at_id', table)
        op.drop_column(table, 'updated_at')
