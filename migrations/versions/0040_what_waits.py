"""Late answers without a decision and plans that are not over are found without looking at all of them."""

import sqlalchemy as sa
from alembic import op

revision = '0040'
down_revision = '0039'

UNDECIDED = sa.text('counts IS NULL')


def upgrade() -> None:
    op.create_index('ix_late_answer_undecided', 'late_answer', ['attempt_id'], sqlite_where=UNDECIDED, postgresql_where=UNDECIDED)
    op.create_index(op.f('ix_quiz_plan_closes_at'), 'quiz_plan', ['closes_at'])


def downgrade() -> None:
    op.drop_index(op.f('ix_quiz_plan_closes_at'), table_name='quiz_plan')
    op.drop_index('ix_late_answer_undecided', table_name='late_answer')
