"""Requirements by code, their drafts, notes on waivers, and what factories make."""

from datetime import UTC, date, datetime

import sqlalchemy as sa
from alembic import op

from app.platform.db.types import Json, UtcDateTime

revision = '0055'
down_revision = '0053'

ALWAYS = date(2000, 1, 1)
OPEN = sa.text('published_at IS NULL')


def upgrade() -> None:
    with op.batch_alter_table('factory') as table:
        table.add_column(sa.Column('products', Json, nullable=False, server_default='[]'))
    with op.batch_alter_table('requirement') as table:
        table.add_column(sa.Column('code', sa.String(), nullable=True))
        table.add_column(sa.Column('title', Json, nullable=True))
        table.alter_column('course_id', existing_type=sa.Integer(), nullable=True)
        table.alter_column('roles', existing_type=Json, nullable=True)
        table.drop_constraint('uq_requirement_programme_id_course_id', type_='unique')
    with op.batch_alter_table('requirement_version') as table:
        table.add_column(sa.Column('source_kind', sa.String(40), nullable=False, server_default='programme'))
    _fill()
    with op.batch_alter_table('requirement') as table:
        table.alter_column('code', existing_type=sa.String(), nullable=False)
        table.alter_column('title', existing_type=Json, nullable=False)
        table.create_unique_constraint('uq_requirement_programme_id_code', ['programme_id', 'code'])
        table.create_index('ix_requirement_course_id', ['course_id'])
    with op.batch_alter_table('requirement_waiver') as table:
        table.add_column(sa.Column('note', sa.String(), nullable=False, server_default=''))
        table.alter_column('reason', existing_type=sa.String(), type_=sa.String(40))
    op.create_table(
        'requirement_draft',
        sa.Column('programme_id', sa.Integer(), nullable=False),
        sa.Column('requirement_id', sa.Integer(), nullable=True),
        sa.Column('code', sa.String(), nullable=False),
        sa.Column('title', Json, nullable=False),
        sa.Column('rule', Json, nullable=False),
        sa.Column('scope', Json, nullable=False),
        sa.Column('source', sa.String(), nullable=False),
        sa.Column('source_kind', sa.String(40), nullable=False),
        sa.Column('starts_on', sa.Date(), nullable=False),
        sa.Column('review_on', sa.Date(), nullable=True),
        sa.Column('account_id', sa.Integer(), nullable=True),
        sa.Column('changed_at', UtcDateTime(), nullable=False),
        sa.Column('published_at', UtcDateTime(), nullable=True),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name='fk_requirement_draft_programme_id_programme'),
        sa.ForeignKeyConstraint(['requirement_id'], ['requirement.id'], name='fk_requirement_draft_requirement_id_requirement'),
        sa.PrimaryKeyConstraint('id', name='pk_requirement_draft'),
    )
    op.create_index('ix_requirement_draft_requirement_id', 'requirement_draft', ['requirement_id'])
    op.create_index('uq_requirement_draft_open_code', 'requirement_draft', ['programme_id', 'code'], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)


def _fill() -> None:
    """What was required of everybody in some roles is the first version of a requirement, as if it always held."""
    db = op.get_bind()
    requirement = sa.table('requirement', *(sa.column(name) for name in ('id', 'course_id', 'code')), sa.column('roles', Json), sa.column('title', Json))
    course = sa.table('course', *(sa.column(name) for name in ('id', 'code', 'current_version_id')))
    version = sa.table('course_version', sa.column('id'), sa.column('titles', Json))
    written = sa.table(
        'requirement_version', sa.column('requirement_id'), sa.column('number'), sa.column('starts_on', sa.Date()),
        sa.column('rule', Json), sa.column('scope', Json), sa.column('source'), sa.column('created_at', UtcDateTime()),
    )
    rows = db.execute(
        sa.select(requirement.c.id, requirement.c.course_id, requirement.c.roles, course.c.code, version.c.titles)
        .select_from(requirement.join(course, course.c.id == requirement.c.course_id).outerjoin(version, version.c.id == course.c.current_version_id))
    ).all()
    for key, course_id, roles, code, titles in rows:
        db.execute(requirement.update().where(requirement.c.id == key).values(code=code, title=titles or {'en': code}))
        db.execute(written.insert().values(
            requirement_id=key, number=1, starts_on=ALWAYS,
            rule={'kind': 'role', 'courses': [course_id], 'roles': roles}, scope={}, source='', created_at=datetime.now(UTC),
        ))


def downgrade() -> None:
    op.drop_table('requirement_draft')
    with op.batch_alter_table('requirement_waiver') as table:
        table.drop_column('note')
    with op.batch_alter_table('requirement_version') as table:
        table.drop_column('source_kind')
    with op.batch_alter_table('requirement') as table:
        table.drop_index('ix_requirement_course_id')
        table.drop_constraint('uq_requirement_programme_id_code', type_='unique')
        table.create_unique_constraint('uq_requirement_programme_id_course_id', ['programme_id', 'course_id'])
        table.drop_column('title')
        table.drop_column('code')
    with op.batch_alter_table('factory') as table:
        table.drop_column('products')
