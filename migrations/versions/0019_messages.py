"""Messages to everybody in a training session are counted, and sent once."""

import sqlalchemy as sa
from alembic import op

from app.platform.db import types

revision = '0019'
down_revision = '0018'


def upgrade() -> None:
    op.create_table('training_message',
    sa.Column('training_id', sa.Integer(), nullable=False),
    sa.Column('token', sa.String(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('audience', sa.Enum('booked', 'waiting', 'factories', 'trainers', name='audience', native_enum=False, length=40), nullable=False),
    sa.Column('mails', sa.Integer(), nullable=False),
    sa.Column('sent_at', types.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['training_id'], ['training_session.id'], name=op.f('fk_training_message_training_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_message')),
    sa.UniqueConstraint('training_id', 'token', name=op.f('uq_training_message_training_id_token'))
    )


def downgrade() -> None:
    op.drop_table('training_message')
