"""Begin: every table of the main path; logs that refuse UPDATE and DELETE."""

import sqlalchemy as sa
from alembic import op

from app.platform.db import types

revision = '0001'
down_revision = None


APPEND_ONLY = ("audit_entry", "mark_entry", "record_entry")


def upgrade() -> None:
    op.create_table('account',
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('password_hash', sa.String(), nullable=False),
    sa.Column('created_at', types.UtcDateTime(), nullable=False),
    sa.Column('disabled_at', types.UtcDateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account')),
    sa.UniqueConstraint('email', name=op.f('uq_account_email'))
    )
    op.create_table('audit_entry',
    sa.Column('at', types.UtcDateTime(), nullable=False),
    sa.Column('action', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('request_id', sa.String(), nullable=False),
    sa.Column('details', types.Json, nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_entry'))
    )
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_entry_subject'), ['subject'], unique=False)

    op.create_table('course',
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('current_version_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course')),
    sa.UniqueConstraint('code', name=op.f('uq_course_code'))
    )
    op.create_table('job',
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('payload', types.Json, nullable=False),
    sa.Column('dedupe', sa.String(), nullable=True),
    sa.Column('created_at', types.UtcDateTime(), nullable=False),
    sa.Column('run_at', types.UtcDateTime(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('lease_until', types.UtcDateTime(), nullable=True),
    sa.Column('lease_by', sa.String(), nullable=True),
    sa.Column('done_at', types.UtcDateTime(), nullable=True),
    sa.Column('failed_at', types.UtcDateTime(), nullable=True),
    sa.Column('error', sa.Text(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job')),
    sa.UniqueConstraint('dedupe', name=op.f('uq_job_dedupe'))
    )
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.create_index('ix_job_open', ['run_at'], unique=False, sqlite_where=sa.text('done_at IS NULL AND failed_at IS NULL'), postgresql_where=sa.text('done_at IS NULL AND failed_at IS NULL'))

    op.create_table('mail_message',
    sa.Column('recipient', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('about', sa.String(), nullable=False),
    sa.Column('message_id', sa.String(), nullable=False),
    sa.Column('raw', sa.LargeBinary(), nullable=False),
    sa.Column('state', sa.String(40), nullable=False),
    sa.Column('created_at', types.UtcDateTime(), nullable=False),
    sa.Column('sent_at', types.UtcDateTime(), nullable=True),
    sa.Column('reply', sa.String(), nullable=True),
    sa.Column('server', sa.String(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mail_message')),
    sa.UniqueConstraint('message_id', name=op.f('uq_mail_message_message_id'))
    )
    with op.batch_alter_table('mail_message', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mail_message_about'), ['about'], unique=False)

    op.create_table('person',
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('local_name', sa.String(), nullable=True),
    sa.Column('sex', sa.String(40), nullable=True),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('phone', sa.String(), nullable=True),
    sa.Column('email', sa.String(), nullable=True),
    sa.Column('search_text', sa.String(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person'))
    )
    op.create_table('programme',
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('name', types.Json, nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('zone', sa.String(), nullable=False),
    sa.Column('rest_days', types.Json, nullable=False),
    sa.Column('languages', types.Json, nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme')),
    sa.UniqueConstraint('code', name=op.f('uq_programme_code'))
    )
    op.create_table('rate_counter',
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('window_ends_at', types.UtcDateTime(), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rate_counter')),
    sa.UniqueConstraint('key', name=op.f('uq_rate_counter_key'))
    )
    op.create_table('course_version',
    sa.Column('course_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('fingerprint', sa.String(), nullable=False),
    sa.Column('published_at', types.UtcDateTime(), nullable=False),
    sa.Column('category', sa.String(40), nullable=False),
    sa.Column('titles', types.Json, nullable=False),
    sa.Column('summary', types.Json, nullable=False),
    sa.Column('objectives', types.Json, nullable=False),
    sa.Column('audience', types.Json, nullable=False),
    sa.Column('themes', types.Json, nullable=False),
    sa.Column('hours', sa.Double(), nullable=False),
    sa.Column('group_min', sa.Integer(), nullable=False),
    sa.Column('group_max', sa.Integer(), nullable=False),
    sa.Column('modalities', types.Json, nullable=False),
    sa.Column('languages', types.Json, nullable=False),
    sa.Column('validity_months', sa.Integer(), nullable=True),
    sa.Column('attendance_share', sa.Double(), nullable=False),
    sa.Column('test_unit', sa.String(), nullable=True),
    sa.Column('test_share', sa.Double(), nullable=True),
    sa.Column('sources', types.Json, nullable=False),
    sa.Column('review_by', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_course_version_course_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course_version')),
    sa.UniqueConstraint('course_id', 'fingerprint', name=op.f('uq_course_version_course_id_fingerprint')),
    sa.UniqueConstraint('course_id', 'number', name=op.f('uq_course_version_course_id_number'))
    )
    op.create_table('factory',
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('local_name', sa.String(), nullable=True),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('province', sa.String(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_factory_programme_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_factory')),
    sa.UniqueConstraint('code', name=op.f('uq_factory_code'))
    )
    with op.batch_alter_table('factory', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_factory_programme_id'), ['programme_id'], unique=False)

    op.create_table('person_pin',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('pin_hash', sa.String(), nullable=False),
    sa.Column('set_at', types.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_person_pin_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person_pin')),
    sa.UniqueConstraint('person_id', name=op.f('uq_person_pin_person_id'))
    )
    op.create_table('requirement',
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=False),
    sa.Column('roles', types.Json, nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_requirement_course_id')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_requirement_programme_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_requirement')),
    sa.UniqueConstraint('programme_id', 'course_id', name=op.f('uq_requirement_programme_id_course_id'))
    )
    op.create_table('sign_in',
    sa.Column('token_hash', sa.String(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('training_id', sa.Integer(), nullable=True),
    sa.Column('device', sa.String(), nullable=False),
    sa.Column('began_at', types.UtcDateTime(), nullable=False),
    sa.Column('seen_at', types.UtcDateTime(), nullable=False),
    sa.Column('expires_at', types.UtcDateTime(), nullable=False),
    sa.Column('ended_at', types.UtcDateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('(account_id IS NULL) <> (person_id IS NULL)', name=op.f('ck_sign_in_one_kind')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_sign_in_account_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_sign_in_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_sign_in_token_hash'))
    )
    with op.batch_alter_table('sign_in', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_in_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_sign_in_person_id'), ['person_id'], unique=False)

    op.create_table('completion',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('period', sa.Integer(), nullable=False),
    sa.Column('training_id', sa.Integer(), nullable=False),
    sa.Column('completed_at', types.UtcDateTime(), nullable=False),
    sa.Column('valid_until', types.UtcDateTime(), nullable=True),
    sa.Column('factory_id', sa.Integer(), nullable=True),
    sa.Column('line', sa.String(), nullable=True),
    sa.Column('role', sa.String(40), nullable=True),
    sa.Column('sex', sa.String(40), nullable=True),
    sa.Column('evidence', types.Json, nullable=False),
    sa.Column('withdrawn_at', types.UtcDateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_completion_course_id')),
    sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name=op.f('fk_completion_factory_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_completion_person_id')),
    sa.ForeignKeyConstraint(['version_id'], ['course_version.id'], name=op.f('fk_completion_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_completion')),
    sa.UniqueConstraint('person_id', 'course_id', 'period', name=op.f('uq_completion_person_id_course_id_period'))
    )
    with op.batch_alter_table('completion', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_completion_factory_id'), ['factory_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_completion_training_id'), ['training_id'], unique=False)

    op.create_table('line',
    sa.Column('factory_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name=op.f('fk_line_factory_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_line')),
    sa.UniqueConstraint('factory_id', 'name', name=op.f('uq_line_factory_id_name'))
    )
    op.create_table('record_entry',
    sa.Column('factory_id', sa.Integer(), nullable=False),
    sa.Column('at', types.UtcDateTime(), nullable=False),
    sa.Column('kind', sa.String(40), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=True),
    sa.Column('version_id', sa.Integer(), nullable=True),
    sa.Column('training_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('line', sa.String(), nullable=True),
    sa.Column('role', sa.String(40), nullable=True),
    sa.Column('sex', sa.String(40), nullable=True),
    sa.Column('details', types.Json, nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_record_entry_course_id')),
    sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name=op.f('fk_record_entry_factory_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_record_entry_person_id')),
    sa.ForeignKeyConstraint(['version_id'], ['course_version.id'], name=op.f('fk_record_entry_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_record_entry')),
    sa.UniqueConstraint('factory_id', 'source', name=op.f('uq_record_entry_factory_id_source'))
    )
    with op.batch_alter_table('record_entry', schema=None) as batch_op:
        batch_op.create_index('ix_record_entry_factory_at', ['factory_id', 'at'], unique=False)

    op.create_table('role_grant',
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(40), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=True),
    sa.Column('factory_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_role_grant_account_id')),
    sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name=op.f('fk_role_grant_factory_id')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_role_grant_programme_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role_grant'))
    )
    with op.batch_alter_table('role_grant', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_role_grant_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_role_grant_factory_id'), ['factory_id'], unique=False)

    op.create_table('roster_import',
    sa.Column('factory_id', sa.Integer(), nullable=False),
    sa.Column('file_name', sa.String(), nullable=False),
    sa.Column('file_key', sa.String(), nullable=False),
    sa.Column('state', sa.String(40), nullable=False),
    sa.Column('choices', types.Json, nullable=False),
    sa.Column('counts', types.Json, nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('created_at', types.UtcDateTime(), nullable=False),
    sa.Column('applied_at', types.UtcDateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name=op.f('fk_roster_import_factory_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_roster_import'))
    )
    with op.batch_alter_table('roster_import', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_roster_import_factory_id'), ['factory_id'], unique=False)

    op.create_table('training_session',
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('state', sa.String(40), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('capacity_in_person', sa.Integer(), nullable=False),
    sa.Column('capacity_virtual', sa.Integer(), nullable=False),
    sa.Column('created_at', types.UtcDateTime(), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('cancelled_reason', sa.String(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_training_session_programme_id')),
    sa.ForeignKeyConstraint(['version_id'], ['course_version.id'], name=op.f('fk_training_session_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_session')),
    sa.UniqueConstraint('code', name=op.f('uq_training_session_code'))
    )
    with op.batch_alter_table('training_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_training_session_programme_id'), ['programme_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_training_session_version_id'), ['version_id'], unique=False)

    op.create_table('unit',
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('kind', sa.String(40), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('titles', types.Json, nullable=False),
    sa.Column('objectives', types.Json, nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['version_id'], ['course_version.id'], name=op.f('fk_unit_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit')),
    sa.UniqueConstraint('version_id', 'code', name=op.f('uq_unit_version_id_code'))
    )
    op.create_table('attempt',
    sa.Column('training_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(40), nullable=False),
    sa.Column('seed', sa.Integer(), nullable=False),
    sa.Column('started_at', types.UtcDateTime(), nullable=False),
    sa.Column('deadline_at', types.UtcDateTime(), nullable=False),
    sa.Column('submitted_at', types.UtcDateTime(), nullable=True),
    sa.Column('score', sa.Double(), nullable=True),
    sa.Column('max_score', sa.Double(), nullable=True),
    sa.Column('passed', sa.Boolean(), nullable=True),
    sa.Column('rule_version', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_attempt_person_id')),
    sa.ForeignKeyConstraint(['training_id'], ['training_session.id'], name=op.f('fk_attempt_training_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_attempt_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attempt')),
    sa.UniqueConstraint('training_id', 'unit_id', 'person_id', 'number', name=op.f('uq_attempt_training_id_unit_id_person_id_number'))
    )
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attempt_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_attempt_open', ['training_id', 'unit_id', 'person_id'], unique=True, sqlite_where=sa.text("state = 'in_progress'"), postgresql_where=sa.text("state = 'in_progress'"))

    op.create_table('certificate',
    sa.Column('completion_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('factory_id', sa.Integer(), nullable=True),
    sa.Column('course_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('face', types.Json, nullable=False),
    sa.Column('issued_at', types.UtcDateTime(), nullable=False),
    sa.Column('valid_until', types.UtcDateTime(), nullable=True),
    sa.Column('file_key', sa.String(), nullable=True),
    sa.Column('rendered_at', types.UtcDateTime(), nullable=True),
    sa.Column('revoked_at', types.UtcDateTime(), nullable=True),
    sa.Column('revoked_reason', sa.String(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['completion_id'], ['completion.id'], name=op.f('fk_certificate_completion_id')),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_certificate_course_id')),
    sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name=op.f('fk_certificate_factory_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_certificate_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate')),
    sa.UniqueConstraint('code', name=op.f('uq_certificate_code')),
    sa.UniqueConstraint('number', name=op.f('uq_certificate_number'))
    )
    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_certificate_factory_id'), ['factory_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_certificate_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_certificate_in_force', ['completion_id'], unique=True, sqlite_where=sa.text('revoked_at IS NULL'), postgresql_where=sa.text('revoked_at IS NULL'))

    op.create_table('employment',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('factory_id', sa.Integer(), nullable=False),
    sa.Column('employee_number', sa.String(), nullable=False),
    sa.Column('number_key', sa.String(), nullable=False),
    sa.Column('role', sa.String(40), nullable=True),
    sa.Column('designation', sa.String(), nullable=True),
    sa.Column('line_id', sa.Integer(), nullable=True),
    sa.Column('started_on', sa.Date(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name=op.f('fk_employment_factory_id')),
    sa.ForeignKeyConstraint(['line_id'], ['line.id'], name=op.f('fk_employment_line_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_employment_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_employment'))
    )
    with op.batch_alter_table('employment', schema=None) as batch_op:
        batch_op.create_index('ix_employment_factory_role', ['factory_id', 'role'], unique=False)
        batch_op.create_index(batch_op.f('ix_employment_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_employment_open_number', ['factory_id', 'number_key'], unique=True, sqlite_where=sa.text('ended_on IS NULL'), postgresql_where=sa.text('ended_on IS NULL'))

    op.create_table('holding',
    sa.Column('completion_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=False),
    sa.Column('valid_from', types.UtcDateTime(), nullable=False),
    sa.Column('valid_until', types.UtcDateTime(), nullable=True),
    sa.Column('withdrawn_at', types.UtcDateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['completion_id'], ['completion.id'], name=op.f('fk_holding_completion_id')),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_holding_course_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_holding_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_holding')),
    sa.UniqueConstraint('completion_id', name=op.f('uq_holding_completion_id'))
    )
    with op.batch_alter_table('holding', schema=None) as batch_op:
        batch_op.create_index('ix_holding_course_person', ['course_id', 'person_id'], unique=False)

    op.create_table('lesson_text',
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('locale', sa.String(), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_lesson_text_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lesson_text')),
    sa.UniqueConstraint('unit_id', 'locale', name=op.f('uq_lesson_text_unit_id_locale'))
    )
    op.create_table('meeting',
    sa.Column('training_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('starts', sa.DateTime(), nullable=False),
    sa.Column('ends', sa.DateTime(), nullable=False),
    sa.Column('zone', sa.String(), nullable=False),
    sa.Column('starts_at', types.UtcDateTime(), nullable=False),
    sa.Column('ends_at', types.UtcDateTime(), nullable=False),
    sa.Column('modality', sa.String(40), nullable=False),
    sa.Column('join_url', sa.String(), nullable=True),
    sa.Column('state', sa.String(40), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['training_id'], ['training_session.id'], name=op.f('fk_meeting_training_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting')),
    sa.UniqueConstraint('training_id', 'number', name=op.f('uq_meeting_training_id_number'))
    )
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_starts_at'), ['starts_at'], unique=False)

    op.create_table('question',
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('key', types.Json, nullable=False),
    sa.Column('texts', types.Json, nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_question_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_question')),
    sa.UniqueConstraint('unit_id', 'code', name=op.f('uq_question_unit_id_code')),
    sa.UniqueConstraint('unit_id', 'position', name=op.f('uq_question_unit_id_position'))
    )
    op.create_table('quiz_window',
    sa.Column('training_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('opened_at', types.UtcDateTime(), nullable=False),
    sa.Column('closes_at', types.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['training_id'], ['training_session.id'], name=op.f('fk_quiz_window_training_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_quiz_window_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quiz_window')),
    sa.UniqueConstraint('training_id', 'unit_id', name=op.f('uq_quiz_window_training_id_unit_id'))
    )
    op.create_table('site',
    sa.Column('training_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(40), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('factory_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name=op.f('fk_site_factory_id')),
    sa.ForeignKeyConstraint(['training_id'], ['training_session.id'], name=op.f('fk_site_training_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_site'))
    )
    with op.batch_alter_table('site', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_site_training_id'), ['training_id'], unique=False)

    op.create_table('trainer',
    sa.Column('training_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_trainer_account_id')),
    sa.ForeignKeyConstraint(['training_id'], ['training_session.id'], name=op.f('fk_trainer_training_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_trainer')),
    sa.UniqueConstraint('training_id', 'account_id', name=op.f('uq_trainer_training_id_account_id'))
    )
    with op.batch_alter_table('trainer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_trainer_account_id'), ['account_id'], unique=False)

    op.create_table('unit_result',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('training_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('share', sa.Numeric(precision=7, scale=6), nullable=False),
    sa.Column('at', types.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_unit_result_person_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_unit_result_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit_result')),
    sa.UniqueConstraint('training_id', 'person_id', 'unit_id', name=op.f('uq_unit_result_training_id_person_id_unit_id'))
    )
    with op.batch_alter_table('unit_result', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_unit_result_person_id'), ['person_id'], unique=False)

    op.create_table('answer',
    sa.Column('attempt_id', sa.Integer(), nullable=False),
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('choice', types.Json, nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('saved_at', types.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], name=op.f('fk_answer_attempt_id')),
    sa.ForeignKeyConstraint(['question_id'], ['question.id'], name=op.f('fk_answer_question_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answer')),
    sa.UniqueConstraint('attempt_id', 'question_id', name=op.f('uq_answer_attempt_id_question_id'))
    )
    op.create_table('current_mark',
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('mark', sa.String(40), nullable=False),
    sa.Column('evidence', sa.String(40), nullable=False),
    sa.Column('at', types.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_current_mark_meeting_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_current_mark_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_current_mark')),
    sa.UniqueConstraint('meeting_id', 'person_id', name=op.f('uq_current_mark_meeting_id_person_id'))
    )
    with op.batch_alter_table('current_mark', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_current_mark_person_id'), ['person_id'], unique=False)

    op.create_table('invitation',
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('address', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('uid', sa.String(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('told', types.Json, nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_invitation_meeting_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation')),
    sa.UniqueConstraint('meeting_id', 'address', name=op.f('uq_invitation_meeting_id_address')),
    sa.UniqueConstraint('uid', name=op.f('uq_invitation_uid'))
    )
    op.create_table('mark_entry',
    sa.Column('mark_id', sa.String(length=32), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('mark', sa.String(40), nullable=False),
    sa.Column('evidence', sa.String(40), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('at', types.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_mark_entry_meeting_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_mark_entry_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mark_entry')),
    sa.UniqueConstraint('mark_id', name=op.f('uq_mark_entry_mark_id'))
    )
    with op.batch_alter_table('mark_entry', schema=None) as batch_op:
        batch_op.create_index('ix_mark_entry_meeting_person', ['meeting_id', 'person_id'], unique=False)

    op.create_table('seat',
    sa.Column('training_id', sa.Integer(), nullable=False),
    sa.Column('factory_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('site_id', sa.Integer(), nullable=False),
    sa.Column('modality', sa.String(40), nullable=False),
    sa.Column('state', sa.String(40), nullable=False),
    sa.Column('place', sa.Integer(), nullable=True),
    sa.Column('requested_at', types.UtcDateTime(), nullable=False),
    sa.Column('settled_at', types.UtcDateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name=op.f('fk_seat_factory_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_seat_person_id')),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name=op.f('fk_seat_site_id')),
    sa.ForeignKeyConstraint(['training_id'], ['training_session.id'], name=op.f('fk_seat_training_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seat')),
    sa.UniqueConstraint('training_id', 'modality', 'place', name=op.f('uq_seat_training_id_modality_place')),
    sa.UniqueConstraint('training_id', 'person_id', name=op.f('uq_seat_training_id_person_id'))
    )
    with op.batch_alter_table('seat', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_seat_factory_id'), ['factory_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_seat_person_id'), ['person_id'], unique=False)


    _refuse_changes()


def downgrade() -> None:
    with op.batch_alter_table('seat', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_seat_person_id'))
        batch_op.drop_index(batch_op.f('ix_seat_factory_id'))

    op.drop_table('seat')
    with op.batch_alter_table('mark_entry', schema=None) as batch_op:
        batch_op.drop_index('ix_mark_entry_meeting_person')

    op.drop_table('mark_entry')
    op.drop_table('invitation')
    with op.batch_alter_table('current_mark', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_current_mark_person_id'))

    op.drop_table('current_mark')
    op.drop_table('answer')
    with op.batch_alter_table('unit_result', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_unit_result_person_id'))

    op.drop_table('unit_result')
    with op.batch_alter_table('trainer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_trainer_account_id'))

    op.drop_table('trainer')
    with op.batch_alter_table('site', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_site_training_id'))

    op.drop_table('site')
    op.drop_table('quiz_window')
    op.drop_table('question')
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meeting_starts_at'))

    op.drop_table('meeting')
    op.drop_table('lesson_text')
    with op.batch_alter_table('holding', schema=None) as batch_op:
        batch_op.drop_index('ix_holding_course_person')

    op.drop_table('holding')
    with op.batch_alter_table('employment', schema=None) as batch_op:
        batch_op.drop_index('uq_employment_open_number', sqlite_where=sa.text('ended_on IS NULL'), postgresql_where=sa.text('ended_on IS NULL'))
        batch_op.drop_index(batch_op.f('ix_employment_person_id'))
        batch_op.drop_index('ix_employment_factory_role')

    op.drop_table('employment')
    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.drop_index('uq_certificate_in_force', sqlite_where=sa.text('revoked_at IS NULL'), postgresql_where=sa.text('revoked_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_certificate_person_id'))
        batch_op.drop_index(batch_op.f('ix_certificate_factory_id'))

    op.drop_table('certificate')
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.drop_index('uq_attempt_open', sqlite_where=sa.text("state = 'in_progress'"), postgresql_where=sa.text("state = 'in_progress'"))
        batch_op.drop_index(batch_op.f('ix_attempt_person_id'))

    op.drop_table('attempt')
    op.drop_table('unit')
    with op.batch_alter_table('training_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_training_session_version_id'))
        batch_op.drop_index(batch_op.f('ix_training_session_programme_id'))

    op.drop_table('training_session')
    with op.batch_alter_table('roster_import', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_roster_import_factory_id'))

    op.drop_table('roster_import')
    with op.batch_alter_table('role_grant', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_role_grant_factory_id'))
        batch_op.drop_index(batch_op.f('ix_role_grant_account_id'))

    op.drop_table('role_grant')
    with op.batch_alter_table('record_entry', schema=None) as batch_op:
        batch_op.drop_index('ix_record_entry_factory_at')

    op.drop_table('record_entry')
    op.drop_table('line')
    with op.batch_alter_table('completion', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_completion_training_id'))
        batch_op.drop_index(batch_op.f('ix_completion_factory_id'))

    op.drop_table('completion')
    with op.batch_alter_table('sign_in', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_in_person_id'))
        batch_op.drop_index(batch_op.f('ix_sign_in_account_id'))

    op.drop_table('sign_in')
    op.drop_table('requirement')
    op.drop_table('person_pin')
    with op.batch_alter_table('factory', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_factory_programme_id'))

    op.drop_table('factory')
    op.drop_table('course_version')
    op.drop_table('rate_counter')
    op.drop_table('programme')
    op.drop_table('person')
    with op.batch_alter_table('mail_message', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mail_message_about'))

    op.drop_table('mail_message')
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.drop_index('ix_job_open', sqlite_where=sa.text('done_at IS NULL AND failed_at IS NULL'), postgresql_where=sa.text('done_at IS NULL AND failed_at IS NULL'))

    op.drop_table('job')
    op.drop_table('course')
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_entry_subject'))

    op.drop_table('audit_entry')
    op.drop_table('account')
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")


def _refuse_changes() -> None:
    """Triggers that make a table append-only, in the words of the engine."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
        )
        for table in APPEND_ONLY:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            )
        return
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
