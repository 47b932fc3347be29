"""Of a programme - or of all - there is one period of a title and its days. Those that are there twice stay, each with
figures of its own: the later ones carry their number in the title."""

import sqlalchemy as sa
from alembic import op

revision = '0074'
down_revision = '0072'
_TABLE = 'reporting_period'
_OF_ALL = sa.text('programme_id IS NULL')


def upgrade() -> None:
    _tell_apart()
    op.create_index(
        'uq_reporting_period_of_programme', _TABLE, ['programme_id', 'title', 'starts_on', 'ends_on'], unique=True
    )
    op.create_index(
        'uq_reporting_period_of_all', _TABLE, ['title', 'starts_on', 'ends_on'], unique=True, sqlite_where=_OF_ALL,
        postgresql_where=_OF_ALL,
    )  # fmt: skip


def _tell_apart() -> None:
    op.execute(
        """
        UPDATE reporting_period SET title = substr(title, 1, 100) || ' (' || id || ')'
        WHERE EXISTS (
            SELECT 1 FROM reporting_period AS first
            WHERE coalesce(first.programme_id, 0) = coalesce(reporting_period.programme_id, 0)
              AND first.title = reporting_period.title AND first.starts_on = reporting_period.starts_on
              AND first.ends_on = reporting_period.ends_on AND first.id < reporting_period.id
        )
        """
    )


def downgrade() -> None:
    op.drop_index('uq_reporting_period_of_all', _TABLE)
    op.drop_index('uq_reporting_period_of_programme', _TABLE)
