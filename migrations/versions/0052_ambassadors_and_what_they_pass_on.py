"""Ambassadors, the sessions that they hold in factories, samples of these, and drills."""

import sqlalchemy as sa
from alembic import op

from app.platform.db import types

revision = '0052'
down_revision = '0050'


def upgrade() -> None:
    op.create_table('ambassador',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('factory_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('ambassador', 'master_trainer', name='ambassadorkind', native_enum=False, length=40), nullable=False),
    sa.Column('pathway_version_id', sa.Integer(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('appointed_at', types.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name=op.f('fk_ambassador_factory_id')),
    sa.ForeignKeyConstraint(['pathway_version_id'], ['pathway_version.id'], name=op.f('fk_ambassador_pathway_version_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_ambassador_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ambassador')),
    sa.UniqueConstraint('factory_id', 'person_id', 'starts_on', name=op.f('uq_ambassador_factory_id_person_id_starts_on'))
    )
    with op.batch_alter_table('ambassador', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ambassador_factory_id'), ['factory_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_ambassador_pathway_version_id'), ['pathway_version_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_ambassador_person_id'), ['person_id'], unique=False)
    op.create_table('task_verdict',
    sa.Column('log_id', sa.Integer(), nullable=False),
    sa.Column('verdict', sa.Enum('confirmed', 'more_needed', name='verdict', native_enum=False, length=40), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('at', types.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['log_id'], ['practice_log.id'], name=op.f('fk_task_verdict_log_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_task_verdict'))
    )
    with op.batch_alter_table('task_verdict', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_task_verdict_log_id'), ['log_id'], unique=False)
    op.create_table('cascade_session',
    sa.Column('sent_id', sa.String(length=32), nullable=False),
    sa.Column('factory_id', sa.Integer(), nullable=False),
    sa.Column('ambassador_id', sa.Integer(), nullable=True),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('theme', sa.String(), nullable=False),
    sa.Column('topic', sa.String(), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=True),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('line_id', sa.Integer(), nullable=True),
    sa.Column('level', sa.Enum('B', 'C', name='level', native_enum=False, length=40), nullable=False),
    sa.Column('has_roster', sa.Boolean(), nullable=False),
    sa.Column('women', sa.Integer(), nullable=False),
    sa.Column('men', sa.Integer(), nullable=False),
    sa.Column('others', sa.Integer(), nullable=False),
    sa.Column('first_id', sa.Integer(), nullable=True),
    sa.Column('corrects_id', sa.Integer(), nullable=True),
    sa.Column('why', sa.Enum('wrong_day', 'wrong_people', 'wrong_topic', 'entered_twice', 'not_held', 'other', name='why', native_enum=False, length=40), nullable=True),
    sa.Column('is_withdrawn', sa.Boolean(), nullable=False),
    sa.Column('evidence_key', sa.String(), nullable=True),
    sa.Column('evidence_kind', sa.Enum('jpeg', 'png', 'webp', name='photokind', native_enum=False, length=40), nullable=True),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('entered_at', types.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['ambassador_id'], ['ambassador.id'], name=op.f('fk_cascade_session_ambassador_id')),
    sa.ForeignKeyConstraint(['corrects_id'], ['cascade_session.id'], name=op.f('fk_cascade_session_corrects_id')),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_cascade_session_course_id')),
    sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name=op.f('fk_cascade_session_factory_id')),
    sa.ForeignKeyConstraint(['first_id'], ['cascade_session.id'], name=op.f('fk_cascade_session_first_id')),
    sa.ForeignKeyConstraint(['line_id'], ['line.id'], name=op.f('fk_cascade_session_line_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cascade_session')),
    sa.UniqueConstraint('corrects_id', name=op.f('uq_cascade_session_corrects_id')),
    sa.UniqueConstraint('sent_id', name=op.f('uq_cascade_session_sent_id'))
    )
    with op.batch_alter_table('cascade_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cascade_session_ambassador_id'), ['ambassador_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_cascade_session_course_id'), ['course_id'], unique=False)
        batch_op.create_index('ix_cascade_session_factory_held', ['factory_id', 'held_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_cascade_session_first_id'), ['first_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_cascade_session_line_id'), ['line_id'], unique=False)
    op.create_table('cascade_person',
    sa.Column('cascade_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum('helper', 'operator', 'quality', 'mechanic', 'office', 'supervisor', 'indirect_supervisor', 'manager', name='jobrole', native_enum=False, length=40), nullable=True),
    sa.Column('sex', sa.Enum('F', 'M', 'other', 'undisclosed', name='sex', native_enum=False, length=40), nullable=True),
    sa.Column('line', sa.String(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['cascade_id'], ['cascade_session.id'], name=op.f('fk_cascade_person_cascade_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_cascade_person_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cascade_person')),
    sa.UniqueConstraint('cascade_id', 'person_id', name=op.f('uq_cascade_person_cascade_id_person_id'))
    )
    with op.batch_alter_table('cascade_person', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cascade_person_person_id'), ['person_id'], unique=False)
    op.create_table('cascade_sample',
    sa.Column('sent_id', sa.String(length=32), nullable=False),
    sa.Column('factory_id', sa.Integer(), nullable=False),
    sa.Column('seed', sa.String(length=16), nullable=False),
    sa.Column('since', sa.Date(), nullable=True),
    sa.Column('sessions', sa.Integer(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('drawn_at', types.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name=op.f('fk_cascade_sample_factory_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cascade_sample')),
    sa.UniqueConstraint('sent_id', name=op.f('uq_cascade_sample_sent_id'))
    )
    with op.batch_alter_table('cascade_sample', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cascade_sample_factory_id'), ['factory_id'], unique=False)
    op.create_table('cascade_sample_item',
    sa.Column('sample_id', sa.Integer(), nullable=False),
    sa.Column('cascade_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('found', sa.Enum('confirmed', 'not_confirmed', 'not_found', name='found', native_enum=False, length=40), nullable=True),
    sa.Column('checked_on', sa.Date(), nullable=True),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['cascade_id'], ['cascade_session.id'], name=op.f('fk_cascade_sample_item_cascade_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_cascade_sample_item_person_id')),
    sa.ForeignKeyConstraint(['sample_id'], ['cascade_sample.id'], name=op.f('fk_cascade_sample_item_sample_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cascade_sample_item'))
    )
    with op.batch_alter_table('cascade_sample_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cascade_sample_item_cascade_id'), ['cascade_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_cascade_sample_item_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_cascade_sample_item_sample_id'), ['sample_id'], unique=False)
    op.create_table('drill',
    sa.Column('sent_id', sa.String(length=32), nullable=False),
    sa.Column('factory_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('fire', 'evacuation', 'first_aid', 'chemical_spill', name='drillkind', native_enum=False, length=40), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('shift', sa.Enum('day', 'evening', 'night', 'all', name='shift', native_enum=False, length=40), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('learnt', types.Json, nullable=False),
    sa.Column('withdraws_id', sa.Integer(), nullable=True),
    sa.Column('evidence_key', sa.String(), nullable=True),
    sa.Column('evidence_kind', sa.Enum('jpeg', 'png', 'webp', name='photokind', native_enum=False, length=40), nullable=True),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('entered_at', types.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name=op.f('fk_drill_factory_id')),
    sa.ForeignKeyConstraint(['withdraws_id'], ['drill.id'], name=op.f('fk_drill_withdraws_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_drill')),
    sa.UniqueConstraint('sent_id', name=op.f('uq_drill_sent_id')),
    sa.UniqueConstraint('withdraws_id', name=op.f('uq_drill_withdraws_id'))
    )
    with op.batch_alter_table('drill', schema=None) as batch_op:
        batch_op.create_index('ix_drill_factory_held', ['factory_id', 'held_on'], unique=False)


def downgrade() -> None:
    for name in ('drill', 'cascade_sample_item', 'cascade_sample', 'cascade_person', 'cascade_session', 'task_verdict', 'ambassador'):
        op.drop_table(name)
