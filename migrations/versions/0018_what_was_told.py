"""What was told to whom beside invitations, and what accounts want to be told."""

import sqlalchemy as sa
from alembic import op

from app.platform.db import types

revision = '0018'
down_revision = '0017'


def upgrade() -> None:
    op.create_table('notification_choice',
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('has_digests', sa.Boolean(), server_default=sa.true(), nullable=False),
    sa.Column('has_reminders', sa.Boolean(), server_default=sa.true(), nullable=False),
    sa.Column('changed_at', types.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_notification_choice_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notification_choice')),
    sa.UniqueConstraint('account_id', name=op.f('uq_notification_choice_account_id'))
    )
    op.create_table('telling',
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('kind', sa.Enum('reminder', 'digest', 'notice', name='tellingkind', native_enum=False, length=40), nullable=False),
    sa.Column('way', sa.Enum('mail', 'paper', 'chat', name='way', native_enum=False, length=40), nullable=False),
    sa.Column('at', types.UtcDateTime(), nullable=False),
    sa.Column('training_id', sa.Integer(), nullable=True),
    sa.Column('factory_id', sa.Integer(), nullable=True),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('told_by', sa.Integer(), nullable=True),
    sa.Column('mail_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_telling_account_id')),
    sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name=op.f('fk_telling_factory_id')),
    sa.ForeignKeyConstraint(['mail_id'], ['mail_message.id'], name=op.f('fk_telling_mail_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_telling_person_id')),
    sa.ForeignKeyConstraint(['training_id'], ['training_session.id'], name=op.f('fk_telling_training_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_telling')),
    sa.UniqueConstraint('key', name=op.f('uq_telling_key'))
    )
    with op.batch_alter_table('telling') as batch_op:
        batch_op.create_index(batch_op.f('ix_telling_account_id'), ['account_id'])
        batch_op.create_index(batch_op.f('ix_telling_factory_id'), ['factory_id'])
        batch_op.create_index(batch_op.f('ix_telling_mail_id'), ['mail_id'])
        batch_op.create_index(batch_op.f('ix_telling_person_id'), ['person_id'])
        batch_op.create_index(batch_op.f('ix_telling_training_id'), ['training_id'])


def downgrade() -> None:
    with op.batch_alter_table('telling') as batch_op:
        batch_op.drop_index(batch_op.f('ix_telling_training_id'))
        batch_op.drop_index(batch_op.f('ix_telling_person_id'))
        batch_op.drop_index(batch_op.f('ix_telling_mail_id'))
        batch_op.drop_index(batch_op.f('ix_telling_factory_id'))
        batch_op.drop_index(batch_op.f('ix_telling_account_id'))

    op.drop_table('telling')
    op.drop_table('notification_choice')
