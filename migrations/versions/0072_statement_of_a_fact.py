"""Which statement was made of a fact, by its id; when anything was sent to a webhook last."""

import os
from uuid import NAMESPACE_URL, uuid5

import sqlalchemy as sa
from alembic import op

from app.platform.config import read
from app.platform.db.types import UtcDateTime

revision = '0072'
down_revision = '0068'


def upgrade() -> None:
    op.add_column('xapi_fact', sa.Column('statement_uuid', sa.String(length=36), nullable=True))
    op.add_column('webhook', sa.Column('tried_at', UtcDateTime(), nullable=True))
    _find_statements()


def _find_statements() -> None:
    """Until now the id followed from the fact. Only what this system said itself is one of its statements."""
    fact = sa.table('xapi_fact', sa.column('id'), sa.column('subject'), sa.column('round'), sa.column('statement_uuid'))
    statement = sa.table('xapi_statement', sa.column('uuid'), sa.column('account_id'))
    space = uuid5(NAMESPACE_URL, f'{read(os.environ).base_url}/xapi')
    run = op.get_bind().execute
    for row in run(sa.select(fact.c.id, fact.c.subject, fact.c.round)).all():
        said = str(uuid5(space, f'{row.subject}:{row.round}'))
        is_ours = sa.exists().where(statement.c.uuid == said, statement.c.account_id.is_(None))
        run(sa.update(fact).where(fact.c.id == row.id, is_ours).values(statement_uuid=said))


def downgrade() -> None:
    op.drop_column('webhook', 'tried_at')
    op.drop_column('xapi_fact', 'statement_uuid')
