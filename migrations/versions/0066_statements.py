"""Statements of other systems and our own; documents; courses of others that count in the learning record."""

import sqlalchemy as sa
from alembic import op

from app.platform.db.types import UtcDateTime

revision = '0066'
down_revision = '0063'
_TABLES = (
    'external_result', 'external_course', 'xapi_bookmark', 'xapi_fact', 'xapi_person', 'xapi_document', 'xapi_file',
    'xapi_reference', 'xapi_key', 'xapi_text', 'xapi_statement',
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        'xapi_statement',
        sa.Column('uuid', sa.String(length=36), nullable=False),
        sa.Column('stored', UtcDateTime(), nullable=False),
        sa.Column('fingerprint', sa.String(length=64), nullable=False),
        sa.Column('account_id', sa.Integer(), nullable=True),
        sa.Column('token_id', sa.Integer(), nullable=True),
        sa.Column('programme_id', sa.Integer(), nullable=True),
        sa.Column('factory_id', sa.Integer(), nullable=True),
        sa.Column('person_id', sa.Integer(), nullable=True),
        sa.Column('target', sa.String(length=36), nullable=True),
        sa.Column('is_voiding', sa.Boolean(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name='fk_xapi_statement_factory_id'),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name='fk_xapi_statement_person_id'),
        sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name='fk_xapi_statement_programme_id'),
        sa.PrimaryKeyConstraint('id', name='pk_xapi_statement'),
        sa.UniqueConstraint('uuid', name='uq_xapi_statement_uuid'),
    )
    op.create_index('ix_xapi_statement_factory_id', 'xapi_statement', ['factory_id'])
    op.create_index('ix_xapi_statement_person_id', 'xapi_statement', ['person_id'])
    op.create_index('ix_xapi_statement_programme_id', 'xapi_statement', ['programme_id'])
    op.create_index('ix_xapi_statement_target', 'xapi_statement', ['target'])
    op.create_table(
        'xapi_text',
        sa.Column('statement_id', sa.Integer(), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['statement_id'], ['xapi_statement.id'], name='fk_xapi_text_statement_id'),
        sa.PrimaryKeyConstraint('id', name='pk_xapi_text'),
        sa.UniqueConstraint('statement_id', name='uq_xapi_text_statement_id'),
    )
    op.create_table(
        'xapi_key',
        sa.Column('statement_id', sa.Integer(), nullable=False),
        sa.Column('key', sa.String(length=32), nullable=False),
        sa.Column('is_main', sa.Boolean(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['statement_id'], ['xapi_statement.id'], name='fk_xapi_key_statement_id'),
        sa.PrimaryKeyConstraint('id', name='pk_xapi_key'),
    )
    op.create_index('ix_xapi_key_key_statement_id', 'xapi_key', ['key', 'statement_id'])
    op.create_index('ix_xapi_key_statement_id', 'xapi_key', ['statement_id'])
    op.create_table(
        'xapi_reference',
        sa.Column('statement_id', sa.Integer(), nullable=False),
        sa.Column('about_id', sa.Integer(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['about_id'], ['xapi_statement.id'], name='fk_xapi_reference_about_id'),
        sa.ForeignKeyConstraint(['statement_id'], ['xapi_statement.id'], name='fk_xapi_reference_statement_id'),
        sa.PrimaryKeyConstraint('id', name='pk_xapi_reference'),
        sa.UniqueConstraint('statement_id', 'about_id', name='uq_xapi_reference_statement_id_about_id'),
    )
    op.create_index('ix_xapi_reference_about_id', 'xapi_reference', ['about_id'])
    op.create_table(
        'xapi_file',
        sa.Column('statement_id', sa.Integer(), nullable=False),
        sa.Column('sha2', sa.String(length=128), nullable=False),
        sa.Column('content_type', sa.String(), nullable=False),
        sa.Column('content', sa.LargeBinary(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['statement_id'], ['xapi_statement.id'], name='fk_xapi_file_statement_id'),
        sa.PrimaryKeyConstraint('id', name='pk_xapi_file'),
        sa.UniqueConstraint('statement_id', 'sha2', name='uq_xapi_file_statement_id_sha2'),
    )
    op.create_table(
        'xapi_document',
        sa.Column('account_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=16), nullable=False),
        sa.Column('key', sa.String(length=32), nullable=False),
        sa.Column('owner_key', sa.String(length=32), nullable=False),
        sa.Column('registration', sa.String(length=36), nullable=True),
        sa.Column('name', sa.String(), nullable=False),
        sa.Column('content_type', sa.String(), nullable=False),
        sa.Column('content', sa.LargeBinary(), nullable=False),
        sa.Column('etag', sa.String(length=40), nullable=False),
        sa.Column('updated_at', UtcDateTime(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=True),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['account_id'], ['account.id'], name='fk_xapi_document_account_id'),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name='fk_xapi_document_person_id'),
        sa.PrimaryKeyConstraint('id', name='pk_xapi_document'),
        sa.UniqueConstraint('account_id', 'kind', 'key', name='uq_xapi_document_account_id_kind_key'),
    )
    op.create_index('ix_xapi_document_owner', 'xapi_document', ['account_id', 'kind', 'owner_key'])
    op.create_index('ix_xapi_document_person_id', 'xapi_document', ['person_id'])
    op.create_table(
        'xapi_person',
        sa.Column('name', sa.String(length=32), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name='fk_xapi_person_person_id'),
        sa.PrimaryKeyConstraint('id', name='pk_xapi_person'),
        sa.UniqueConstraint('name', name='uq_xapi_person_name'),
    )
    op.create_index('ix_xapi_person_person_id', 'xapi_person', ['person_id'])
    op.create_table(
        'xapi_fact',
        sa.Column('subject', sa.String(), nullable=False),
        sa.Column('said', sa.String(length=64), nullable=True),
        sa.Column('round', sa.Integer(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('id', name='pk_xapi_fact'),
        sa.UniqueConstraint('subject', name='uq_xapi_fact_subject'),
    )
    op.create_table(
        'xapi_bookmark',
        sa.Column('log', sa.String(), nullable=False),
        sa.Column('last_id', sa.Integer(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('id', name='pk_xapi_bookmark'),
        sa.UniqueConstraint('log', name='uq_xapi_bookmark_log'),
    )
    op.create_table(
        'external_course',
        sa.Column('programme_id', sa.Integer(), nullable=False),
        sa.Column('iri', sa.String(), nullable=False),
        sa.Column('title', sa.String(), nullable=False),
        sa.Column('account_id', sa.Integer(), nullable=True),
        sa.Column('registered_at', UtcDateTime(), nullable=False),
        sa.Column('ended_at', UtcDateTime(), nullable=True),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name='fk_external_course_programme_id'),
        sa.PrimaryKeyConstraint('id', name='pk_external_course'),
        sa.UniqueConstraint('programme_id', 'iri', name='uq_external_course_programme_id_iri'),
    )
    op.create_table(
        'external_result',
        sa.Column('statement_id', sa.Integer(), nullable=False),
        sa.Column('course_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('factory_id', sa.Integer(), nullable=False),
        sa.Column('at', UtcDateTime(), nullable=False),
        sa.Column('withdrawn_at', UtcDateTime(), nullable=True),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['course_id'], ['external_course.id'], name='fk_external_result_course_id'),
        sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name='fk_external_result_factory_id'),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name='fk_external_result_person_id'),
        sa.ForeignKeyConstraint(['statement_id'], ['xapi_statement.id'], name='fk_external_result_statement_id'),
        sa.PrimaryKeyConstraint('id', name='pk_external_result'),
        sa.UniqueConstraint('statement_id', name='uq_external_result_statement_id'),
    )
    op.create_index('ix_external_result_course_id', 'external_result', ['course_id'])
    op.create_index('ix_external_result_factory_id', 'external_result', ['factory_id'])
    op.create_index('ix_external_result_person_id', 'external_result', ['person_id'])
    _refuse_changes('xapi_statement')


def downgrade() -> None:
    for table in _TABLES:
        op.drop_table(table)


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
