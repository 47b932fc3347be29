"""The runs of a proposal are made once."""

import sqlalchemy as sa
from alembic import op

from app.platform.db import types

revision = '0024'
down_revision = '0023'


def upgrade() -> None:
    op.create_table('proposal_made',
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('token', sa.String(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('made_at', types.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_proposal_made_programme_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_proposal_made')),
    sa.UniqueConstraint('token', name=op.f('uq_proposal_made_token'))
    )


def downgrade() -> None:
    op.drop_table('proposal_made')
