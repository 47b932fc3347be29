"""Tokens with which programs act for accounts."""

import sqlalchemy as sa
from alembic import op

from app.platform.db.types import Json, UtcDateTime

revision = '0065'
down_revision = '0059'


def upgrade() -> None:
    op.create_table(
        'api_token',
        sa.Column('sent_id', sa.String(length=32), nullable=False),
        sa.Column('account_id', sa.Integer(), nullable=False),
        sa.Column('key', sa.String(length=16), nullable=False),
        sa.Column('secret_hash', sa.String(length=64), nullable=False),
        sa.Column('name', sa.String(), nullable=False),
        sa.Column('scopes', Json, nullable=False),
        sa.Column('programme_id', sa.Integer(), nullable=True),
        sa.Column('factories', Json, nullable=False),
        sa.Column('created_at', UtcDateTime(), nullable=False),
        sa.Column('expires_at', UtcDateTime(), nullable=False),
        sa.Column('ended_at', UtcDateTime(), nullable=True),
        sa.Column('used_at', UtcDateTime(), nullable=True),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['account_id'], ['account.id'], name='fk_api_token_account_id_account'),
        sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name='fk_api_token_programme_id_programme'),
        sa.PrimaryKeyConstraint('id', name='pk_api_token'),
        sa.UniqueConstraint('sent_id', name='uq_api_token_sent_id'),
        sa.UniqueConstraint('key', name='uq_api_token_key'),
    )
    op.create_index('ix_api_token_account_id', 'api_token', ['account_id'])
    op.create_index('ix_api_token_programme_id', 'api_token', ['programme_id'])


def downgrade() -> None:
    op.drop_table('api_token')
