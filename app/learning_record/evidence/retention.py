"""What packs said is kept for a time: it names everybody who was on a staff list then."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from app.factories.models import Factory
from app.learning_record.evidence.models import EvidencePart, EvidencePerson, EvidenceState
from app.platform.clock import months_before, now
from app.platform.config import settings
from app.platform.db import db


def due(programmes: Collection[int] | None = None) -> sa.Select[Any]:
    """What the first pack of a time and day said, long enough ago."""
    before = months_before(now(), settings().keep_records_months)
    statement = sa.select(EvidenceState.id).where(EvidenceState.taken_at <= before).order_by(EvidenceState.id)
    if programmes is None:
        return statement
    return statement.join(Factory, Factory.id == EvidenceState.factory_id).where(Factory.programme_id.in_(programmes))


def forget(state_ids: Collection[int]) -> list[str]:
    """Delete it whole. Whoever asks for that day again gets a pack that is drawn up anew."""
    for row in (EvidencePerson, EvidencePart):
        db.session.execute(sa.delete(row).where(row.state_id.in_(state_ids)))
    db.session.execute(sa.delete(EvidenceState).where(EvidenceState.id.in_(state_ids)))
    return []
