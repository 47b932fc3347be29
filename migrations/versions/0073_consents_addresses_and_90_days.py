"""The day of a consent; whose an address is; who is due within ninety days, without waiting for the night."""

from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

from app.platform.clock import now
from app.platform.db.types import Json, UtcDateTime

revision = '0073'
down_revision = '0078'


def upgrade() -> None:
    op.add_column('history_consent', sa.Column('given_on', sa.Date(), nullable=True))
    _find_days()
    op.create_index('ix_person_lower_email', 'person', [sa.text('lower(email)')])
    _count_anew()


def _find_days() -> None:
    """Of the few consents that there are. The version that still runs leaves it open; see the model."""
    consent = sa.table(
        'history_consent', sa.column('id'), sa.column('factory_id'), sa.column('given_at', UtcDateTime()),
        sa.column('given_on', sa.Date()))
    factory = sa.table('factory', sa.column('id'), sa.column('programme_id'))
    programme = sa.table('programme', sa.column('id'), sa.column('zone'))
    run = op.get_bind().execute
    rows = run(
        sa.select(consent.c.id, consent.c.given_at, programme.c.zone)
        .join(factory, factory.c.id == consent.c.factory_id)
        .join(programme, programme.c.id == factory.c.programme_id)
    )
    for row in rows.all():
        day = row.given_at.astimezone(ZoneInfo(row.zone)).date()
        run(sa.update(consent).where(consent.c.id == row.id).values(given_on=day))


def _count_anew() -> None:
    """What was posted before 0061 says nothing of ninety days. The worker adds it slice by slice as soon as it runs, as
    it does every night; where nothing was posted there is nothing to add."""
    job = sa.table(
        'job', sa.column('kind'), sa.column('payload', Json), sa.column('dedupe'), sa.column('created_at', UtcDateTime()),
        sa.column('run_at', UtcDateTime()), sa.column('attempts'))
    run, at = op.get_bind().execute, now()
    if run(sa.text('SELECT id FROM coverage_movement LIMIT 1')).first():
        values = {'kind': 'coverage.recheck', 'payload': {}, 'dedupe': 'coverage.recheck:0073', 'attempts': 0}
        there = sa.select(job.c.kind).where(job.c.dedupe == values['dedupe'])
        if run(there).first() is None:
            run(sa.insert(job).values(**values, created_at=at, run_at=at))


def downgrade() -> None:
    op.drop_index('ix_person_lower_email', 'person')
    op.drop_column('history_consent', 'given_on')
