"""What requirements and the ledger hold of a person."""

from app.coverage.ledger.models import Movement
from app.coverage.requirements.models import RequirementWaiver
from app.factories.merging.rows import Rows, Tables


class LedgerData(Tables):
    """Waivers go over. Movements stay as they were written: what a merge changes is written beside them."""

    tables = (
        Rows(RequirementWaiver, RequirementWaiver.person_id),
        Rows(Movement, Movement.person_id, moves=False),
    )


PERSON_DATA = LedgerData()
