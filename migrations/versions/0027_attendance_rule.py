"""A course version says how attendance is counted, and the roll call of a half-day can be closed."""

import sqlalchemy as sa
from alembic import op

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


def downgrade() -> None:
    for name in ('late_after', 'present_from', 'attendance_by'):
        op.drop_column('course_version', name)
