"""Factories say which courses they want, and for how many people."""

import sqlalchemy as sa
from alembic import op

from app.platform.db import types

revision = '0012'
down_revision = '0011'

_WAITING = sa.text("state IN ('open', 'planned')")


def upgrade() -> None:
    op.create_table('interest',
    sa.Column('factory_id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('month', sa.Date(), nullable=True),
    sa.Column('modality', sa.Enum('in_person', 'virtual', 'hybrid', name='modality', native_enum=False, length=40), nullable=True),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('state', sa.Enum('open', 'planned', 'met', 'withdrawn', name='intereststate', native_enum=False, length=40), nullable=False),
    sa.Column('declared_at', types.UtcDateTime(), nullable=False),
    sa.Column('declared_by', sa.Integer(), nullable=True),
    sa.Column('changed_at', types.UtcDateTime(), nullable=False),
    sa.Column('training_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_interest_course_id')),
    sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name=op.f('fk_interest_factory_id')),
    sa.ForeignKeyConstraint(['training_id'], ['training_session.id'], name=op.f('fk_interest_training_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_interest'))
    )
    op.create_index(op.f('ix_interest_factory_id'), 'interest', ['factory_id'])
    op.create_index(op.f('ix_interest_course_id'), 'interest', ['course_id'])
    op.create_index(op.f('ix_interest_training_id'), 'interest', ['training_id'])
    op.create_index(
        'uq_interest_waiting', 'interest', ['factory_id', 'course_id'], unique=True,
        sqlite_where=_WAITING, postgresql_where=_WAITING,
    )


def downgrade() -> None:
    op.drop_table('interest')
