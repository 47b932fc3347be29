"""What factories show their buyers, and how often it was opened."""

import sqlalchemy as sa
from alembic import op

from app.platform.db.types import Json, UtcDateTime

revision = '0068'
down_revision = '0070'


def upgrade() -> None:
    op.create_table(
        'sharing_consent',
        sa.Column('sent_id', sa.String(32), nullable=False),
        sa.Column('factory_id', sa.Integer(), nullable=False),
        sa.Column('buyer', sa.String(120), nullable=False),
        sa.Column('starts_on', sa.Date(), nullable=False),
        sa.Column('ends_on', sa.Date(), nullable=False),
        sa.Column('aggregates', Json, nullable=False),
        sa.Column('figures', Json, nullable=False),
        sa.Column('token_hash', sa.String(64), nullable=False),
        sa.Column('given_at', UtcDateTime(), nullable=False),
        sa.Column('given_by', sa.Integer(), nullable=True),
        sa.Column('expires_at', UtcDateTime(), nullable=False),
        sa.Column('ended_at', UtcDateTime(), nullable=True),
        sa.Column('ended_by', sa.Integer(), nullable=True),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.CheckConstraint('starts_on <= ends_on', name='ck_sharing_consent_in_order'),
        sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name='fk_sharing_consent_factory_id_factory'),
        sa.PrimaryKeyConstraint('id', name='pk_sharing_consent'),
        sa.UniqueConstraint('sent_id', name='uq_sharing_consent_sent_id'),
        sa.UniqueConstraint('token_hash', name='uq_sharing_consent_token_hash'),
    )
    op.create_index('ix_sharing_consent_factory_id', 'sharing_consent', ['factory_id'])
    op.create_table(
        'sharing_visit',
        sa.Column('consent_id', sa.Integer(), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('times', sa.Integer(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['consent_id'], ['sharing_consent.id'], name='fk_sharing_visit_consent_id_sharing_consent'
        ),
        sa.PrimaryKeyConstraint('id', name='pk_sharing_visit'),
        sa.UniqueConstraint('consent_id', 'day', name='uq_sharing_visit_consent_id_day'),
    )


def downgrade() -> None:
    op.drop_table('sharing_visit')
    op.drop_table('sharing_consent')
