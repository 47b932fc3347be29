"""Lists of revoked keys, and drafts of the files of certificates."""

import sqlalchemy as sa
from alembic import op

from app.platform.db import types

revision = '0043'
down_revision = '0042'


def upgrade() -> None:
    with op.batch_alter_table('signing_key', schema=None) as batch_op:
        batch_op.add_column(sa.Column('crl', sa.LargeBinary(), nullable=True))
    op.create_table('certificate_draft',
    sa.Column('certificate_id', sa.Integer(), nullable=False),
    sa.Column('file_key', sa.String(), nullable=False),
    sa.Column('made_at', types.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['certificate_id'], ['certificate.id'], name=op.f('fk_certificate_draft_certificate_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate_draft')),
    sa.UniqueConstraint('certificate_id', 'file_key', name=op.f('uq_certificate_draft_certificate_id_file_key'))
    )


def downgrade() -> None:
    op.drop_table('certificate_draft')
    with op.batch_alter_table('signing_key', schema=None) as batch_op:
        batch_op.drop_column('crl')
