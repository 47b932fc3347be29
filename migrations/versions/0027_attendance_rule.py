"""A course version says how attendance is counted, and the roll call of a half-day can be closed."""

import sqlalchemy as sa
from alembic import op

from app.platform.db import types

revision = '0027'
down_revision = '0026'


def upgrade() -> None:
    for column in (
        sa.Column(
            'attendance_by', sa.Enum('half_days', 'minutes', name='attendanceby', native_enum=False, length=40),
            server_default='half_days', nullable=False,
        ),
        sa.Column('present_from', sa.Double(), server_default='0.8', nullable=False),
        sa.Column('late_after', sa.Integer(), server_default='15', nullable=False),
    ):
        op.add_column('course_version', column)
    op.add_column('current_mark', sa.Column('standing', types.Json, server_default='[]', nullable=False))
    _note_what_stands()
    op.create_table('roll_call',
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('closed_at', types.UtcDateTime(), nullable=True),
    sa.Column('closed_by', sa.Integer(), nullable=True),
    sa.Column('warned_at', types.UtcDateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_roll_call_meeting_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_roll_call')),
    sa.UniqueConstraint('meeting_id', name=op.f('uq_roll_call_meeting_id'))
    )


def downgrade() -> None:
    op.drop_table('roll_call')
    op.drop_column('current_mark', 'standing')
    for name in ('late_after', 'present_from', 'attendance_by'):
        op.drop_column('course_version', name)


def _note_what_stands() -> None:
    """Until now whoever marked had all earlier marks in view, so that one stands."""
    bind = op.get_bind()
    current = sa.table('current_mark', sa.column('id'), sa.column('mark_id'), sa.column('standing', types.Json))
    for row in bind.execute(sa.select(current.c.id, current.c.mark_id)).all():
        bind.execute(sa.update(current).where(current.c.id == row.id).values(standing=[row.mark_id]))
