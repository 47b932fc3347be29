"""How certificates look, what they say and who signs them, in versions."""

import sqlalchemy as sa
from alembic import op

from app.platform.db import types

revision = '0045'
down_revision = '0044'

ONE_OF_COURSE = sa.text('archived_at IS NULL AND course_id IS NOT NULL')
ONE_OF_PROGRAMME = sa.text('archived_at IS NULL AND course_id IS NULL')


def upgrade() -> None:
    op.create_table('certificate_design',
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('archived_at', types.UtcDateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_certificate_design_course_id')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_certificate_design_programme_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate_design'))
    )
    with op.batch_alter_table('certificate_design', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_certificate_design_programme_id'), ['programme_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_certificate_design_course_id'), ['course_id'], unique=False)
        batch_op.create_index('uq_certificate_design_of_course', ['programme_id', 'course_id'], unique=True, sqlite_where=ONE_OF_COURSE, postgresql_where=ONE_OF_COURSE)
        batch_op.create_index('uq_certificate_design_of_programme', ['programme_id'], unique=True, sqlite_where=ONE_OF_PROGRAMME, postgresql_where=ONE_OF_PROGRAMME)
    op.create_table('certificate_design_version',
    sa.Column('design_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('content', types.Json, nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('made_at', types.UtcDateTime(), nullable=False),
    sa.Column('made_by', sa.Integer(), nullable=True),
    sa.Column('published_at', types.UtcDateTime(), nullable=True),
    sa.Column('published_by', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['design_id'], ['certificate_design.id'], name=op.f('fk_certificate_design_version_design_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate_design_version')),
    sa.UniqueConstraint('design_id', 'number', name=op.f('uq_certificate_design_version_design_id_number'))
    )
    op.create_table('certificate_signatory',
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('names', types.Json, nullable=False),
    sa.Column('roles', types.Json, nullable=False),
    sa.Column('signature', types.Json, nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_certificate_signatory_programme_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate_signatory'))
    )
    with op.batch_alter_table('certificate_signatory', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_certificate_signatory_programme_id'), ['programme_id'], unique=False)
    op.create_table('certificate_design_preview',
    sa.Column('design_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('content', types.Json, nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('example', sa.String(), nullable=False),
    sa.Column('asked_at', types.UtcDateTime(), nullable=False),
    sa.Column('drawn_at', types.UtcDateTime(), nullable=True),
    sa.Column('file_key', sa.String(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_certificate_design_preview_account_id')),
    sa.ForeignKeyConstraint(['design_id'], ['certificate_design.id'], name=op.f('fk_certificate_design_preview_design_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate_design_preview')),
    sa.UniqueConstraint('design_id', 'account_id', name=op.f('uq_certificate_design_preview_design_id_account_id'))
    )
    with op.batch_alter_table('certificate_design_preview', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_certificate_design_preview_account_id'), ['account_id'], unique=False)
    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.add_column(sa.Column('design_version_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_certificate_design_version_id'), ['design_version_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_certificate_design_version_id'), 'certificate_design_version', ['design_version_id'], ['id'])


def downgrade() -> None:
    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_certificate_design_version_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_certificate_design_version_id'))
        batch_op.drop_column('design_version_id')
    op.drop_table('certificate_design_preview')
    op.drop_table('certificate_signatory')
    op.drop_table('certificate_design_version')
    op.drop_table('certificate_design')
