"""Coverage is kept by the ledger alone: requirements say everything in versions, holdings go."""

import json

import sqlalchemy as sa
from alembic import op

from app.platform.db.types import Json, UtcDateTime

revision = '0058'
down_revision = '0054'


def upgrade() -> None:
    op.drop_table('holding')
    with op.batch_alter_table('factory', schema=None) as batch_op:
        batch_op.add_column(sa.Column('closed_on', sa.Date(), nullable=True))
    op.execute("UPDATE factory SET closed_on = CURRENT_DATE WHERE status = 'closed'")
    with op.batch_alter_table('coverage_movement', schema=None) as batch_op:
        batch_op.drop_index('ix_coverage_movement_line_id')
        batch_op.drop_constraint('fk_coverage_movement_person_id_person', type_='foreignkey')
        batch_op.drop_constraint('fk_coverage_movement_line_id_line', type_='foreignkey')
    with op.batch_alter_table('requirement', schema=None) as batch_op:
        batch_op.add_column(sa.Column('code', sa.String(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('title', Json, nullable=False, server_default='{}'))
    op.execute('UPDATE requirement SET code = (SELECT course.code FROM course WHERE course.id = requirement.course_id)')
    _write_versions()
    with op.batch_alter_table('requirement', schema=None) as batch_op:
        batch_op.alter_column('code', existing_type=sa.String(), existing_nullable=False, server_default=None)
        batch_op.alter_column('title', existing_type=Json, existing_nullable=False, server_default=None)
        batch_op.drop_constraint('uq_requirement_programme_id_course_id', type_='unique')
        batch_op.drop_constraint('fk_requirement_course_id', type_='foreignkey')
        batch_op.create_unique_constraint('uq_requirement_programme_id_code', ['programme_id', 'code'])
        batch_op.drop_column('course_id')
        batch_op.drop_column('roles')


def _write_versions() -> None:
    """What was required until now, from before anybody counted."""
    json_type = 'JSONB' if op.get_bind().dialect.name == 'postgresql' else 'TEXT'
    row = sa.text(
        'INSERT INTO requirement_version (requirement_id, number, starts_on, rule, scope, source, created_at) VALUES '
        f"(:id, 1, '2000-01-01', CAST(:rule AS {json_type}), CAST('{{}}' AS {json_type}), '', CURRENT_TIMESTAMP)"
    )
    for number, course_id, roles in op.get_bind().execute(_required()).all():
        rule = {'kind': 'role', 'courses': [course_id], 'roles': roles}
        op.get_bind().execute(row, {'id': number, 'rule': json.dumps(rule)})


def _required() -> sa.Select[tuple[int, int, list[str]]]:
    table = sa.table('requirement', sa.column('id'), sa.column('course_id'), sa.column('roles', Json))
    return sa.select(table.c.id, table.c.course_id, table.c.roles)


def downgrade() -> None:
    """Requirements that ask for one course of some roles stay; whatever else they ask for cannot be said there."""
    with op.batch_alter_table('requirement', schema=None) as batch_op:
        batch_op.add_column(sa.Column('course_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('roles', Json, nullable=True))
        batch_op.drop_constraint('uq_requirement_programme_id_code', type_='unique')
    _take_from_versions()
    with op.batch_alter_table('requirement', schema=None) as batch_op:
        batch_op.alter_column('course_id', existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column('roles', existing_type=Json, nullable=False)
        batch_op.create_foreign_key('fk_requirement_course_id', 'course', ['course_id'], ['id'])
        batch_op.create_unique_constraint('uq_requirement_programme_id_course_id', ['programme_id', 'course_id'])
        batch_op.drop_column('code')
        batch_op.drop_column('title')
    op.execute('DELETE FROM coverage_movement')
    with op.batch_alter_table('coverage_movement', schema=None) as batch_op:
        batch_op.create_foreign_key('fk_coverage_movement_person_id_person', 'person', ['person_id'], ['id'])
        batch_op.create_foreign_key('fk_coverage_movement_line_id_line', 'line', ['line_id'], ['id'])
        batch_op.create_index('ix_coverage_movement_line_id', ['line_id'])
    with op.batch_alter_table('factory', schema=None) as batch_op:
        batch_op.drop_column('closed_on')
    _bring_holdings_back()


def _take_from_versions() -> None:
    connection = op.get_bind()
    version = sa.table('requirement_version', sa.column('requirement_id'), sa.column('number'), sa.column('rule', Json))
    requirement = sa.table(
        'requirement', sa.column('id'), sa.column('programme_id'), sa.column('course_id'), sa.column('roles', Json))
    columns = (version.c.requirement_id, requirement.c.programme_id, version.c.rule)
    rows = connection.execute(
        sa.select(*columns).join(requirement, requirement.c.id == version.c.requirement_id)
        .order_by(requirement.c.id, version.c.number)
    )
    said = {number: (programme, rule) for number, programme, rule in rows}
    seen = set()
    for number, (programme, rule) in said.items():
        key = programme, (rule.get('courses') or [None])[0]
        if rule.get('kind') == 'role' and key[1] and key not in seen:
            seen.add(key)
            values = {'course_id': key[1], 'roles': rule.get('roles', [])}
            connection.execute(sa.update(requirement).where(requirement.c.id == number).values(**values))
    for table in ('requirement_version', 'requirement_waiver', 'coverage_movement', 'coverage_balance'):
        op.execute(f'DELETE FROM {table} WHERE requirement_id IN (SELECT id FROM requirement WHERE course_id IS NULL)')
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
    # Later migrations gave it an index of its own for people; going further back takes that away again.
    op.create_index('ix_holding_person_id', 'holding', ['person_id'])
    op.execute(
        'INSERT INTO holding (completion_id, person_id, course_id, valid_from, valid_until, withdrawn_at) '
        'SELECT id, person_id, course_id, completed_at, valid_until, withdrawn_at FROM completion'
    )
