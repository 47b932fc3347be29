"""Coverage is kept by the ledger alone: requirements say everything in versions, holdings go."""

import sqlalchemy as sa
from alembic import op

from app.platform.db.types import Json, UtcDateTime

revision = '0058'
down_revision = '0052'


def upgrade() -> None:
    op.drop_table('holding')
    with op.batch_alter_table('factory') as table:
        table.add_column(sa.Column('closed_on', sa.Date(), nullable=True))
    op.execute("UPDATE factory SET closed_on = CURRENT_DATE WHERE status = 'closed'")
    with op.batch_alter_table('coverage_movement') as table:
        table.drop_index('ix_coverage_movement_line_id')
        table.drop_constraint('fk_coverage_movement_person_id_person', type_='foreignkey')
        table.drop_constraint('fk_coverage_movement_line_id_line', type_='foreignkey')
    with op.batch_alter_table('requirement') as table:
        table.drop_index('ix_requirement_course_id')
        table.drop_constraint('fk_requirement_course_id', type_='foreignkey')
        table.drop_column('course_id')
        table.drop_column('roles')


def downgrade() -> None:
    """Requirements that ask for one course of some roles stay; whatever else they ask for cannot be said there."""
    with op.batch_alter_table('requirement') as table:
        table.add_column(sa.Column('course_id', sa.Integer(), nullable=True))
        table.add_column(sa.Column('roles', Json, nullable=True))
    _take_from_versions()
    with op.batch_alter_table('requirement') as table:
        table.create_foreign_key('fk_requirement_course_id', 'course', ['course_id'], ['id'])
        table.create_index('ix_requirement_course_id', ['course_id'])
    op.execute('DELETE FROM coverage_movement')
    with op.batch_alter_table('coverage_movement') as table:
        table.create_foreign_key('fk_coverage_movement_person_id_person', 'person', ['person_id'], ['id'])
        table.create_foreign_key('fk_coverage_movement_line_id_line', 'line', ['line_id'], ['id'])
        table.create_index('ix_coverage_movement_line_id', ['line_id'])
    with op.batch_alter_table('factory') as table:
        table.drop_column('closed_on')
    _bring_holdings_back()


def _take_from_versions() -> None:
    connection = op.get_bind()
    version = sa.table('requirement_version', sa.column('requirement_id'), sa.column('number'), sa.column('rule', Json))
    requirement = sa.table(
        'requirement', sa.column('id'), sa.column('programme_id'), sa.column('course_id'), sa.column('roles', Json))
    rows = connection.execute(
        sa.select(version.c.requirement_id, requirement.c.programme_id, version.c.rule)
        .join(requirement, requirement.c.id == version.c.requirement_id)
        .order_by(requirement.c.id, version.c.number)
    ).all()
    last = {number: (programme, rule) for number, programme, rule in rows}
    seen = set()
    for number, (programme, rule) in last.items():
        key = programme, next(iter(rule.get('courses', ())), None)
        if rule.get('kind') == 'role' and key[1] and key not in seen:
            seen.add(key)
            values = {'course_id': key[1], 'roles': rule.get('roles', [])}
            connection.execute(sa.update(requirement).where(requirement.c.id == number).values(**values))
    gone = 'SELECT id FROM requirement WHERE course_id IS NULL'
    for table in ('requirement_version', 'requirement_waiver', 'requirement_draft', 'coverage_movement', 'coverage_balance'):
        op.execute(f'DELETE FROM {table} WHERE requirement_id IN ({gone})')
    op.execute('DELETE FROM requirement WHERE course_id IS NULL')


def _bring_holdings_back() -> None:
    op.create_table(
        'holding',
        sa.Column('completion_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('course_id', sa.Integer(), nullable=False),
        sa.Column('valid_from', UtcDateTime(), nullable=False),
        sa.Column('valid_until', UtcDateTime(), nullable=True),
        sa.Column('withdrawn_at', UtcDateTime(), nullable=True),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['completion_id'], ['completion.id'], name='fk_holding_completion_id'),
        sa.ForeignKeyConstraint(['course_id'], ['course.id'], name='fk_holding_course_id'),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name='fk_holding_person_id'),
        sa.PrimaryKeyConstraint('id', name='pk_holding'),
        sa.UniqueConstraint('completion_id', name='uq_holding_completion_id'),
    )
    op.create_index('ix_holding_course_person', 'holding', ['course_id', 'person_id'])
    op.create_index('ix_holding_person_id', 'holding', ['person_id'])
    op.execute(
        'INSERT INTO holding (completion_id, person_id, course_id, valid_from, valid_until, withdrawn_at) '
        'SELECT id, person_id, course_id, completed_at, valid_until, withdrawn_at FROM completion'
    )
