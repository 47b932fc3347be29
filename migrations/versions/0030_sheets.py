"""Photos of signed sheets."""

import sqlalchemy as sa
from alembic import op

from app.platform.db import types

revision = '0030'
down_revision = '0029'


def upgrade() -> None:
    op.create_table('sheet_photo',
    sa.Column('sent_id', sa.String(length=32), nullable=False),
    sa.Column('sha', sa.String(length=64), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('site_id', sa.Integer(), nullable=True),
    sa.Column('file_key', sa.String(), nullable=True),
    sa.Column('kind', sa.Enum('jpeg', 'png', 'webp', name='photokind', native_enum=False, length=40), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('at', types.UtcDateTime(), nullable=False),
    sa.Column('device_at', types.UtcDateTime(), nullable=True),
    sa.Column('withdrawn_at', types.UtcDateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_sheet_photo_meeting_id')),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name=op.f('fk_sheet_photo_site_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sheet_photo')),
    sa.UniqueConstraint('sent_id', name=op.f('uq_sheet_photo_sent_id'))
    )
    op.create_index(op.f('ix_sheet_photo_meeting_id'), 'sheet_photo', ['meeting_id'])


def downgrade() -> None:
    op.drop_table('sheet_photo')
