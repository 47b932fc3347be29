"""The digest of every file that a certificate has or had; what ended is found without a walk through all."""

import sqlalchemy as sa
from alembic import op

from app.platform.db import types

revision = '0042'
down_revision = '0041'

ENDED = sa.text('revoked_at IS NOT NULL OR replaced_at IS NOT NULL OR suspended_at IS NOT NULL')


def upgrade() -> None:
    op.create_table('certificate_file',
    sa.Column('certificate_id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('noted_at', types.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['certificate_id'], ['certificate.id'], name=op.f('fk_certificate_file_certificate_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate_file')),
    sa.UniqueConstraint('digest', 'certificate_id', name=op.f('uq_certificate_file_digest'))
    )
    op.create_index(op.f('ix_certificate_file_certificate_id'), 'certificate_file', ['certificate_id'], unique=False)
    op.execute(
        "INSERT INTO certificate_file (certificate_id, digest, noted_at) "
        "SELECT id, file_key, coalesce(rendered_at, issued_at) FROM certificate WHERE file_key > ''"
    )
    op.create_index('ix_certificate_ended', 'certificate', ['id'], unique=False, sqlite_where=ENDED, postgresql_where=ENDED)


def downgrade() -> None:
    op.drop_index('ix_certificate_ended', 'certificate')
    op.drop_table('certificate_file')
