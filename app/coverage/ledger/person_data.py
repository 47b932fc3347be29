"""What requirements and the ledger hold of a person."""

from collections.abc import Collection

import sqlalchemy as sa

from app.coverage.ledger.models import Movement
from app.coverage.requirements.models import RequirementWaiver
from app.factories.merging.rows import Rows, Tables
from app.platform.db import db


class LedgerData(Tables):
    """Waivers go over. Movements stay as they were written: what a merge changes is written beside them."""

    tables = (
        Rows(RequirementWaiver, RequirementWaiver.person_id),
        Rows(Movement, Movement.person_id, moves=False),
    )

    def erase(self, person_ids: Collection[int]) -> list[str]:
        """What was written beside a waiver goes; that there was one, and why, stays."""
        theirs = sa.update(RequirementWaiver).where(RequirementWaiver.person_id.in_(person_ids)).values(note="")
        db.session.execute(theirs.execution_options(synchronize_session=False))
        return []


PERSON_DATA = LedgerData()
