"""People check in by a code; phones that came with an old one are noted."""

import sqlalchemy as sa
from alembic import op

from app.platform.db import types

revision = '0028'
down_revision = '0027'


def upgrade() -> None:
    op.create_table('check_in',
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('site_id', sa.Integer(), nullable=False),
    sa.Column('way', sa.Enum('screen', 'paper', name='way', native_enum=False, length=40), nullable=False),
    sa.Column('proof', sa.Enum('signed_in', 'number', name='proof', native_enum=False, length=40), nullable=False),
    sa.Column('device', sa.String(), nullable=False),
    sa.Column('at', types.UtcDateTime(), nullable=False),
    sa.Column('mark_id', sa.String(length=32), nullable=True),
    sa.Column('outcome', sa.Enum('here', 'not_here', name='outcome', native_enum=False, length=40), nullable=True),
    sa.Column('settled_at', types.UtcDateTime(), nullable=True),
    sa.Column('settled_by', sa.Integer(), nullable=True),
    sa.Column('refused_at', types.UtcDateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_check_in_meeting_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_check_in_person_id')),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name=op.f('fk_check_in_site_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_check_in')),
    sa.UniqueConstraint('meeting_id', 'person_id', name=op.f('uq_check_in_meeting_id_person_id'))
    )
    op.create_index(op.f('ix_check_in_person_id'), 'check_in', ['person_id'])
    op.create_table('old_code',
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('device', sa.String(), nullable=False),
    sa.Column('at', types.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_old_code_meeting_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_old_code')),
    sa.UniqueConstraint('meeting_id', 'device', name=op.f('uq_old_code_meeting_id_device'))
    )


def downgrade() -> None:
    op.drop_table('old_code')
    op.drop_table('check_in')
