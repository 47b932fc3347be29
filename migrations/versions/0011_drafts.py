"""Courses are written in the browser: drafts and their files."""

import sqlalchemy as sa
from alembic import op

from app.platform.db import types

revision = '0011'
down_revision = '0010'


def upgrade() -> None:
    op.create_table('draft',
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('titles', types.Json, nullable=False),
    sa.Column('based_on_id', sa.Integer(), nullable=True),
    sa.Column('published_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.Enum('open', 'published', 'discarded', name='draftstate', native_enum=False, length=40), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('created_at', types.UtcDateTime(), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('changed_at', types.UtcDateTime(), nullable=False),
    sa.Column('changed_by', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['based_on_id'], ['course_version.id'], name=op.f('fk_draft_based_on_id')),
    sa.ForeignKeyConstraint(['published_id'], ['course_version.id'], name=op.f('fk_draft_published_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft'))
    )
    op.create_index(op.f('ix_draft_code'), 'draft', ['code'])
    op.create_index(op.f('ix_draft_state'), 'draft', ['state'])
    op.create_table('draft_file',
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('path', sa.String(), nullable=False),
    sa.Column('blob_key', sa.String(length=64), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('changed_at', types.UtcDateTime(), nullable=False),
    sa.Column('changed_by', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['blob_key'], ['course_blob.key'], name=op.f('fk_draft_file_blob_key')),
    sa.ForeignKeyConstraint(['draft_id'], ['draft.id'], name=op.f('fk_draft_file_draft_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft_file')),
    sa.UniqueConstraint('draft_id', 'path', name=op.f('uq_draft_file_draft_id_path'))
    )


def downgrade() -> None:
    op.drop_table('draft_file')
    op.drop_table('draft')
