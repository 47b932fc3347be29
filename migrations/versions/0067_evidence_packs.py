"""Evidence packs of factories, and what is kept of a day of which no history is kept elsewhere."""

import sqlalchemy as sa
from alembic import op

from app.platform.db.types import Json, UtcDateTime

revision = '0067'
down_revision = '0069'

OPEN = sa.text('made_at IS NULL AND failed IS NULL')


def upgrade() -> None:
    op.create_table(
        'evidence_pack',
        sa.Column('account_id', sa.Integer(), nullable=False),
        sa.Column('factory_id', sa.Integer(), nullable=False),
        sa.Column('since', sa.Date(), nullable=False),
        sa.Column('until', sa.Date(), nullable=False),
        sa.Column('as_of', sa.Date(), nullable=False),
        sa.Column('language', sa.String(), nullable=False),
        sa.Column('same', sa.String(), nullable=False),
        sa.Column('done', sa.Integer(), nullable=False),
        sa.Column('steps', sa.Integer(), nullable=False),
        sa.Column('file_key', sa.String(), nullable=True),
        sa.Column('size', sa.Integer(), nullable=True),
        sa.Column('sha256', sa.String(), nullable=True),
        sa.Column('ordered_at', UtcDateTime(), nullable=False),
        sa.Column('made_at', UtcDateTime(), nullable=True),
        sa.Column('expires_at', UtcDateTime(), nullable=True),
        sa.Column('deleted_at', UtcDateTime(), nullable=True),
        sa.Column(
            'failed', sa.Enum('no_room', 'no_keys', 'given_up', name='failure', native_enum=False, length=40),
            nullable=True),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['account_id'], ['account.id'], name='fk_evidence_pack_account_id_account'),
        sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name='fk_evidence_pack_factory_id_factory'),
        sa.PrimaryKeyConstraint('id', name='pk_evidence_pack'),
    )
    op.create_index('ix_evidence_pack_account_id', 'evidence_pack', ['account_id'])
    op.create_index('ix_evidence_pack_factory_id', 'evidence_pack', ['factory_id'])
    op.create_index(
        'uq_evidence_pack_open', 'evidence_pack', ['same'], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_table(
        'evidence_state',
        sa.Column('factory_id', sa.Integer(), nullable=False),
        sa.Column('since', sa.Date(), nullable=False),
        sa.Column('until', sa.Date(), nullable=False),
        sa.Column('as_of', sa.Date(), nullable=False),
        sa.Column('language', sa.String(), nullable=False),
        sa.Column('kept', Json, nullable=False),
        sa.Column('taken_at', UtcDateTime(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name='fk_evidence_state_factory_id_factory'),
        sa.PrimaryKeyConstraint('id', name='pk_evidence_state'),
        sa.UniqueConstraint(
            'factory_id', 'since', 'until', 'as_of', 'language', name='uq_evidence_state_factory_id_since_until_as_of_language'),
    )


def downgrade() -> None:
    op.drop_table('evidence_state')
    op.drop_table('evidence_pack')
