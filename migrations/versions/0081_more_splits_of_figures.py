"""What a fact of a frozen period is told apart by: role, language, payer, and the group of the factory."""

import sqlalchemy as sa
from alembic import op

revision = '0081'
down_revision = '0079'
_TABLE = 'reported_fact'
_WORDS = (('role', 20), ('language', 20), ('payer', 120))


def upgrade() -> None:
    for name, length in _WORDS:
        op.add_column(_TABLE, sa.Column(name, sa.String(length), server_default='', nullable=False))
    op.add_column(_TABLE, sa.Column('group_id', sa.Integer(), nullable=True))


def downgrade() -> None:
    for name in ('group_id', *(word for word, _ in reversed(_WORDS))):
        op.drop_column(_TABLE, name)
