"""What trainers speak and may teach, when they are away, and conflicts that were accepted."""

import sqlalchemy as sa
from alembic import op

from app.platform.db import types

revision = '0021'
down_revision = '0020'


def upgrade() -> None:
    op.create_table('absence',
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('starts_on <= ends_on', name=op.f('ck_absence_in_order')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_absence_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_absence'))
    )
    with op.batch_alter_table('absence') as batch_op:
        batch_op.create_index(batch_op.f('ix_absence_account_id'), ['account_id'])

    op.create_table('qualification',
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_qualification_account_id')),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_qualification_course_id')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_qualification_programme_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_qualification')),
    sa.UniqueConstraint('programme_id', 'account_id', 'course_id', name=op.f('uq_qualification_programme_id_account_id_course_id'))
    )
    with op.batch_alter_table('qualification') as batch_op:
        batch_op.create_index(batch_op.f('ix_qualification_account_id'), ['account_id'])
        batch_op.create_index(batch_op.f('ix_qualification_course_id'), ['course_id'])

    op.create_table('trainer_languages',
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('languages', types.Json, nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_trainer_languages_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_trainer_languages')),
    sa.UniqueConstraint('account_id', name=op.f('uq_trainer_languages_account_id'))
    )
    op.create_table('accepted_conflict',
    sa.Column('training_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('trainer_busy', 'trainer_away', 'trainer_language', 'trainer_unqualified', 'interpreter_busy', 'interpreter_language', 'room_busy', 'room_small', 'venue_busy', 'not_in_use', 'host_busy', 'link_busy', 'people_busy', 'line_release', 'rest_day', 'holiday', 'holiday_provisional', 'break', 'travel', name='kind', native_enum=False, length=40), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('at', types.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_accepted_conflict_account_id')),
    sa.ForeignKeyConstraint(['training_id'], ['training_session.id'], name=op.f('fk_accepted_conflict_training_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_accepted_conflict')),
    sa.UniqueConstraint('training_id', 'key', name=op.f('uq_accepted_conflict_training_id_key'))
    )
    with op.batch_alter_table('interpreter') as batch_op:
        batch_op.drop_index(batch_op.f('ix_interpreter_programme_id'))
        batch_op.create_unique_constraint(batch_op.f('uq_interpreter_programme_id_name'), ['programme_id', 'name'])


def downgrade() -> None:
    with op.batch_alter_table('interpreter') as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_interpreter_programme_id_name'), type_='unique')
        batch_op.create_index(batch_op.f('ix_interpreter_programme_id'), ['programme_id'])

    op.drop_table('accepted_conflict')
    op.drop_table('trainer_languages')
    with op.batch_alter_table('qualification') as batch_op:
        batch_op.drop_index(batch_op.f('ix_qualification_course_id'))
        batch_op.drop_index(batch_op.f('ix_qualification_account_id'))

    op.drop_table('qualification')
    with op.batch_alter_table('absence') as batch_op:
        batch_op.drop_index(batch_op.f('ix_absence_account_id'))

    op.drop_table('absence')
