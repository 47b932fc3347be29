"""Anonymous forms and whose turn they are; training sessions of before need no evaluation. Quizzes open by themselves."""

import sqlalchemy as sa
from alembic import op

from app.platform.db import types

revision = '0039'
down_revision = '0038'

RANDOM = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
PHASE = sa.Enum('pre', 'post', name='surveyphase', native_enum=False, length=40)
FOR_ALL = sa.text('factory_id IS NULL')


def upgrade() -> None:
    op.create_table('survey_turn',
    sa.Column('training_id', sa.Integer(), nullable=False),
    sa.Column('form', sa.String(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('has_answered', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_survey_turn_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_turn')),
    sa.UniqueConstraint('training_id', 'form', 'person_id', name=op.f('uq_survey_turn_training_id_form_person_id'))
    )
    op.create_index(op.f('ix_survey_turn_person_id'), 'survey_turn', ['person_id'])
    op.create_table('evaluation_waiver',
    sa.Column('training_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evaluation_waiver')),
    sa.UniqueConstraint('training_id', name=op.f('uq_evaluation_waiver_training_id'))
    )
    op.create_table('survey_window',
    sa.Column('training_id', sa.Integer(), nullable=False),
    sa.Column('form', sa.String(), nullable=False),
    sa.Column('phase', PHASE, nullable=True),
    sa.Column('factory_id', sa.Integer(), nullable=True),
    sa.Column('opened_at', types.UtcDateTime(), nullable=False),
    sa.Column('closes_at', types.UtcDateTime(), nullable=False),
    sa.Column('is_counted', sa.Boolean(), nullable=False),
    sa.Column('figures', types.Json, nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('(phase IS NULL) = (factory_id IS NULL)', name=op.f('ck_survey_window_whose')),
    sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name=op.f('fk_survey_window_factory_id')),
    sa.ForeignKeyConstraint(['training_id'], ['training_session.id'], name=op.f('fk_survey_window_training_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_window')),
    sa.UniqueConstraint('training_id', 'form', 'factory_id', 'phase', name=op.f('uq_survey_window_training_id_form_factory_id_phase'))
    )
    op.create_index(op.f('ix_survey_window_training_id'), 'survey_window', ['training_id'])
    op.create_index(op.f('ix_survey_window_factory_id'), 'survey_window', ['factory_id'])
    op.create_index(op.f('ix_survey_window_closes_at'), 'survey_window', ['closes_at'])
    op.create_index('uq_survey_window_for_all', 'survey_window', ['training_id', 'form'], unique=True, sqlite_where=FOR_ALL, postgresql_where=FOR_ALL)
    op.create_table('survey_response',
    sa.Column('id', RANDOM, autoincrement=False, nullable=False),
    sa.Column('training_id', sa.Integer(), nullable=False),
    sa.Column('form', sa.String(), nullable=False),
    sa.Column('phase', PHASE, nullable=True),
    sa.Column('factory_id', sa.Integer(), nullable=True),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('answers', types.Json, nullable=False),
    sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name=op.f('fk_survey_response_factory_id')),
    sa.ForeignKeyConstraint(['training_id'], ['training_session.id'], name=op.f('fk_survey_response_training_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_response'))
    )
    op.create_index('ix_survey_response_training_form', 'survey_response', ['training_id', 'form'])
    op.create_table('survey_ticket',
    sa.Column('id', RANDOM, autoincrement=False, nullable=False),
    sa.Column('window_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['window_id'], ['survey_window.id'], name=op.f('fk_survey_ticket_window_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_ticket'))
    )
    op.create_index(op.f('ix_survey_ticket_window_id'), 'survey_ticket', ['window_id'])
    op.create_table('quiz_plan',
    sa.Column('training_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('phase', sa.Enum('pre', 'post', 'follow_up', 'practice', name='quizphase', native_enum=False, length=40), nullable=False),
    sa.Column('opens_at', types.UtcDateTime(), nullable=False),
    sa.Column('closes_at', types.UtcDateTime(), nullable=False),
    sa.Column('opened_at', types.UtcDateTime(), nullable=True),
    sa.Column('last_call_at', types.UtcDateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['training_id'], ['training_session.id'], name=op.f('fk_quiz_plan_training_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_quiz_plan_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quiz_plan')),
    sa.UniqueConstraint('training_id', 'unit_id', name=op.f('uq_quiz_plan_training_id_unit_id'))
    )
    op.create_index(op.f('ix_quiz_plan_opens_at'), 'quiz_plan', ['opens_at'])
    op.execute(
        "INSERT INTO evaluation_waiver (training_id) SELECT id FROM training_session WHERE state = 'closed'"
        ' OR id IN (SELECT training_id FROM completion)'
    )


def downgrade() -> None:
    for table in ('quiz_plan', 'survey_ticket', 'survey_response', 'survey_window', 'evaluation_waiver', 'survey_turn'):
        op.drop_table(table)
