"""Certificates are packed in bundles by a job."""

import sqlalchemy as sa
from alembic import op

from app.platform.db import types

revision = '0044'
down_revision = '0043'

OPEN = sa.text('made_at IS NULL AND failed IS NULL')


def upgrade() -> None:
    op.create_table('certificate_bundle',
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('zip', 'print', name='bundlekind', native_enum=False, length=40), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('wanted', types.Json, nullable=False),
    sa.Column('certificates', types.Json, nullable=False),
    sa.Column('factories', types.Json, nullable=False),
    sa.Column('same', sa.String(), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('left_out', sa.Integer(), nullable=False),
    sa.Column('parts', types.Json, nullable=False),
    sa.Column('ordered_at', types.UtcDateTime(), nullable=False),
    sa.Column('made_at', types.UtcDateTime(), nullable=True),
    sa.Column('expires_at', types.UtcDateTime(), nullable=True),
    sa.Column('deleted_at', types.UtcDateTime(), nullable=True),
    sa.Column('failed', sa.Enum('no_room', 'given_up', name='failure', native_enum=False, length=40), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_certificate_bundle_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate_bundle'))
    )
    with op.batch_alter_table('certificate_bundle', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_certificate_bundle_account_id'), ['account_id'], unique=False)
        batch_op.create_index('uq_certificate_bundle_open', ['same'], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)


def downgrade() -> None:
    op.drop_table('certificate_bundle')
