"""Lessons that people read alone, and logs of practice tasks."""

import sqlalchemy as sa
from alembic import op

from app.platform.db import types

revision = '0013'
down_revision = '0012'


def upgrade() -> None:
    op.create_table('study',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('started_at', types.UtcDateTime(), nullable=False),
    sa.Column('last_at', types.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_study_course_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_study_person_id')),
    sa.ForeignKeyConstraint(['version_id'], ['course_version.id'], name=op.f('fk_study_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_study')),
    sa.UniqueConstraint('person_id', 'course_id', name=op.f('uq_study_person_id_course_id'))
    )
    op.create_table('lesson_progress',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('first_read_at', types.UtcDateTime(), nullable=False),
    sa.Column('last_read_at', types.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_lesson_progress_person_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_lesson_progress_unit_id')),
    sa.ForeignKeyConstraint(['version_id'], ['course_version.id'], name=op.f('fk_lesson_progress_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lesson_progress')),
    sa.UniqueConstraint('person_id', 'version_id', 'unit_id', name=op.f('uq_lesson_progress_person_id_version_id_unit_id'))
    )
    op.create_table('practice_log',
    sa.Column('log_id', sa.String(length=32), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('photo_key', sa.String(), nullable=True),
    sa.Column('photo_kind', sa.Enum('jpeg', 'png', 'webp', name='photokind', native_enum=False, length=40), nullable=True),
    sa.Column('factory_id', sa.Integer(), nullable=True),
    sa.Column('created_at', types.UtcDateTime(), nullable=False),
    sa.Column('withdrawn_at', types.UtcDateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name=op.f('fk_practice_log_factory_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_practice_log_person_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_practice_log_unit_id')),
    sa.ForeignKeyConstraint(['version_id'], ['course_version.id'], name=op.f('fk_practice_log_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_practice_log')),
    sa.UniqueConstraint('log_id', name=op.f('uq_practice_log_log_id'))
    )
    with op.batch_alter_table('practice_log', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_practice_log_factory_id'), ['factory_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_practice_log_person_id'), ['person_id'], unique=False)


def downgrade() -> None:
    op.drop_table('practice_log')
    op.drop_table('lesson_progress')
    op.drop_table('study')
