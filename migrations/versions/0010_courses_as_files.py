"""Versions keep the files they were made from, say why they were published and how their validity counts; pathways."""

import sqlalchemy as sa
from alembic import op

from app.platform.db import types
from app.platform.i18n.folding import searchable

revision = '0010'
down_revision = '0009'

_COURSE = sa.table("course", sa.column("id", sa.Integer), sa.column("code", sa.String))
_VERSION = sa.table(
    "course_version", sa.column("id", sa.Integer), sa.column("course_id", sa.Integer), sa.column("titles", types.Json),
    sa.column("summary", types.Json), sa.column("search_text", sa.Text),
)


def upgrade() -> None:
    op.create_table('course_blob',
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('data', sa.LargeBinary(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course_blob')),
    sa.UniqueConstraint('key', name=op.f('uq_course_blob_key'))
    )
    op.create_table('pathway',
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('current_version_id', sa.Integer(), nullable=True),
    sa.Column('archived_at', types.UtcDateTime(), nullable=True),
    sa.Column('archived_why', sa.String(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pathway')),
    sa.UniqueConstraint('code', name=op.f('uq_pathway_code'))
    )
    op.create_table('pathway_version',
    sa.Column('pathway_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('fingerprint', sa.String(), nullable=False),
    sa.Column('published_at', types.UtcDateTime(), nullable=False),
    sa.Column('published_by', sa.Integer(), nullable=True),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('titles', types.Json, nullable=False),
    sa.Column('summary', types.Json, nullable=False),
    sa.Column('audience', types.Json, nullable=False),
    sa.Column('in_order', sa.Boolean(), nullable=False),
    sa.Column('pace_months', sa.Integer(), nullable=True),
    sa.Column('steps', types.Json, nullable=False),
    sa.Column('sources', types.Json, nullable=False),
    sa.Column('review_by', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['pathway_id'], ['pathway.id'], name=op.f('fk_pathway_version_pathway_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pathway_version')),
    sa.UniqueConstraint('pathway_id', 'fingerprint', name=op.f('uq_pathway_version_pathway_id_fingerprint')),
    sa.UniqueConstraint('pathway_id', 'number', name=op.f('uq_pathway_version_pathway_id_number'))
    )
    op.create_table('course_file',
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('path', sa.String(), nullable=False),
    sa.Column('blob_key', sa.String(length=64), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['blob_key'], ['course_blob.key'], name=op.f('fk_course_file_blob_key')),
    sa.ForeignKeyConstraint(['version_id'], ['course_version.id'], name=op.f('fk_course_file_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course_file')),
    sa.UniqueConstraint('version_id', 'path', name=op.f('uq_course_file_version_id_path'))
    )
    with op.batch_alter_table('course', schema=None) as batch_op:
        batch_op.add_column(sa.Column('archived_at', types.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column('archived_why', sa.String(), nullable=True))

    with op.batch_alter_table('course_version', schema=None) as batch_op:
        batch_op.add_column(sa.Column('published_by', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('note', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('valid_from', sa.Enum('completion', 'expiry', 'fixed_day', name='validfrom', native_enum=False, length=40), server_default='completion', nullable=False))
        batch_op.add_column(sa.Column('valid_to_day', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('refresher', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('evaluation_required', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('layouts', types.Json, server_default='[]', nullable=False))
        batch_op.add_column(sa.Column('forms', types.Json, server_default='[]', nullable=False))
        batch_op.add_column(sa.Column('papers', types.Json, server_default='[]', nullable=False))
        batch_op.add_column(sa.Column('countries', types.Json, server_default='[]', nullable=False))
        batch_op.add_column(sa.Column('search_text', sa.Text(), server_default='', nullable=False))

    with op.batch_alter_table('unit', schema=None) as batch_op:
        batch_op.add_column(sa.Column('phase', sa.Enum('pre', 'post', 'follow_up', 'practice', name='quizphase', native_enum=False, length=40), nullable=True))
        batch_op.add_column(sa.Column('months_after', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('blueprint', types.Json, nullable=True))
    _fill_search_text()


def _fill_search_text() -> None:
    bind = op.get_bind()
    rows = bind.execute(
        sa.select(_VERSION.c.id, _COURSE.c.code, _VERSION.c.titles, _VERSION.c.summary)
        .join(_COURSE, _COURSE.c.id == _VERSION.c.course_id)
    ).all()
    for row in rows:
        text = searchable(row.code, *row.titles.values(), *row.summary.values())
        bind.execute(sa.update(_VERSION).where(_VERSION.c.id == row.id).values(search_text=text))


def downgrade() -> None:
    with op.batch_alter_table('unit', schema=None) as batch_op:
        batch_op.drop_column('blueprint')
        batch_op.drop_column('months_after')
        batch_op.drop_column('phase')

    with op.batch_alter_table('course_version', schema=None) as batch_op:
        batch_op.drop_column('search_text')
        batch_op.drop_column('countries')
        batch_op.drop_column('papers')
        batch_op.drop_column('forms')
        batch_op.drop_column('layouts')
        batch_op.drop_column('evaluation_required')
        batch_op.drop_column('refresher')
        batch_op.drop_column('valid_to_day')
        batch_op.drop_column('valid_from')
        batch_op.drop_column('note')
        batch_op.drop_column('published_by')

    with op.batch_alter_table('course', schema=None) as batch_op:
        batch_op.drop_column('archived_why')
        batch_op.drop_column('archived_at')

    op.drop_table('course_file')
    op.drop_table('pathway_version')
    op.drop_table('pathway')
    op.drop_table('course_blob')
