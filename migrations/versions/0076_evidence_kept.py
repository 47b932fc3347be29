"""What the first pack of a time and day said is kept word for word, names apart from the lists; figures of questions once
for each quarter.
"""

import sqlalchemy as sa
from alembic import op

from app.platform.db.types import Json, UtcDateTime

revision = '0076'
down_revision = '0074'


def upgrade() -> None:
    op.drop_table('evidence_state')
    _create_state(sa.Column('head', Json, nullable=False))
    op.create_table(
        'evidence_part',
        sa.Column('state_id', sa.Integer(), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column(
            'kind', sa.Enum('table', 'files', 'page', name='partkind', native_enum=False, length=40), nullable=False),
        sa.Column('name', sa.String(), nullable=False),
        sa.Column('title', sa.String(), nullable=False),
        sa.Column('content', sa.LargeBinary(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['state_id'], ['evidence_state.id'], name='fk_evidence_part_state_id_evidence_state'),
        sa.PrimaryKeyConstraint('id', name='pk_evidence_part'),
        sa.UniqueConstraint('state_id', 'position', name='uq_evidence_part_state_id_position'),
    )
    op.create_table(
        'evidence_person',
        sa.Column('state_id', sa.Integer(), nullable=False),
        sa.Column('place', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('texts', Json, nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name='fk_evidence_person_person_id_person'),
        sa.ForeignKeyConstraint(['state_id'], ['evidence_state.id'], name='fk_evidence_person_state_id_evidence_state'),
        sa.PrimaryKeyConstraint('id', name='pk_evidence_person'),
        sa.UniqueConstraint('state_id', 'place', name='uq_evidence_person_state_id_place'),
    )
    op.create_index('ix_evidence_person_person_id', 'evidence_person', ['person_id'])
    op.create_table(
        'evidence_quarter',
        sa.Column('factory_id', sa.Integer(), nullable=False),
        sa.Column('unit_id', sa.Integer(), nullable=False),
        sa.Column('begins_on', sa.Date(), nullable=False),
        sa.Column('figures', Json, nullable=False),
        sa.Column('said_at', UtcDateTime(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name='fk_evidence_quarter_factory_id_factory'),
        sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name='fk_evidence_quarter_unit_id_unit'),
        sa.PrimaryKeyConstraint('id', name='pk_evidence_quarter'),
        sa.UniqueConstraint(
            'factory_id', 'unit_id', 'begins_on', name='uq_evidence_quarter_factory_id_unit_id_begins_on'),
    )
    op.create_index('ix_evidence_quarter_unit_id', 'evidence_quarter', ['unit_id'])


def downgrade() -> None:
    op.drop_table('evidence_quarter')
    op.drop_table('evidence_person')
    op.drop_table('evidence_part')
    op.drop_table('evidence_state')
    _create_state(sa.Column('kept', Json, nullable=False))


def _create_state(said: sa.Column[object]) -> None:
    op.create_table(
        'evidence_state',
        sa.Column('factory_id', sa.Integer(), nullable=False),
        sa.Column('since', sa.Date(), nullable=False),
        sa.Column('until', sa.Date(), nullable=False),
        sa.Column('as_of', sa.Date(), nullable=False),
        sa.Column('language', sa.String(), nullable=False),
        said,
        sa.Column('taken_at', UtcDateTime(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['factory_id'], ['factory.id'], name='fk_evidence_state_factory_id_factory'),
        sa.PrimaryKeyConstraint('id', name='pk_evidence_state'),
        sa.UniqueConstraint(
            'factory_id', 'since', 'until', 'as_of', 'language', name='uq_evidence_state_factory_id_since_until_as_of_language'),
    )
