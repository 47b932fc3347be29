"""What reports of meetings say, and what was decided about names in them."""

import sqlalchemy as sa
from alembic import op

from app.platform.db import types

revision = '0032'
down_revision = '0031'


def upgrade() -> None:
    op.create_table(
        'report_alias',
        sa.Column('programme_id', sa.Integer(), nullable=False),
        sa.Column('key', sa.String(length=64), nullable=False),
        sa.Column('decision', sa.Enum('person', 'nobody', 'staff', 'room', 'guest', name='decision', native_enum=False, length=40), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=True),
        sa.Column('site_name', sa.String(), nullable=True),
        sa.Column('account_id', sa.Integer(), nullable=True),
        sa.Column('at', types.UtcDateTime(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_report_alias_person_id')),
        sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_report_alias_programme_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_report_alias')),
        sa.UniqueConstraint('programme_id', 'key', name=op.f('uq_report_alias_programme_id_key'))
    )
    op.create_index(op.f('ix_report_alias_person_id'), 'report_alias', ['person_id'])
    op.create_table(
        'meeting_report',
        sa.Column('meeting_id', sa.Integer(), nullable=False),
        sa.Column('provider', sa.String(), nullable=False),
        sa.Column('format', sa.String(), nullable=False),
        sa.Column('zone', sa.String(), nullable=False),
        sa.Column('parts', types.Json, nullable=False),
        sa.Column('seconds', sa.Integer(), nullable=False),
        sa.Column('account_id', sa.Integer(), nullable=True),
        sa.Column('at', types.UtcDateTime(), nullable=False),
        sa.Column('times_applied', sa.Integer(), server_default='0', nullable=False),
        sa.Column('applied_at', types.UtcDateTime(), nullable=True),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_report_meeting_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_report')),
        sa.UniqueConstraint('meeting_id', name=op.f('uq_meeting_report_meeting_id'))
    )
    op.create_table(
        'report_file',
        sa.Column('report_id', sa.Integer(), nullable=False),
        sa.Column('sha256', sa.String(length=64), nullable=False),
        sa.Column('name', sa.String(), nullable=False),
        sa.Column('account_id', sa.Integer(), nullable=True),
        sa.Column('at', types.UtcDateTime(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['report_id'], ['meeting_report.id'], name=op.f('fk_report_file_report_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_report_file')),
        sa.UniqueConstraint('report_id', 'sha256', name=op.f('uq_report_file_report_id_sha256'))
    )
    op.create_table(
        'report_participant',
        sa.Column('report_id', sa.Integer(), nullable=False),
        sa.Column('key', sa.String(length=64), nullable=False),
        sa.Column('display_name', sa.String(), nullable=False),
        sa.Column('email', sa.String(), nullable=True),
        sa.Column('is_host', sa.Boolean(), nullable=False),
        sa.Column('said', types.Json, nullable=False),
        sa.Column('status', sa.Enum('exact', 'probable', 'ambiguous', 'unknown', 'room', name='status', native_enum=False, length=40), nullable=False),
        sa.Column('by', sa.String(), nullable=True),
        sa.Column('candidates', types.Json, nullable=False),
        sa.Column('decision', sa.Enum('person', 'nobody', 'staff', 'room', 'guest', name='decision', native_enum=False, length=40), nullable=True),
        sa.Column('person_id', sa.Integer(), nullable=True),
        sa.Column('site_id', sa.Integer(), nullable=True),
        sa.Column('decided_by', sa.Integer(), nullable=True),
        sa.Column('decided_at', types.UtcDateTime(), nullable=True),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_report_participant_person_id')),
        sa.ForeignKeyConstraint(['report_id'], ['meeting_report.id'], name=op.f('fk_report_participant_report_id')),
        sa.ForeignKeyConstraint(['site_id'], ['site.id'], name=op.f('fk_report_participant_site_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_report_participant')),
        sa.UniqueConstraint('report_id', 'key', name=op.f('uq_report_participant_report_id_key'))
    )
    op.create_index(op.f('ix_report_participant_email'), 'report_participant', ['email'])
    op.create_index(op.f('ix_report_participant_person_id'), 'report_participant', ['person_id'])


def downgrade() -> None:
    op.drop_table('report_participant')
    op.drop_table('report_file')
    op.drop_table('meeting_report')
    op.drop_table('report_alias')
