"""Late answers keep why they were decided and what they replaced; attempts keep why they were opened again."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = '0037'
down_revision = '0035'


def upgrade() -> None:
    json = sa.JSON().with_variant(JSONB(), 'postgresql')
    op.add_column('late_answer', sa.Column('decided_why', sa.String(), server_default='', nullable=False))
    op.add_column('late_answer', sa.Column('replaced', json, nullable=True))
    op.create_table(
        'attempt_reopening',
        sa.Column('attempt_id', sa.Integer(), nullable=False),
        sa.Column('why', sa.String(), nullable=False),
        sa.Column('account_id', sa.Integer(), nullable=True),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], name=op.f('fk_attempt_reopening_attempt_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_attempt_reopening')),
    )
    op.create_index(op.f('ix_attempt_reopening_attempt_id'), 'attempt_reopening', ['attempt_id'])


def downgrade() -> None:
    op.drop_table('attempt_reopening')
    op.drop_column('late_answer', 'replaced')
    op.drop_column('late_answer', 'decided_why')
