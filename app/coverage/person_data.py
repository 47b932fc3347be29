"""What coverage holds of a person."""

from app.coverage.models import Holding
from app.factories.merging.rows import Rows, Tables


class CoverageData(Tables):
    """Holdings go with their completions."""

    tables = (Rows(Holding, Holding.person_id),)


PERSON_DATA = CoverageData()
