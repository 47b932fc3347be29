"""Coverage as a ledger of movements, and requirements in versions with waivers."""

import sqlalchemy as sa
from alembic import op

from app.platform.db.types import Json, UtcDateTime

revision = '0054'
down_revision = '0049'

COUNTS = ('active', 'valid', 'due', 'ever', 'lost', 'waived', 'units', 'met')


def counts() -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS]


def upgrade() -> None:
    op.create_table(
        'requirement_version',
        sa.Column('requirement_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('starts_on', sa.Date(), nullable=False),
        sa.Column('ends_on', sa.Date(), nullable=True),
        sa.Column('rule', Json, nullable=False),
        sa.Column('scope', Json, nullable=False),
        sa.Column('source', sa.String(), nullable=False),
        sa.Column('review_on', sa.Date(), nullable=True),
        sa.Column('account_id', sa.Integer(), nullable=True),
        sa.Column('created_at', UtcDateTime(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['requirement_id'], ['requirement.id'], name='fk_requirement_version_requirement_id_requirement'),
        sa.PrimaryKeyConstraint('id', name='pk_requirement_version'),
        sa.UniqueConstraint('requirement_id', 'number', name='uq_requirement_version_requirement_id_number'),
    )
    op.create_table(
        'requirement_waiver',
        sa.Column('requirement_id', sa.Integer(), nullable=False),
        sa.Column('factory_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=True),
        sa.Column('reason', sa.String(), nullable=False),
        sa.Column('starts_on', sa.Date(), nullable=False),
        sa.Column('ends_on', sa.Date(), nullable=False),
        sa.Column('account_id', sa.Integer(), nullable=True),
        sa.Column('created_at', UtcDateTime(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['requirement_id'], ['requirement.id'], name='fk_requirement_waiver_requirement_id_requirement'),
        sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name='fk_requirement_waiver_factory_id_factory'),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name='fk_requirement_waiver_person_id_person'),
        sa.PrimaryKeyConstraint('id', name='pk_requirement_waiver'),
    )
    op.create_index('ix_requirement_waiver_requirement_factory', 'requirement_waiver', ['requirement_id', 'factory_id'])
    op.create_index('ix_requirement_waiver_factory_id', 'requirement_waiver', ['factory_id'])
    op.create_index('ix_requirement_waiver_person_id', 'requirement_waiver', ['person_id'])
    op.create_table(
        'coverage_movement',
        sa.Column('requirement_id', sa.Integer(), nullable=False),
        sa.Column('factory_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=True),
        sa.Column('part', sa.String(), nullable=True),
        sa.Column('sex', sa.String(40), nullable=True),
        sa.Column('line_id', sa.Integer(), nullable=True),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('recorded_on', sa.Date(), nullable=False),
        sa.Column('booked_on', sa.Date(), nullable=False),
        sa.Column('cause', sa.String(), nullable=False),
        *counts(),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['requirement_id'], ['requirement.id'], name='fk_coverage_movement_requirement_id_requirement'),
        sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name='fk_coverage_movement_factory_id_factory'),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name='fk_coverage_movement_person_id_person'),
        sa.ForeignKeyConstraint(['line_id'], ['line.id'], name='fk_coverage_movement_line_id_line'),
        sa.PrimaryKeyConstraint('id', name='pk_coverage_movement'),
    )
    op.create_index('ix_coverage_movement_factory', 'coverage_movement', ['factory_id', 'booked_on'])
    op.create_index('ix_coverage_movement_booked', 'coverage_movement', ['booked_on', 'factory_id'])
    op.create_index('ix_coverage_movement_person_id', 'coverage_movement', ['person_id'])
    op.create_index('ix_coverage_movement_line_id', 'coverage_movement', ['line_id'])
    op.create_table(
        'coverage_balance',
        sa.Column('until', sa.Date(), nullable=False),
        sa.Column('factory_id', sa.Integer(), nullable=False),
        sa.Column('requirement_id', sa.Integer(), nullable=False),
        sa.Column('part', sa.String(), nullable=True),
        sa.Column('sex', sa.String(40), nullable=True),
        *counts(),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name='fk_coverage_balance_factory_id_factory'),
        sa.ForeignKeyConstraint(['requirement_id'], ['requirement.id'], name='fk_coverage_balance_requirement_id_requirement'),
        sa.PrimaryKeyConstraint('id', name='pk_coverage_balance'),
    )
    op.create_index('ix_coverage_balance_until', 'coverage_balance', ['until', 'factory_id', 'requirement_id'])
    op.create_index('ix_coverage_balance_factory', 'coverage_balance', ['factory_id', 'until'])
    op.create_index('ix_coverage_balance_requirement_id', 'coverage_balance', ['requirement_id'])


def downgrade() -> None:
    for table in ('coverage_balance', 'coverage_movement', 'requirement_waiver', 'requirement_version'):
        op.drop_table(table)
