"""Certificates are suspended and replaced, and signed with keys whose public half is kept."""

import sqlalchemy as sa
from alembic import op

from app.platform.db import types

revision = '0041'
down_revision = '0040'

NOT_REVOKED = sa.text('revoked_at IS NULL')
IN_FORCE = sa.text('revoked_at IS NULL AND replaced_at IS NULL')


def upgrade() -> None:
    op.create_table('signing_key',
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('seal_chain', sa.Text(), nullable=False),
    sa.Column('credential_public', sa.Text(), nullable=False),
    sa.Column('made_at', types.UtcDateTime(), nullable=False),
    sa.Column('retired_at', types.UtcDateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_signing_key')),
    sa.UniqueConstraint('name', name=op.f('uq_signing_key_name'))
    )
    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.add_column(sa.Column('suspended_at', types.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column('suspended_reason', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('replaced_at', types.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column('replaced_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('key_name', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('credential_key', sa.String(), nullable=True))
        batch_op.create_index(batch_op.f('ix_certificate_replaced_by_id'), ['replaced_by_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_certificate_replaced_by_id'), 'certificate', ['replaced_by_id'], ['id'])
        batch_op.drop_index('uq_certificate_in_force')
        batch_op.create_index('uq_certificate_in_force', ['completion_id'], unique=True, sqlite_where=IN_FORCE, postgresql_where=IN_FORCE)


def downgrade() -> None:
    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.drop_index('uq_certificate_in_force')
        batch_op.create_index('uq_certificate_in_force', ['completion_id'], unique=True, sqlite_where=NOT_REVOKED, postgresql_where=NOT_REVOKED)
        batch_op.drop_constraint(batch_op.f('fk_certificate_replaced_by_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_certificate_replaced_by_id'))
        for column in ('credential_key', 'key_name', 'replaced_by_id', 'replaced_at', 'suspended_reason', 'suspended_at'):
            batch_op.drop_column(column)
    op.drop_table('signing_key')
