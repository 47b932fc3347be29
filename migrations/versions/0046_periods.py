"""Renewal windows, waiting for late corrections, completions that somebody annulled, notes on certificates."""

import sqlalchemy as sa
from alembic import op

from app.platform.db import types

revision = '0046'
down_revision = '0045'


def upgrade() -> None:
    with op.batch_alter_table('programme', schema=None) as batch_op:
        batch_op.add_column(sa.Column('renewal_days', sa.Integer(), server_default='90', nullable=False))
        batch_op.add_column(sa.Column('certificate_wait_days', sa.Integer(), server_default='0', nullable=False))
    with op.batch_alter_table('completion', schema=None) as batch_op:
        batch_op.add_column(sa.Column('annulled_at', types.UtcDateTime(), nullable=True))
    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.add_column(sa.Column('draw_from', types.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column('replaced_reason', sa.String(), nullable=True))
    op.create_table('certificate_note',
    sa.Column('certificate_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('at', types.UtcDateTime(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['certificate_id'], ['certificate.id'], name=op.f('fk_certificate_note_certificate_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate_note'))
    )
    with op.batch_alter_table('certificate_note', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_certificate_note_certificate_id'), ['certificate_id'], unique=False)


def downgrade() -> None:
    op.drop_table('certificate_note')
    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.drop_column('replaced_reason')
        batch_op.drop_column('draw_from')
    with op.batch_alter_table('completion', schema=None) as batch_op:
        batch_op.drop_column('annulled_at')
    with op.batch_alter_table('programme', schema=None) as batch_op:
        batch_op.drop_column('certificate_wait_days')
        batch_op.drop_column('renewal_days')
