"""Webhooks, and what was sent to them."""

import sqlalchemy as sa
from alembic import op

from app.platform.db.types import Json, UtcDateTime

revision = '0069'
down_revision = '0062'


def upgrade() -> None:
    op.create_table(
        'webhook',
        sa.Column('sent_id', sa.String(length=32), nullable=False),
        sa.Column('account_id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(), nullable=False),
        sa.Column('url', sa.String(), nullable=False),
        sa.Column('happenings', Json, nullable=False),
        sa.Column('secret', sa.String(), nullable=False),
        sa.Column('programme_id', sa.Integer(), nullable=True),
        sa.Column('created_at', UtcDateTime(), nullable=False),
        sa.Column('failing_since', UtcDateTime(), nullable=True),
        sa.Column('paused_at', UtcDateTime(), nullable=True),
        sa.Column('ended_at', UtcDateTime(), nullable=True),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['account_id'], ['account.id'], name='fk_webhook_account_id_account'),
        sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name='fk_webhook_programme_id_programme'),
        sa.PrimaryKeyConstraint('id', name='pk_webhook'),
        sa.UniqueConstraint('sent_id', name='uq_webhook_sent_id'),
    )
    op.create_index('ix_webhook_account_id', 'webhook', ['account_id'])
    op.create_index('ix_webhook_programme_id', 'webhook', ['programme_id'])
    op.create_table(
        'webhook_delivery',
        sa.Column('webhook_id', sa.Integer(), nullable=False),
        sa.Column('key', sa.String(length=64), nullable=False),
        sa.Column('happening', sa.String(length=40), nullable=False),
        sa.Column('thing_id', sa.Integer(), nullable=False),
        sa.Column('happened_at', UtcDateTime(), nullable=False),
        sa.Column('state', sa.String(length=40), nullable=False),
        sa.Column('tries', sa.Integer(), nullable=False),
        sa.Column('tried_at', UtcDateTime(), nullable=True),
        sa.Column('status', sa.Integer(), nullable=True),
        sa.Column('problem', sa.String(), nullable=True),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['webhook_id'], ['webhook.id'], name='fk_webhook_delivery_webhook_id_webhook'),
        sa.PrimaryKeyConstraint('id', name='pk_webhook_delivery'),
        sa.UniqueConstraint('key', name='uq_webhook_delivery_key'),
    )
    op.create_index('ix_webhook_delivery_webhook', 'webhook_delivery', ['webhook_id', 'id'])


def downgrade() -> None:
    op.drop_table('webhook_delivery')
    op.drop_table('webhook')
