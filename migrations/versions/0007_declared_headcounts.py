"""Declared headcounts: corrections beside what they correct, files, shifts; ids of factories in other registers."""

import sqlalchemy as sa
from alembic import op

from app.platform.db import types

revision = '0007'
down_revision = '0006'

_EARLIER = """
UPDATE headcount SET is_revision = (source = 'revised'), number = (
  SELECT count(*) FROM headcount AS earlier
  WHERE earlier.factory_id = headcount.factory_id AND earlier.as_of = headcount.as_of AND earlier.id <= headcount.id)
"""
_APART = """
UPDATE headcount SET source = source || ' ' || number WHERE EXISTS (
  SELECT 1 FROM headcount AS other WHERE other.factory_id = headcount.factory_id AND other.as_of = headcount.as_of
  AND other.source = headcount.source AND other.number > headcount.number)
"""


def upgrade() -> None:
    op.create_table('headcount_import',
    sa.Column('factory_id', sa.Integer(), nullable=False),
    sa.Column('file_name', sa.String(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('state', sa.String(40), nullable=False),
    sa.Column('found', types.Json, nullable=False),
    sa.Column('applied', types.Json, nullable=True),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('created_at', types.UtcDateTime(), nullable=False),
    sa.Column('applied_at', types.UtcDateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name=op.f('fk_headcount_import_factory_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_headcount_import'))
    )
    with op.batch_alter_table('headcount_import', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_headcount_import_factory_id'), ['factory_id'], unique=False)

    with op.batch_alter_table('headcount', schema=None) as batch_op:
        batch_op.add_column(sa.Column('number', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('is_revision', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('shifts', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('under_18', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('migrants', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('import_id', sa.Integer(), nullable=True))
        batch_op.drop_constraint(batch_op.f('uq_headcount_factory_id_as_of_source'), type_='unique')
    op.execute(_EARLIER)
    with op.batch_alter_table('headcount', schema=None) as batch_op:
        batch_op.alter_column('number', existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column('is_revision', existing_type=sa.Boolean(), nullable=False)
        batch_op.create_unique_constraint(
            batch_op.f('uq_headcount_factory_id_as_of_number'), ['factory_id', 'as_of', 'number'])
        batch_op.create_index(batch_op.f('ix_headcount_import_id'), ['import_id'], unique=False)
        batch_op.create_foreign_key(
            batch_op.f('fk_headcount_import_id'), 'headcount_import', ['import_id'], ['id'])

    with op.batch_alter_table('factory', schema=None) as batch_op:
        batch_op.add_column(sa.Column('os_id', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('slcp_id', sa.String(), nullable=True))


def downgrade() -> None:
    """The older tables hold one snapshot of a day and source: the source of the others gets a number."""
    with op.batch_alter_table('factory', schema=None) as batch_op:
        batch_op.drop_column('slcp_id')
        batch_op.drop_column('os_id')

    op.execute(_APART)
    with op.batch_alter_table('headcount', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_headcount_import_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_headcount_import_id'))
        batch_op.drop_constraint(batch_op.f('uq_headcount_factory_id_as_of_number'), type_='unique')
        batch_op.create_unique_constraint(
            batch_op.f('uq_headcount_factory_id_as_of_source'), ['factory_id', 'as_of', 'source'])
        for name in ('import_id', 'migrants', 'under_18', 'shifts', 'is_revision', 'number'):
            batch_op.drop_column(name)

    with op.batch_alter_table('headcount_import', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_headcount_import_factory_id'))
    op.drop_table('headcount_import')
