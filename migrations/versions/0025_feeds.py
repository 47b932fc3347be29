"""Calendars that people subscribe to."""

import sqlalchemy as sa
from alembic import op

from app.platform.db import types

revision = '0025'
down_revision = '0024'


def upgrade() -> None:
    op.create_table('feed',
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.Enum('teaching', 'factory', 'advising', 'programme', 'own', name='feedkind', native_enum=False, length=40), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('changed_at', types.UtcDateTime(), nullable=False),
    sa.Column('revoked_at', types.UtcDateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('(account_id IS NULL) <> (person_id IS NULL)', name=op.f('ck_feed_one_owner')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_feed_account_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_feed_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feed')),
    sa.UniqueConstraint('account_id', 'kind', name=op.f('uq_feed_account_id_kind')),
    sa.UniqueConstraint('person_id', name=op.f('uq_feed_person_id'))
    )
    op.create_table('feed_stamp',
    sa.Column('training_id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('revised_at', types.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_feed_stamp_programme_id')),
    sa.ForeignKeyConstraint(['training_id'], ['training_session.id'], name=op.f('fk_feed_stamp_training_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feed_stamp')),
    sa.UniqueConstraint('training_id', name=op.f('uq_feed_stamp_training_id'))
    )
    op.create_index('ix_feed_stamp_programme', 'feed_stamp', ['programme_id', 'revision', 'revised_at'])
    with op.batch_alter_table('invitation') as batch_op:
        batch_op.add_column(sa.Column('was', types.Json, server_default='{}', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('invitation') as batch_op:
        batch_op.drop_column('was')
    op.drop_table('feed_stamp')
    op.drop_table('feed')
