"""Cards and PIN slips printed by a job."""

import sqlalchemy as sa
from alembic import op

from app.platform.db import types

revision = '0004'
down_revision = '0003'


def upgrade() -> None:
    op.create_table('print_order',
    sa.Column('factory_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(40), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('people', types.Json, nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('ordered_at', types.UtcDateTime(), nullable=False),
    sa.Column('finished_at', types.UtcDateTime(), nullable=True),
    sa.Column('file_key', sa.String(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_print_order_account_id')),
    sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name=op.f('fk_print_order_factory_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_print_order'))
    )
    with op.batch_alter_table('print_order', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_print_order_factory_id'), ['factory_id'], unique=False)


def downgrade() -> None:
    op.drop_table('print_order')
