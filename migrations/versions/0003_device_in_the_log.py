"""The log knows the sign-in, and so the device, of each entry."""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'


def upgrade() -> None:
    op.add_column("audit_entry", sa.Column("sign_in_id", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("audit_entry", "sign_in_id")
