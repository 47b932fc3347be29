"""Rooms at meeting providers and who came into them."""

import sqlalchemy as sa
from alembic import op

from app.platform.db import types

revision = '0023'
down_revision = '0022'


def upgrade() -> None:
    op.create_table('meeting_room',
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('provider', sa.Enum('pasted', 'jitsi', 'bigbluebutton', name='provider', native_enum=False, length=40), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('seed', sa.String(), nullable=False),
    sa.Column('maker', sa.String(), nullable=False),
    sa.Column('details', types.Json, nullable=False),
    sa.Column('state', sa.Enum('wanted', 'ready', 'failed', 'ended', name='roomstate', native_enum=False, length=40), nullable=False),
    sa.Column('problem', sa.Enum('away', 'garbled', 'refused', 'foreign', 'unset', name='problem', native_enum=False, length=40), nullable=True),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('changed_at', types.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_room_meeting_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_room')),
    sa.UniqueConstraint('key', name=op.f('uq_meeting_room_key')),
    sa.UniqueConstraint('meeting_id', name=op.f('uq_meeting_room_meeting_id'))
    )
    op.create_index(op.f('ix_meeting_room_state'), 'meeting_room', ['state'])
    op.create_table('room_visit',
    sa.Column('room_id', sa.Integer(), nullable=False),
    sa.Column('mark', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('seat_id', sa.Integer(), nullable=True),
    sa.Column('came_at', types.UtcDateTime(), nullable=False),
    sa.Column('seen_at', types.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['room_id'], ['meeting_room.id'], name=op.f('fk_room_visit_room_id')),
    sa.ForeignKeyConstraint(['seat_id'], ['seat.id'], name=op.f('fk_room_visit_seat_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_room_visit')),
    sa.UniqueConstraint('room_id', 'mark', name=op.f('uq_room_visit_room_id_mark'))
    )
    op.create_index(op.f('ix_room_visit_seat_id'), 'room_visit', ['seat_id'])


def downgrade() -> None:
    op.drop_table('room_visit')
    op.drop_table('meeting_room')
