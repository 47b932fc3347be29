"""Open credentials: each certificate has a place in the lists that say whether it still holds."""

import secrets

import sqlalchemy as sa
from alembic import op

from app.platform.db import types

revision = '0047'
down_revision = '0046'

ENTRIES = 131_072
TAKEN_AT_MOST = ENTRIES // 2
PLACE = (
    'INSERT INTO credential_status (certificate_id, number, position) VALUES (:certificate_id, :number, :position)'
)
LIST = 'INSERT INTO status_list (number, changes, signed_changes) VALUES (:number, 1, 0)'


def upgrade() -> None:
    op.create_table('credential_status',
    sa.Column('certificate_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['certificate_id'], ['certificate.id'], name=op.f('fk_credential_status_certificate_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_credential_status')),
    sa.UniqueConstraint('certificate_id', name=op.f('uq_credential_status_certificate_id')),
    sa.UniqueConstraint('number', 'position', name='uq_credential_status_place')
    )
    op.create_table('status_list',
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('changes', sa.Integer(), nullable=False),
    sa.Column('signed_changes', sa.Integer(), nullable=False),
    sa.Column('revocation', sa.Text(), nullable=True),
    sa.Column('suspension', sa.Text(), nullable=True),
    sa.Column('signed_at', types.UtcDateTime(), nullable=True),
    sa.Column('key_name', sa.String(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_status_list')),
    sa.UniqueConstraint('number', name=op.f('uq_status_list_number'))
    )
    _place_old_ones()


def _place_old_ones() -> None:
    """Certificates of before get places too: their credentials may still be made."""
    connection = op.get_bind()
    ids = connection.execute(sa.text('SELECT id FROM certificate ORDER BY id')).scalars().all()
    random = secrets.SystemRandom()
    for start in range(0, len(ids), TAKEN_AT_MOST):
        some, number = ids[start : start + TAKEN_AT_MOST], start // TAKEN_AT_MOST + 1
        places = random.sample(range(ENTRIES), len(some))
        placed = [
            {'certificate_id': row, 'number': number, 'position': place}
            for row, place in zip(some, places, strict=True)
        ]
        connection.execute(sa.text(PLACE), placed)
        connection.execute(sa.text(LIST), {'number': number})


def downgrade() -> None:
    op.drop_table('status_list')
    op.drop_table('credential_status')
