"""Attempts ask what was drawn for them; rules of quizzes, late answers, changed keys and grades."""

import sqlalchemy as sa
from alembic import op

from app.platform.db import types

revision = '0033'
down_revision = '0032'

OPEN = "state IN ('not_started', 'in_progress', 'overdue')"
RUNNING = "state = 'in_progress'"
WHOSE = ['training_id', 'unit_id', 'person_id']


def upgrade() -> None:
    op.create_table('quiz_allowance',
    sa.Column('training_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('factory_id', sa.Integer(), nullable=True),
    sa.Column('extra', sa.Numeric(precision=3, scale=2), nullable=True),
    sa.Column('untimed', sa.Boolean(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=True),
    sa.Column('opens_at', types.UtcDateTime(), nullable=True),
    sa.Column('closes_at', types.UtcDateTime(), nullable=True),
    sa.Column('why', sa.String(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('at', types.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('(person_id IS NULL) <> (factory_id IS NULL)', name=op.f('ck_quiz_allowance_whose')),
    sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name=op.f('fk_quiz_allowance_factory_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_quiz_allowance_person_id')),
    sa.ForeignKeyConstraint(['training_id'], ['training_session.id'], name=op.f('fk_quiz_allowance_training_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_quiz_allowance_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quiz_allowance')),
    sa.UniqueConstraint('training_id', 'unit_id', 'factory_id', name=op.f('uq_quiz_allowance_training_id_unit_id_factory_id')),
    sa.UniqueConstraint('training_id', 'unit_id', 'person_id', name=op.f('uq_quiz_allowance_training_id_unit_id_person_id'))
    )
    op.create_index(op.f('ix_quiz_allowance_person_id'), 'quiz_allowance', ['person_id'])
    op.create_table('grade_change',
    sa.Column('attempt_id', sa.Integer(), nullable=False),
    sa.Column('about', sa.String(), nullable=False),
    sa.Column('score_before', sa.Double(), nullable=True),
    sa.Column('max_before', sa.Double(), nullable=True),
    sa.Column('passed_before', sa.Boolean(), nullable=True),
    sa.Column('score_after', sa.Double(), nullable=True),
    sa.Column('max_after', sa.Double(), nullable=True),
    sa.Column('passed_after', sa.Boolean(), nullable=True),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('at', types.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], name=op.f('fk_grade_change_attempt_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_grade_change'))
    )
    op.create_index(op.f('ix_grade_change_attempt_id'), 'grade_change', ['attempt_id'])
    op.create_table('key_change',
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('key', types.Json, nullable=True),
    sa.Column('why', sa.String(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('at', types.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['question_id'], ['question.id'], name=op.f('fk_key_change_question_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_key_change')),
    sa.UniqueConstraint('question_id', 'number', name=op.f('uq_key_change_question_id_number'))
    )
    op.create_table('late_answer',
    sa.Column('attempt_id', sa.Integer(), nullable=False),
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('choice', types.Json, nullable=False),
    sa.Column('arrived_at', types.UtcDateTime(), nullable=False),
    sa.Column('why', sa.Enum('after_time', 'after_handing_in', name='late', native_enum=False, length=40), nullable=False),
    sa.Column('counts', sa.Boolean(), nullable=True),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.Column('decided_at', types.UtcDateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], name=op.f('fk_late_answer_attempt_id')),
    sa.ForeignKeyConstraint(['question_id'], ['question.id'], name=op.f('fk_late_answer_question_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_late_answer'))
    )
    op.create_index(op.f('ix_late_answer_attempt_id'), 'late_answer', ['attempt_id'])
    op.create_table('manual_grade',
    sa.Column('attempt_id', sa.Integer(), nullable=False),
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('share', sa.Numeric(precision=7, scale=6), nullable=False),
    sa.Column('comment', sa.String(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('at', types.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], name=op.f('fk_manual_grade_attempt_id')),
    sa.ForeignKeyConstraint(['question_id'], ['question.id'], name=op.f('fk_manual_grade_question_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_manual_grade'))
    )
    op.create_index('ix_manual_grade_attempt_question', 'manual_grade', ['attempt_id', 'question_id'])
    with op.batch_alter_table('answer') as batch_op:
        batch_op.add_column(sa.Column('language', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('account_id', sa.Integer(), nullable=True))
    with op.batch_alter_table('attempt') as batch_op:
        batch_op.drop_index('uq_attempt_open')
        batch_op.add_column(sa.Column('mode', sa.Enum('own', 'aloud', 'paper', name='attemptmode', native_enum=False, length=40), server_default='own', nullable=False))
        batch_op.add_column(sa.Column('form', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('question_ids', types.Json, server_default='[]', nullable=False))
        batch_op.alter_column('started_at', existing_type=types.UtcDateTime(), nullable=True)
        batch_op.alter_column('deadline_at', existing_type=types.UtcDateTime(), nullable=True)
        batch_op.create_index('ix_attempt_state_deadline', ['state', 'deadline_at'])
        batch_op.create_index('uq_attempt_open', WHOSE, unique=True, sqlite_where=sa.text(OPEN), postgresql_where=sa.text(OPEN))
    with op.batch_alter_table('question') as batch_op:
        batch_op.add_column(sa.Column('part', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('form', sa.Integer(), nullable=True))
    with op.batch_alter_table('unit') as batch_op:
        batch_op.add_column(sa.Column('rules', types.Json, nullable=True))
    _ask_everything()


def _ask_everything() -> None:
    """Until now each attempt asked the whole bank in its order."""
    connection = op.get_bind()
    banks: dict[int, list[int]] = {}
    for unit_id, question_id in connection.execute(sa.text('SELECT unit_id, id FROM question ORDER BY unit_id, position')):
        banks.setdefault(unit_id, []).append(question_id)
    statement = sa.text('UPDATE attempt SET question_ids = :ids WHERE unit_id = :unit_id').bindparams(sa.bindparam('ids', type_=types.Json))
    for unit_id, ids in banks.items():
        connection.execute(statement, {'ids': ids, 'unit_id': unit_id})


def downgrade() -> None:
    op.execute("DELETE FROM answer WHERE attempt_id IN (SELECT id FROM attempt WHERE started_at IS NULL OR deadline_at IS NULL)")
    op.drop_table('grade_change')
    op.drop_table('manual_grade')
    op.drop_table('late_answer')
    op.drop_table('key_change')
    op.drop_table('quiz_allowance')
    op.execute("DELETE FROM attempt WHERE started_at IS NULL OR deadline_at IS NULL")
    with op.batch_alter_table('unit') as batch_op:
        batch_op.drop_column('rules')
    with op.batch_alter_table('question') as batch_op:
        batch_op.drop_column('form')
        batch_op.drop_column('part')
    with op.batch_alter_table('attempt') as batch_op:
        batch_op.drop_index('uq_attempt_open')
        batch_op.drop_index('ix_attempt_state_deadline')
        batch_op.alter_column('deadline_at', existing_type=types.UtcDateTime(), nullable=False)
        batch_op.alter_column('started_at', existing_type=types.UtcDateTime(), nullable=False)
        batch_op.drop_column('question_ids')
        batch_op.drop_column('form')
        batch_op.drop_column('mode')
        batch_op.create_index('uq_attempt_open', WHOSE, unique=True, sqlite_where=sa.text(RUNNING), postgresql_where=sa.text(RUNNING))
    with op.batch_alter_table('answer') as batch_op:
        batch_op.drop_column('account_id')
        batch_op.drop_column('language')
