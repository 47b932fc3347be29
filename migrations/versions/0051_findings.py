"""Findings of assessments, and the files that brought them."""

import sqlalchemy as sa
from alembic import op

from app.platform.db.types import Json, UtcDateTime

revision = '0051'
down_revision = '0058'

CURRENT = sa.text('is_current')


def upgrade() -> None:
    op.create_table(
        'finding_import',
        sa.Column('file_name', sa.String(), nullable=False),
        sa.Column('sha256', sa.String(), nullable=False),
        sa.Column('state', sa.String(length=40), nullable=False),
        sa.Column('found', Json, nullable=False),
        sa.Column('applied', Json, nullable=True),
        sa.Column('account_id', sa.Integer(), nullable=True),
        sa.Column('created_at', UtcDateTime(), nullable=False),
        sa.Column('applied_at', UtcDateTime(), nullable=True),
        sa.Column('undone_at', UtcDateTime(), nullable=True),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('id', name='pk_finding_import'),
    )
    op.create_index('ix_finding_import_sha256', 'finding_import', ['sha256'])
    op.create_index('ix_finding_import_account_id', 'finding_import', ['account_id'])
    op.create_table(
        'finding_import_factory',
        sa.Column('import_id', sa.Integer(), nullable=False),
        sa.Column('factory_id', sa.Integer(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['import_id'], ['finding_import.id'], name='fk_finding_import_factory_import_id_finding_import'),
        sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name='fk_finding_import_factory_factory_id_factory'),
        sa.PrimaryKeyConstraint('id', name='pk_finding_import_factory'),
        sa.UniqueConstraint('import_id', 'factory_id', name='uq_finding_import_factory_import_id_factory_id'),
    )
    op.create_index('ix_finding_import_factory_factory_id', 'finding_import_factory', ['factory_id'])
    op.create_table(
        'finding',
        sa.Column('factory_id', sa.Integer(), nullable=False),
        sa.Column('cluster', sa.String(), nullable=False),
        sa.Column('point', sa.String(), nullable=False),
        sa.Column('question', sa.String(), nullable=False),
        sa.Column('severity', sa.String(length=40), nullable=True),
        sa.Column('assessed_on', sa.Date(), nullable=False),
        sa.Column('status', sa.String(length=40), nullable=False),
        sa.Column('import_id', sa.Integer(), nullable=False),
        sa.Column('received_at', UtcDateTime(), nullable=False),
        sa.Column('withdrawn_at', UtcDateTime(), nullable=True),
        sa.Column('is_current', sa.Boolean(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name='fk_finding_factory_id_factory'),
        sa.ForeignKeyConstraint(['import_id'], ['finding_import.id'], name='fk_finding_import_id_finding_import'),
        sa.PrimaryKeyConstraint('id', name='pk_finding'),
    )
    op.create_index('ix_finding_factory_question', 'finding', ['factory_id', 'question', 'assessed_on'])
    op.create_index('ix_finding_import_id', 'finding', ['import_id'])
    op.create_index('uq_finding_current', 'finding', ['factory_id', 'question'], unique=True, sqlite_where=CURRENT, postgresql_where=CURRENT)


def downgrade() -> None:
    op.drop_table('finding')
    op.drop_table('finding_import_factory')
    op.drop_table('finding_import')
