"""Names of people in other systems, as staff say them."""

import sqlalchemy as sa
from alembic import op

from app.platform.db.types import UtcDateTime

revision = '0079'
down_revision = '0073'
_LIVE = {'sqlite_where': sa.text('ended_at IS NULL'), 'postgresql_where': sa.text('ended_at IS NULL')}


def upgrade() -> None:
    op.create_table(
        'xapi_name',
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('key', sa.String(length=32), nullable=False),
        sa.Column('home_page', sa.String(), nullable=True),
        sa.Column('name', sa.String(), nullable=False),
        sa.Column('account_id', sa.Integer(), nullable=True),
        sa.Column('added_at', UtcDateTime(), nullable=False),
        sa.Column('ended_at', UtcDateTime(), nullable=True),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name='fk_xapi_name_person_id'),
        sa.PrimaryKeyConstraint('id', name='pk_xapi_name'),
    )
    op.create_index('ix_xapi_name_person_id', 'xapi_name', ['person_id'])
    op.create_index('ix_xapi_name_key', 'xapi_name', ['key'])
    op.create_index('uq_xapi_name_live', 'xapi_name', ['person_id', 'key'], unique=True, **_LIVE)
    op.create_table(
        'xapi_numbering',
        sa.Column('factory_id', sa.Integer(), nullable=False),
        sa.Column('home_page', sa.String(), nullable=False),
        sa.Column('account_id', sa.Integer(), nullable=True),
        sa.Column('added_at', UtcDateTime(), nullable=False),
        sa.Column('ended_at', UtcDateTime(), nullable=True),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name='fk_xapi_numbering_factory_id'),
        sa.PrimaryKeyConstraint('id', name='pk_xapi_numbering'),
    )
    op.create_index('ix_xapi_numbering_factory_id', 'xapi_numbering', ['factory_id'])
    op.create_index('ix_xapi_numbering_home_page', 'xapi_numbering', ['home_page'])
    op.create_index('uq_xapi_numbering_live', 'xapi_numbering', ['factory_id', 'home_page'], unique=True, **_LIVE)


def downgrade() -> None:
    op.drop_table('xapi_numbering')
    op.drop_table('xapi_name')
