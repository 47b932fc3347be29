"""Line productivity: files of weeks, the weeks, trainings of lines, comparisons."""

import sqlalchemy as sa
from alembic import op

from app.platform.db.types import Json, UtcDateTime

revision = '0063'
down_revision = '0061'


def upgrade() -> None:
    op.create_table(
        'week_file',
        sa.Column('factory_id', sa.Integer(), nullable=False),
        sa.Column('file_name', sa.String(), nullable=False),
        sa.Column('sha256', sa.String(), nullable=False),
        sa.Column('state', sa.String(length=40), nullable=False),
        sa.Column('found', Json, nullable=False),
        sa.Column('account_id', sa.Integer(), nullable=True),
        sa.Column('created_at', UtcDateTime(), nullable=False),
        sa.Column('applied_at', UtcDateTime(), nullable=True),
        sa.Column('undone_at', UtcDateTime(), nullable=True),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name='fk_week_file_factory_id_factory'),
        sa.PrimaryKeyConstraint('id', name='pk_week_file'),
    )
    op.create_index('ix_week_file_factory_id', 'week_file', ['factory_id'])
    op.create_table(
        'line_week',
        sa.Column('file_id', sa.Integer(), nullable=False),
        sa.Column('line', sa.String(), nullable=False),
        sa.Column('line_key', sa.String(), nullable=False),
        sa.Column('monday', sa.Date(), nullable=False),
        sa.Column('operators', sa.Double(), nullable=False),
        sa.Column('minutes', sa.Double(), nullable=False),
        sa.Column('sam', sa.Double(), nullable=False),
        sa.Column('pieces', sa.Double(), nullable=False),
        sa.Column('defects', sa.Double(), nullable=True),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['file_id'], ['week_file.id'], name='fk_line_week_file_id_week_file'),
        sa.PrimaryKeyConstraint('id', name='pk_line_week'),
        sa.UniqueConstraint('file_id', 'line_key', 'monday', name='uq_line_week_file_id_line_key_monday'),
    )
    op.create_table(
        'line_training',
        sa.Column('factory_id', sa.Integer(), nullable=False),
        sa.Column('line', sa.String(), nullable=False),
        sa.Column('line_key', sa.String(), nullable=False),
        sa.Column('trained_on', sa.Date(), nullable=True),
        sa.Column('sex', sa.String(length=40), nullable=True),
        sa.Column('account_id', sa.Integer(), nullable=True),
        sa.Column('said_at', UtcDateTime(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name='fk_line_training_factory_id_factory'),
        sa.PrimaryKeyConstraint('id', name='pk_line_training'),
    )
    op.create_index('ix_line_training_factory_id', 'line_training', ['factory_id'])
    op.create_table(
        'effect_result',
        sa.Column('programme_id', sa.Integer(), nullable=False),
        sa.Column('factory_id', sa.Integer(), nullable=True),
        sa.Column('ordered_at', UtcDateTime(), nullable=False),
        sa.Column('made_at', UtcDateTime(), nullable=True),
        sa.Column('inputs_sha256', sa.String(), nullable=True),
        sa.Column('found', Json, nullable=True),
        sa.Column('account_id', sa.Integer(), nullable=True),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name='fk_effect_result_programme_id_programme'),
        sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name='fk_effect_result_factory_id_factory'),
        sa.PrimaryKeyConstraint('id', name='pk_effect_result'),
    )
    op.create_index('ix_effect_result_programme_id', 'effect_result', ['programme_id'])
    op.create_index('ix_effect_result_factory_id', 'effect_result', ['factory_id'])


def downgrade() -> None:
    for table in ('effect_result', 'line_training', 'line_week', 'week_file'):
        op.drop_table(table)
