"""Roadmaps of factories, the log of services, and diagnostics."""

import sqlalchemy as sa
from alembic import op

from app.platform.db.types import Json, UtcDateTime

revision = '0056'
down_revision = '0051'

WORD = sa.String(length=40)


def upgrade() -> None:
    op.create_table(
        'diagnostic',
        sa.Column('factory_id', sa.Integer(), nullable=False),
        sa.Column('theme', sa.String(), nullable=False),
        sa.Column('version', sa.String(), nullable=False),
        sa.Column('answers', Json, nullable=False),
        sa.Column('filled_on', sa.Date(), nullable=False),
        sa.Column('at', UtcDateTime(), nullable=False),
        sa.Column('account_id', sa.Integer(), nullable=True),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name='fk_diagnostic_factory_id_factory'),
        sa.PrimaryKeyConstraint('id', name='pk_diagnostic'),
    )
    op.create_index('ix_diagnostic_factory_theme', 'diagnostic', ['factory_id', 'theme', 'id'])
    op.create_table(
        'roadmap_action',
        sa.Column('factory_id', sa.Integer(), nullable=False),
        sa.Column('cycle_on', sa.Date(), nullable=False),
        sa.Column('theme', sa.String(), nullable=False),
        sa.Column('point', sa.String(), nullable=True),
        sa.Column('finding_id', sa.Integer(), nullable=True),
        sa.Column('diagnostic_id', sa.Integer(), nullable=True),
        sa.Column('course_id', sa.Integer(), nullable=True),
        sa.Column('roles', Json, nullable=False),
        sa.Column('people', sa.Integer(), nullable=False),
        sa.Column('step', WORD, nullable=False),
        sa.Column('step_note', sa.String(), nullable=False),
        sa.Column('step_done_on', sa.Date(), nullable=True),
        sa.Column('owner_id', sa.Integer(), nullable=True),
        sa.Column('owner_title', WORD, nullable=True),
        sa.Column('starts_on', sa.Date(), nullable=False),
        sa.Column('due_on', sa.Date(), nullable=False),
        sa.Column('state', WORD, nullable=False),
        sa.Column('started', sa.Integer(), nullable=False),
        sa.Column('completed', sa.Integer(), nullable=False),
        sa.Column('reason', WORD, nullable=True),
        sa.Column('created_at', UtcDateTime(), nullable=False),
        sa.Column('ended_at', UtcDateTime(), nullable=True),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.CheckConstraint('(owner_id IS NULL) <> (owner_title IS NULL)', name='ck_roadmap_action_one_owner'),
        sa.CheckConstraint('people >= 0', name='ck_roadmap_action_people'),
        sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name='fk_roadmap_action_factory_id_factory'),
        sa.ForeignKeyConstraint(['finding_id'], ['finding.id'], name='fk_roadmap_action_finding_id_finding'),
        sa.ForeignKeyConstraint(['diagnostic_id'], ['diagnostic.id'], name='fk_roadmap_action_diagnostic_id_diagnostic'),
        sa.ForeignKeyConstraint(['course_id'], ['course.id'], name='fk_roadmap_action_course_id_course'),
        sa.ForeignKeyConstraint(['owner_id'], ['account.id'], name='fk_roadmap_action_owner_id_account'),
        sa.PrimaryKeyConstraint('id', name='pk_roadmap_action'),
    )
    for name in ('finding_id', 'diagnostic_id', 'course_id', 'owner_id'):
        op.create_index(f'ix_roadmap_action_{name}', 'roadmap_action', [name])
    op.create_index('ix_roadmap_action_factory_cycle', 'roadmap_action', ['factory_id', 'cycle_on'])
    op.create_index('ix_roadmap_action_factory_course', 'roadmap_action', ['factory_id', 'course_id', 'state'])
    op.create_table(
        'roadmap_change',
        sa.Column('action_id', sa.Integer(), nullable=False),
        sa.Column('change', WORD, nullable=False),
        sa.Column('state', WORD, nullable=False),
        sa.Column('started', sa.Integer(), nullable=False),
        sa.Column('completed', sa.Integer(), nullable=False),
        sa.Column('at', UtcDateTime(), nullable=False),
        sa.Column('account_id', sa.Integer(), nullable=True),
        sa.Column('details', Json, nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['action_id'], ['roadmap_action.id'], name='fk_roadmap_change_action_id_roadmap_action'),
        sa.PrimaryKeyConstraint('id', name='pk_roadmap_change'),
    )
    op.create_index('ix_roadmap_change_action_id', 'roadmap_change', ['action_id'])
    _log_of_services()
    for table in ('diagnostic', 'roadmap_change', 'service_action', 'service_log'):
        _refuse_changes(table)


def _log_of_services() -> None:
    op.create_table(
        'service_log',
        sa.Column('factory_id', sa.Integer(), nullable=False),
        sa.Column('kind', WORD, nullable=False),
        sa.Column('theme', sa.String(), nullable=True),
        sa.Column('mode', WORD, nullable=False),
        sa.Column('held_on', sa.Date(), nullable=False),
        sa.Column('minutes', sa.Integer(), nullable=False),
        sa.Column('women', sa.Integer(), nullable=False),
        sa.Column('men', sa.Integer(), nullable=False),
        sa.Column('notes', Json, nullable=False),
        sa.Column('corrects_id', sa.Integer(), nullable=True),
        sa.Column('is_withdrawn', sa.Boolean(), nullable=False),
        sa.Column('logged_at', UtcDateTime(), nullable=False),
        sa.Column('account_id', sa.Integer(), nullable=True),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name='fk_service_log_factory_id_factory'),
        sa.ForeignKeyConstraint(['corrects_id'], ['service_log.id'], name='fk_service_log_corrects_id_service_log'),
        sa.PrimaryKeyConstraint('id', name='pk_service_log'),
        sa.UniqueConstraint('corrects_id', name='uq_service_log_corrects_id'),
    )
    op.create_index('ix_service_log_factory_held', 'service_log', ['factory_id', 'held_on'])
    op.create_table(
        'service_action',
        sa.Column('service_id', sa.Integer(), nullable=False),
        sa.Column('action_id', sa.Integer(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['service_id'], ['service_log.id'], name='fk_service_action_service_id_service_log'),
        sa.ForeignKeyConstraint(['action_id'], ['roadmap_action.id'], name='fk_service_action_action_id_roadmap_action'),
        sa.PrimaryKeyConstraint('id', name='pk_service_action'),
        sa.UniqueConstraint('service_id', 'action_id', name='uq_service_action_service_id_action_id'),
    )
    op.create_index('ix_service_action_action_id', 'service_action', ['action_id'])


def downgrade() -> None:
    op.drop_table('service_action')
    op.drop_table('service_log')
    op.drop_table('roadmap_change')
    op.drop_table('roadmap_action')
    op.drop_table('diagnostic')


def _refuse_changes(table: str) -> None:
    """What stands in it stays."""
    if op.get_bind().dialect.name == 'postgresql':
        op.execute(
            f'CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} '
            'FOR EACH ROW EXECUTE FUNCTION refuse_change()'
        )
        return
    for verb in ('UPDATE', 'DELETE'):
        op.execute(
            f'CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} '
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
