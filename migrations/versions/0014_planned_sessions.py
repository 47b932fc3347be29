"""Training sessions as they are planned: drafts, postponed ones, registers, seats without a name, replies of calendars."""

import sqlalchemy as sa
from alembic import op

from app.platform.db import types

revision = '0014'
down_revision = '0013'


def upgrade() -> None:
    op.create_table('host_account',
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('provider', sa.String(), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_host_account_programme_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_host_account')),
    sa.UniqueConstraint('programme_id', 'name', name=op.f('uq_host_account_programme_id_name'))
    )
    op.create_table('interpreter',
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('email', sa.String(), nullable=True),
    sa.Column('languages', types.Json, nullable=False),
    sa.Column('retired_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_interpreter_programme_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_interpreter'))
    )
    with op.batch_alter_table('interpreter') as batch_op:
        batch_op.create_index(batch_op.f('ix_interpreter_programme_id'), ['programme_id'])

    op.create_table('planning_rules',
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('release_one_in', sa.Integer(), server_default='4', nullable=False),
    sa.Column('travel_near_minutes', sa.Integer(), server_default='30', nullable=False),
    sa.Column('travel_far_minutes', sa.Integer(), server_default='180', nullable=False),
    sa.Column('breaks', types.Json, server_default='[]', nullable=False),
    sa.Column('reminder_days', types.Json, server_default='[5, 1]', nullable=False),
    sa.Column('quiet_from', sa.String(), server_default='20:00', nullable=False),
    sa.Column('quiet_until', sa.String(), server_default='07:00', nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_planning_rules_programme_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_planning_rules')),
    sa.UniqueConstraint('programme_id', name=op.f('uq_planning_rules_programme_id'))
    )
    op.create_table('room',
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('address', sa.String(), nullable=False),
    sa.Column('province', sa.String(), nullable=False),
    sa.Column('places', sa.Integer(), nullable=True),
    sa.Column('factory_id', sa.Integer(), nullable=True),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name=op.f('fk_room_factory_id')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_room_programme_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_room')),
    sa.UniqueConstraint('programme_id', 'name', name=op.f('uq_room_programme_id_name'))
    )
    with op.batch_alter_table('room') as batch_op:
        batch_op.create_index(batch_op.f('ix_room_factory_id'), ['factory_id'])

    op.create_table('meeting_interpreter',
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('interpreter_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['interpreter_id'], ['interpreter.id'], name=op.f('fk_meeting_interpreter_interpreter_id')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_interpreter_meeting_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_interpreter')),
    sa.UniqueConstraint('meeting_id', 'interpreter_id', name=op.f('uq_meeting_interpreter_meeting_id_interpreter_id'))
    )
    with op.batch_alter_table('meeting_interpreter') as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_interpreter_interpreter_id'), ['interpreter_id'])

    op.create_table('meeting_site',
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('site_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_site_meeting_id')),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name=op.f('fk_meeting_site_site_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_site')),
    sa.UniqueConstraint('meeting_id', 'site_id', name=op.f('uq_meeting_site_meeting_id_site_id'))
    )
    op.create_table('seat_at_meeting',
    sa.Column('seat_id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('site_id', sa.Integer(), nullable=False),
    sa.Column('modality', sa.Enum('in_person', 'virtual', 'hybrid', name='modality', native_enum=False, length=40), nullable=False),
    sa.Column('place', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_seat_at_meeting_meeting_id')),
    sa.ForeignKeyConstraint(['seat_id'], ['seat.id'], name=op.f('fk_seat_at_meeting_seat_id')),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name=op.f('fk_seat_at_meeting_site_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seat_at_meeting')),
    sa.UniqueConstraint('meeting_id', 'modality', 'place', name=op.f('uq_seat_at_meeting_meeting_id_modality_place')),
    sa.UniqueConstraint('seat_id', 'meeting_id', name=op.f('uq_seat_at_meeting_seat_id_meeting_id'))
    )
    op.create_table('seat_move',
    sa.Column('seat_id', sa.Integer(), nullable=False),
    sa.Column('at', types.UtcDateTime(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('before', sa.Enum('reserved', 'requested', 'offered', 'booked', 'wait_listed', 'declined', 'withdrawn', 'released', name='seatstate', native_enum=False, length=40), nullable=True),
    sa.Column('after', sa.Enum('reserved', 'requested', 'offered', 'booked', 'wait_listed', 'declined', 'withdrawn', 'released', name='seatstate', native_enum=False, length=40), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_seat_move_person_id')),
    sa.ForeignKeyConstraint(['seat_id'], ['seat.id'], name=op.f('fk_seat_move_seat_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seat_move'))
    )
    with op.batch_alter_table('seat_move') as batch_op:
        batch_op.create_index(batch_op.f('ix_seat_move_person_id'), ['person_id'])
        batch_op.create_index(batch_op.f('ix_seat_move_seat_id'), ['seat_id'])

    with op.batch_alter_table('invitation') as batch_op:
        batch_op.add_column(sa.Column('stamped_at', types.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column('participation', sa.Enum('needs_action', 'accepted', 'declined', 'tentative', 'delegated', name='participation', native_enum=False, length=40), server_default='needs_action', nullable=False))
        batch_op.add_column(sa.Column('replied_at', types.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column('reply_sequence', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('reply_stamp', types.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column('reply_note', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('proposal', types.Json, nullable=True))

    with op.batch_alter_table('meeting') as batch_op:
        batch_op.add_column(sa.Column('language', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('host_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_meeting_host_id'), ['host_id'])
        batch_op.create_foreign_key(batch_op.f('fk_meeting_host_id'), 'host_account', ['host_id'], ['id'])

    with op.batch_alter_table('seat') as batch_op:
        batch_op.add_column(sa.Column('offer_until', types.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column('rank', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('is_walk_in', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.alter_column('person_id', existing_type=sa.Integer(), nullable=True)
        batch_op.create_check_constraint(
            batch_op.f('ck_seat_named'),
            "person_id IS NOT NULL OR state IN ('released', 'reserved', 'wait_listed', 'withdrawn')",
        )

    with op.batch_alter_table('site') as batch_op:
        batch_op.add_column(sa.Column('room_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('focal_account_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_site_room_id'), ['room_id'])
        batch_op.create_foreign_key(batch_op.f('fk_site_room_id'), 'room', ['room_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_site_focal_account_id'), 'account', ['focal_account_id'], ['id'])

    with op.batch_alter_table('training_session') as batch_op:
        batch_op.add_column(sa.Column('postponed_reason', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('expected_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('origin_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('cohort', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('group_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('waiting_policy', sa.Enum('first_come', 'offer', 'manual', 'fair_share', name='waitingpolicy', native_enum=False, length=40), server_default='first_come', nullable=False))
        batch_op.add_column(sa.Column('offer_hours', sa.Integer(), server_default='48', nullable=False))
        batch_op.add_column(sa.Column('needs_approval', sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(sa.Column('most_per_factory', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('least_people', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('least_told_at', types.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column('names_due_days', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('names_warned_at', types.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column('cut_off_days', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_training_session_group_id'), ['group_id'])
        batch_op.create_index(batch_op.f('ix_training_session_origin_id'), ['origin_id'])
        batch_op.create_foreign_key(batch_op.f('fk_training_session_group_id'), 'factory_group', ['group_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_training_session_origin_id'), 'training_session', ['origin_id'], ['id'])
    _say_modality()


def _say_modality() -> None:
    """What recipients were told holds the modality from now on; without this the next change would write to everybody."""
    invitation = sa.table('invitation', sa.column('id'), sa.column('meeting_id'), sa.column('told', types.Json))
    meeting = sa.table('meeting', sa.column('id'), sa.column('modality'))
    connection = op.get_bind()
    rows = connection.execute(
        sa.select(invitation.c.id, invitation.c.told, meeting.c.modality).join(meeting, meeting.c.id == invitation.c.meeting_id)
    ).all()
    for number, told, modality in rows:
        if told:
            connection.execute(
                sa.update(invitation).where(invitation.c.id == number).values(told={**told, 'modality': modality})
            )


def downgrade() -> None:
    op.execute("DELETE FROM seat_at_meeting")
    op.execute("DELETE FROM seat_move")
    op.execute("DELETE FROM seat WHERE person_id IS NULL")
    with op.batch_alter_table('training_session') as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_training_session_origin_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_training_session_group_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_training_session_origin_id'))
        batch_op.drop_index(batch_op.f('ix_training_session_group_id'))
        batch_op.drop_column('cut_off_days')
        batch_op.drop_column('names_warned_at')
        batch_op.drop_column('names_due_days')
        batch_op.drop_column('least_told_at')
        batch_op.drop_column('least_people')
        batch_op.drop_column('most_per_factory')
        batch_op.drop_column('needs_approval')
        batch_op.drop_column('offer_hours')
        batch_op.drop_column('waiting_policy')
        batch_op.drop_column('group_id')
        batch_op.drop_column('cohort')
        batch_op.drop_column('origin_id')
        batch_op.drop_column('expected_on')
        batch_op.drop_column('postponed_reason')

    with op.batch_alter_table('site') as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_site_focal_account_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_site_room_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_site_room_id'))
        batch_op.drop_column('focal_account_id')
        batch_op.drop_column('room_id')

    with op.batch_alter_table('seat') as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_seat_named'), type_='check')
        batch_op.alter_column('person_id', existing_type=sa.Integer(), nullable=False)
        batch_op.drop_column('is_walk_in')
        batch_op.drop_column('rank')
        batch_op.drop_column('offer_until')

    with op.batch_alter_table('meeting') as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_meeting_host_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_meeting_host_id'))
        batch_op.drop_column('host_id')
        batch_op.drop_column('language')

    with op.batch_alter_table('invitation') as batch_op:
        batch_op.drop_column('proposal')
        batch_op.drop_column('reply_note')
        batch_op.drop_column('reply_stamp')
        batch_op.drop_column('reply_sequence')
        batch_op.drop_column('replied_at')
        batch_op.drop_column('participation')
        batch_op.drop_column('stamped_at')

    with op.batch_alter_table('seat_move') as batch_op:
        batch_op.drop_index(batch_op.f('ix_seat_move_seat_id'))
        batch_op.drop_index(batch_op.f('ix_seat_move_person_id'))

    op.drop_table('seat_move')
    op.drop_table('seat_at_meeting')
    op.drop_table('meeting_site')
    with op.batch_alter_table('meeting_interpreter') as batch_op:
        batch_op.drop_index(batch_op.f('ix_meeting_interpreter_interpreter_id'))

    op.drop_table('meeting_interpreter')
    with op.batch_alter_table('room') as batch_op:
        batch_op.drop_index(batch_op.f('ix_room_factory_id'))

    op.drop_table('room')
    op.drop_table('planning_rules')
    with op.batch_alter_table('interpreter') as batch_op:
        batch_op.drop_index(batch_op.f('ix_interpreter_programme_id'))

    op.drop_table('interpreter')
    op.drop_table('host_account')
