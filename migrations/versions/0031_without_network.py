"""Phones without network: downloads, a receipt for all they bring, what waits for a person; scores on paper."""

import sqlalchemy as sa
from alembic import op

from app.platform.db import types

revision = '0031'
down_revision = '0030'


def upgrade() -> None:
    op.create_table('kit_device',
    sa.Column('code', sa.String(length=22), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('pass_hash', sa.String(length=64), nullable=False),
    sa.Column('made_at', types.UtcDateTime(), nullable=False),
    sa.Column('seen_at', types.UtcDateTime(), nullable=False),
    sa.Column('until', types.UtcDateTime(), nullable=False),
    sa.Column('revoked_at', types.UtcDateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_kit_device_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kit_device')),
    sa.UniqueConstraint('code', name=op.f('uq_kit_device_code'))
    )
    op.create_index(op.f('ix_kit_device_account_id'), 'kit_device', ['account_id'])
    op.create_table('kit_receipt',
    sa.Column('record_id', sa.String(length=32), nullable=False),
    sa.Column('claim', sa.String(length=64), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('device_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('m', 'c', 'g', 's', 'p', '-', name='kind', native_enum=False, length=40), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('counter', sa.Integer(), nullable=False),
    sa.Column('device_at', types.UtcDateTime(), nullable=True),
    sa.Column('result', sa.Enum('counted', 'after_cancellation', 'held', name='result', native_enum=False, length=40), nullable=False),
    sa.Column('detail', sa.Enum('seat_withdrawn', 'no_seat', 'no_person', 'card', 'closed', 'roll_call_closed', 'same_id', 'moved', 'postponed', 'not_confirmed', 'too_early', 'test', 'sealed', 'unknown_key', 'version', 'fields', 'meeting', 'photo', 'too_large', 'trouble', 'account', 'right_lost', 'no_sheet', name='detail', native_enum=False, length=40), nullable=True),
    sa.Column('sheet_id', sa.Integer(), nullable=True),
    sa.Column('may', sa.Boolean(), nullable=False),
    sa.Column('at', types.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['device_id'], ['kit_device.id'], name=op.f('fk_kit_receipt_device_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kit_receipt')),
    sa.UniqueConstraint('record_id', 'claim', name=op.f('uq_kit_receipt_record_id_claim'))
    )
    op.create_index('ix_kit_receipt_device_meeting', 'kit_receipt', ['device_id', 'meeting_id'])
    op.create_table('held_decision',
    sa.Column('receipt_id', sa.Integer(), nullable=False),
    sa.Column('decision', sa.Enum('taken_down', 'set_aside', name='decision', native_enum=False, length=40), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('at', types.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['receipt_id'], ['kit_receipt.id'], name=op.f('fk_held_decision_receipt_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_held_decision')),
    sa.UniqueConstraint('receipt_id', name=op.f('uq_held_decision_receipt_id'))
    )
    op.create_table('paper_score',
    sa.Column('record_id', sa.String(length=32), nullable=False),
    sa.Column('training_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('points', sa.Numeric(precision=7, scale=2), nullable=False),
    sa.Column('of', sa.Integer(), nullable=False),
    sa.Column('marker', sa.String(), nullable=False),
    sa.Column('counter', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('at', types.UtcDateTime(), nullable=False),
    sa.Column('device_at', types.UtcDateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_paper_score_person_id')),
    sa.ForeignKeyConstraint(['training_id'], ['training_session.id'], name=op.f('fk_paper_score_training_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_paper_score_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_score')),
    sa.UniqueConstraint('record_id', name=op.f('uq_paper_score_record_id'))
    )
    op.create_index(op.f('ix_paper_score_person_id'), 'paper_score', ['person_id'])
    op.create_index('ix_paper_score_training_unit_person', 'paper_score', ['training_id', 'unit_id', 'person_id'])
    op.create_table('held_mark',
    sa.Column('receipt_id', sa.Integer(), nullable=False),
    sa.Column('device_id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('content', types.Json, nullable=False),
    sa.Column('note', sa.String(), server_default='', nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['device_id'], ['kit_device.id'], name=op.f('fk_held_mark_device_id')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_held_mark_meeting_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_held_mark_person_id')),
    sa.ForeignKeyConstraint(['receipt_id'], ['kit_receipt.id'], name=op.f('fk_held_mark_receipt_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_held_mark')),
    sa.UniqueConstraint('receipt_id', name=op.f('uq_held_mark_receipt_id'))
    )
    op.create_index(op.f('ix_held_mark_device_id'), 'held_mark', ['device_id'])
    op.create_index(op.f('ix_held_mark_meeting_id'), 'held_mark', ['meeting_id'])
    op.create_index(op.f('ix_held_mark_person_id'), 'held_mark', ['person_id'])
    op.create_table('kit_sheet',
    sa.Column('device_id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('revision', sa.String(), nullable=False),
    sa.Column('starts', sa.DateTime(), nullable=False),
    sa.Column('at', types.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['device_id'], ['kit_device.id'], name=op.f('fk_kit_sheet_device_id')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_kit_sheet_meeting_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kit_sheet')),
    sa.UniqueConstraint('device_id', 'meeting_id', 'revision', name=op.f('uq_kit_sheet_device_id_meeting_id_revision'))
    )
    op.create_index(op.f('ix_kit_sheet_meeting_id'), 'kit_sheet', ['meeting_id'])
    _refuse_changes()


def downgrade() -> None:
    op.drop_table('kit_sheet')
    op.drop_table('held_mark')
    op.drop_table('paper_score')
    op.drop_table('held_decision')
    op.drop_table('kit_receipt')
    op.drop_table('kit_device')


def _refuse_changes() -> None:
    """What was answered and what was decided is never changed."""
    for table in ("kit_receipt", "held_decision"):
        if op.get_bind().dialect.name == "postgresql":
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            )
            continue
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
