"""The hash of a mail address beside the address, as statements may hold it instead."""

import hashlib

import sqlalchemy as sa
from alembic import op

revision = '0086'
down_revision = '0081'
_NAMES = sa.table('xapi_name', sa.column('id', sa.Integer), sa.column('home_page'), sa.column('name'), sa.column('sha1sum'))


def upgrade() -> None:
    op.add_column('xapi_name', sa.Column('sha1sum', sa.String(length=40), nullable=True))
    mails = op.get_bind().execute(sa.select(_NAMES.c.id, _NAMES.c.name).where(_NAMES.c.home_page.is_(None))).all()
    for row_id, address in mails:
        made = hashlib.sha1(f'mailto:{address.lower()}'.encode(), usedforsecurity=False).hexdigest()
        op.execute(sa.update(_NAMES).where(_NAMES.c.id == row_id).values(sha1sum=made))
    op.create_index('ix_xapi_name_sha1sum', 'xapi_name', ['sha1sum'])


def downgrade() -> None:
    op.drop_index('ix_xapi_name_sha1sum', 'xapi_name')
    op.drop_column('xapi_name', 'sha1sum')
