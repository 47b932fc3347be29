"""Quizzes that are read out, and tests on paper that are typed twice."""

import sqlalchemy as sa
from alembic import op

from app.platform.db import types

revision = '0038'
down_revision = '0037'

PAPER = "mode = 'paper'"
READ = "mode = 'aloud' AND ended_at IS NULL"
WAITS = "attempt_id IS NULL AND dropped_at IS NULL"


def upgrade() -> None:
    op.create_table('quiz_booklet',
    sa.Column('training_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('mode', sa.Enum('own', 'aloud', 'paper', name='attemptmode', native_enum=False, length=40), nullable=False),
    sa.Column('form', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('seed', sa.Integer(), nullable=False),
    sa.Column('question_ids', types.Json, nullable=False),
    sa.Column('letters', types.Json, nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('at', types.UtcDateTime(), nullable=False),
    sa.Column('ended_at', types.UtcDateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['training_id'], ['training_session.id'], name=op.f('fk_quiz_booklet_training_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_quiz_booklet_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quiz_booklet')),
    sa.UniqueConstraint('code', name=op.f('uq_quiz_booklet_code')),
    sa.UniqueConstraint('training_id', 'unit_id', 'seed', name=op.f('uq_quiz_booklet_training_id_unit_id_seed'))
    )
    op.create_index('uq_quiz_booklet_paper', 'quiz_booklet', ['training_id', 'unit_id', 'form'], unique=True, sqlite_where=sa.text(PAPER), postgresql_where=sa.text(PAPER))
    op.create_index('uq_quiz_booklet_read', 'quiz_booklet', ['training_id', 'unit_id'], unique=True, sqlite_where=sa.text(READ), postgresql_where=sa.text(READ))
    op.create_table('paper_entry',
    sa.Column('record_id', sa.String(length=32), nullable=False),
    sa.Column('booklet_id', sa.Integer(), nullable=False),
    sa.Column('training_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('turn', sa.Integer(), nullable=False),
    sa.Column('choices', types.Json, nullable=True),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('at', types.UtcDateTime(), nullable=False),
    sa.Column('attempt_id', sa.Integer(), nullable=True),
    sa.Column('dropped_by', sa.Integer(), nullable=True),
    sa.Column('dropped_at', types.UtcDateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], name=op.f('fk_paper_entry_attempt_id')),
    sa.ForeignKeyConstraint(['booklet_id'], ['quiz_booklet.id'], name=op.f('fk_paper_entry_booklet_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_paper_entry_person_id')),
    sa.ForeignKeyConstraint(['training_id'], ['training_session.id'], name=op.f('fk_paper_entry_training_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_paper_entry_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_entry')),
    sa.UniqueConstraint('record_id', name=op.f('uq_paper_entry_record_id'))
    )
    op.create_index(op.f('ix_paper_entry_attempt_id'), 'paper_entry', ['attempt_id'])
    op.create_index(op.f('ix_paper_entry_person_id'), 'paper_entry', ['person_id'])
    op.create_index('uq_paper_entry_waiting', 'paper_entry', ['training_id', 'unit_id', 'person_id', 'turn'], unique=True, sqlite_where=sa.text(WAITS), postgresql_where=sa.text(WAITS))


def downgrade() -> None:
    op.drop_table('paper_entry')
    op.drop_table('quiz_booklet')
