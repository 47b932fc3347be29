"""Unknown people of training sessions with their own log of marks; when factory rooms were connected."""

import sqlalchemy as sa
from alembic import op

from app.platform.db import types

revision = '0029'
down_revision = '0028'


def upgrade() -> None:
    op.create_table('guest',
    sa.Column('key', sa.String(length=32), nullable=False),
    sa.Column('training_id', sa.Integer(), nullable=False),
    sa.Column('site_id', sa.Integer(), nullable=True),
    sa.Column('factory_id', sa.Integer(), nullable=True),
    sa.Column('factory_name', sa.String(), server_default='', nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('number', sa.String(), server_default='', nullable=False),
    sa.Column('told', sa.Integer(), server_default='0', nullable=False),
    sa.Column('state', sa.Enum('open', 'found', 'set_aside', name='gueststate', native_enum=False, length=40), server_default='open', nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('revision', sa.Integer(), server_default='0', nullable=False),
    sa.Column('gave_seat', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('created_at', types.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name=op.f('fk_guest_factory_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_guest_person_id')),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name=op.f('fk_guest_site_id')),
    sa.ForeignKeyConstraint(['training_id'], ['training_session.id'], name=op.f('fk_guest_training_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_guest')),
    sa.UniqueConstraint('key', name=op.f('uq_guest_key'))
    )
    op.create_index(op.f('ix_guest_factory_id'), 'guest', ['factory_id'])
    op.create_index(op.f('ix_guest_person_id'), 'guest', ['person_id'])
    op.create_index(op.f('ix_guest_training_id'), 'guest', ['training_id'])
    op.create_table('guest_mark',
    sa.Column('mark_id', sa.String(length=32), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('guest_id', sa.Integer(), nullable=False),
    sa.Column('mark', sa.Enum('present', 'late', 'partial', 'absent', 'excused', name='mark', native_enum=False, length=40), nullable=False),
    sa.Column('evidence', sa.Enum('automatic', 'self_check_in', 'room_join', 'provider_report', 'signed_sheet', 'card', 'roll_call', 'spot_check', 'correction', name='evidence', native_enum=False, length=40), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('marker', sa.String(), nullable=False),
    sa.Column('counter', sa.Integer(), nullable=False),
    sa.Column('seen', types.Json, nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('at', types.UtcDateTime(), nullable=False),
    sa.Column('device_at', types.UtcDateTime(), nullable=True),
    sa.Column('flag', sa.Enum('after_cancellation', name='flag', native_enum=False, length=40), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['guest_id'], ['guest.id'], name=op.f('fk_guest_mark_guest_id')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_guest_mark_meeting_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_guest_mark')),
    sa.UniqueConstraint('mark_id', name=op.f('uq_guest_mark_mark_id'))
    )
    op.create_index('ix_guest_mark_guest_meeting', 'guest_mark', ['guest_id', 'meeting_id'])
    op.create_table('room_connection',
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('site_id', sa.Integer(), nullable=False),
    sa.Column('source', sa.Enum('declared', 'door', 'report', name='source', native_enum=False, length=40), nullable=False),
    sa.Column('joined_at', types.UtcDateTime(), nullable=False),
    sa.Column('left_at', types.UtcDateTime(), nullable=True),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('noted_at', types.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_room_connection_meeting_id')),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name=op.f('fk_room_connection_site_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_room_connection')),
    sa.UniqueConstraint('meeting_id', 'site_id', 'source', 'joined_at', name=op.f('uq_room_connection_meeting_id_site_id_source_joined_at'))
    )
    op.create_index(op.f('ix_room_connection_site_id'), 'room_connection', ['site_id'])
    op.create_index('uq_room_connection_open', 'room_connection', ['meeting_id', 'site_id', 'source'], unique=True, sqlite_where=sa.text('left_at IS NULL'), postgresql_where=sa.text('left_at IS NULL'))
    _refuse_changes()


def downgrade() -> None:
    op.drop_table('room_connection')
    op.drop_table('guest_mark')
    op.drop_table('guest')


def _refuse_changes() -> None:
    """What was marked of a guest is never changed."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER guest_mark_append_only BEFORE UPDATE OR DELETE ON guest_mark "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER guest_mark_no_{verb.lower()} BEFORE {verb} ON guest_mark "
            "BEGIN SELECT RAISE(ABORT, 'guest_mark is append-only'); END"
        )
