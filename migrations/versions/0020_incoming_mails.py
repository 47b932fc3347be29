"""Mails that come in, and when the mailbox was last read."""

import sqlalchemy as sa
from alembic import op

from app.platform.db import types

revision = '0020'
down_revision = '0019'


def upgrade() -> None:
    op.create_table('mailbox_visit',
    sa.Column('mailbox', sa.String(), nullable=False),
    sa.Column('visited_at', types.UtcDateTime(), nullable=False),
    sa.Column('fault', sa.String(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mailbox_visit')),
    sa.UniqueConstraint('mailbox', name=op.f('uq_mailbox_visit_mailbox'))
    )
    op.create_table('incoming_mail',
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('received_at', types.UtcDateTime(), nullable=False),
    sa.Column('sender', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('raw', sa.LargeBinary(), nullable=False),
    sa.Column('outcome', sa.Enum('accepted', 'ignored', name='outcome', native_enum=False, length=40), nullable=False),
    sa.Column('reason', sa.Enum('unknown_uid', 'stale_sequence', 'sender_mismatch', 'no_calendar', 'auto_reply', 'bounce', 'too_complex', 'bad_partstat', 'not_a_reply', 'unreadable', name='reason', native_enum=False, length=40), nullable=True),
    sa.Column('method', sa.String(), nullable=True),
    sa.Column('partstat', sa.String(), nullable=True),
    sa.Column('invitation_id', sa.Integer(), nullable=True),
    sa.Column('programme_id', sa.Integer(), nullable=True),
    sa.Column('show_to_person', sa.Boolean(), nullable=False),
    sa.Column('seen_at', types.UtcDateTime(), nullable=True),
    sa.Column('seen_by', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['invitation_id'], ['invitation.id'], name=op.f('fk_incoming_mail_invitation_id')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_incoming_mail_programme_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incoming_mail')),
    sa.UniqueConstraint('digest', name=op.f('uq_incoming_mail_digest'))
    )
    op.create_index(op.f('ix_incoming_mail_invitation_id'), 'incoming_mail', ['invitation_id'])
    op.create_index(op.f('ix_incoming_mail_programme_id'), 'incoming_mail', ['programme_id'])
    op.create_index(op.f('ix_incoming_mail_sender'), 'incoming_mail', ['sender'])


def downgrade() -> None:
    op.drop_table('incoming_mail')
    op.drop_table('mailbox_visit')
