"""The learning record: levels, counts, corrections, who took part; consents; lists of earlier trainings."""

import sqlalchemy as sa
from alembic import op

from app.platform.db import types

revision = '0053'
down_revision = '0054'

CORRECTS = sa.text('corrects IS NOT NULL')
GIVEN = sa.text('withdrawn_at IS NULL')
JOB_ROLE = sa.Enum('helper', 'operator', 'quality', 'mechanic', 'office', 'supervisor', 'indirect_supervisor', 'manager', name='jobrole', native_enum=False, length=40)
SEX = sa.Enum('F', 'M', 'other', 'undisclosed', name='sex', native_enum=False, length=40)
CONSENT_BY = sa.Enum('own_page', 'paper', name='consentby', native_enum=False, length=40)


def upgrade() -> None:
    # Column by column: a table that is copied would lose the triggers that refuse changes.
    for column in (
        sa.Column('noted_at', types.UtcDateTime(), nullable=True),
        sa.Column('corrects', sa.String(), nullable=True),
        sa.Column('level', sa.Enum('A', 'B', 'C', name='evidencelevel', native_enum=False, length=40), nullable=True),
        sa.Column('people', sa.Integer(), nullable=True),
        sa.Column('women', sa.Integer(), nullable=True),
        sa.Column('was_imported', sa.Boolean(), server_default=sa.false(), nullable=False),
    ):
        op.add_column('record_entry', column)
    op.create_index('ix_record_entry_corrects', 'record_entry', ['factory_id', 'corrects'], unique=False, sqlite_where=CORRECTS, postgresql_where=CORRECTS)
    op.create_table('record_participant',
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('line', sa.String(), nullable=True),
    sa.Column('role', JOB_ROLE, nullable=True),
    sa.Column('sex', SEX, nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['entry_id'], ['record_entry.id'], name=op.f('fk_record_participant_entry_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_record_participant_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_record_participant')),
    sa.UniqueConstraint('entry_id', 'person_id', name=op.f('uq_record_participant_entry_id_person_id'))
    )
    op.create_index(op.f('ix_record_participant_person_id'), 'record_participant', ['person_id'])
    _refuse_changes()
    op.create_table('history_consent',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('factory_id', sa.Integer(), nullable=False),
    sa.Column('given_at', types.UtcDateTime(), nullable=False),
    sa.Column('given_how', CONSENT_BY, nullable=False),
    sa.Column('given_by', sa.Integer(), nullable=True),
    sa.Column('withdrawn_at', types.UtcDateTime(), nullable=True),
    sa.Column('withdrawn_how', CONSENT_BY, nullable=True),
    sa.Column('withdrawn_by', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name=op.f('fk_history_consent_factory_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_history_consent_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_history_consent'))
    )
    op.create_index('ix_history_consent_person_id', 'history_consent', ['person_id'])
    op.create_index(op.f('ix_history_consent_factory_id'), 'history_consent', ['factory_id'])
    op.create_index('uq_history_consent_given', 'history_consent', ['person_id', 'factory_id'], unique=True, sqlite_where=GIVEN, postgresql_where=GIVEN)
    op.create_table('earlier_import',
    sa.Column('factory_id', sa.Integer(), nullable=False),
    sa.Column('file_name', sa.String(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('state', sa.Enum('previewed', 'applied', 'undone', 'working', 'refused', name='importstate', native_enum=False, length=40), nullable=False),
    sa.Column('choices', types.Json, nullable=False),
    sa.Column('found', types.Json, nullable=False),
    sa.Column('counts', types.Json, nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('created_at', types.UtcDateTime(), nullable=False),
    sa.Column('applied_at', types.UtcDateTime(), nullable=True),
    sa.Column('undone_at', types.UtcDateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name=op.f('fk_earlier_import_factory_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_earlier_import'))
    )
    op.create_index(op.f('ix_earlier_import_factory_id'), 'earlier_import', ['factory_id'])
    op.create_table('earlier_training',
    sa.Column('import_id', sa.Integer(), nullable=False),
    sa.Column('row', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('factory_id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=True),
    sa.Column('course_text', sa.String(), nullable=False),
    sa.Column('taken_on', sa.Date(), nullable=False),
    sa.Column('hours', sa.Double(), nullable=True),
    sa.Column('provider', sa.String(), nullable=False),
    sa.Column('result', sa.String(), nullable=False),
    sa.Column('certificate_number', sa.String(), nullable=False),
    sa.Column('proof', sa.String(), nullable=False),
    sa.Column('completion_id', sa.Integer(), nullable=True),
    sa.Column('undone_at', types.UtcDateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['completion_id'], ['completion.id'], name=op.f('fk_earlier_training_completion_id')),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_earlier_training_course_id')),
    sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name=op.f('fk_earlier_training_factory_id')),
    sa.ForeignKeyConstraint(['import_id'], ['earlier_import.id'], name=op.f('fk_earlier_training_import_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_earlier_training_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_earlier_training')),
    sa.UniqueConstraint('import_id', 'row', name=op.f('uq_earlier_training_import_id_row'))
    )
    for name in ('person_id', 'factory_id', 'course_id', 'completion_id'):
        op.create_index(op.f(f'ix_earlier_training_{name}'), 'earlier_training', [name])
    with op.batch_alter_table('completion') as batch_op:
        batch_op.alter_column('training_id', existing_type=sa.Integer(), nullable=True)


def _refuse_changes() -> None:
    """As for the entries themselves."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER record_participant_append_only BEFORE UPDATE OR DELETE ON record_participant "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER record_participant_no_{verb.lower()} BEFORE {verb} ON record_participant "
            "BEGIN SELECT RAISE(ABORT, 'record_participant is append-only'); END"
        )


def downgrade() -> None:
    with op.batch_alter_table('completion') as batch_op:
        batch_op.alter_column('training_id', existing_type=sa.Integer(), nullable=False)
    for table in ('earlier_training', 'earlier_import', 'history_consent', 'record_participant'):
        op.drop_table(table)
    op.drop_index('ix_record_entry_corrects', 'record_entry')
    for name in ('was_imported', 'women', 'people', 'level', 'corrects', 'noted_at'):
        op.drop_column('record_entry', name)
