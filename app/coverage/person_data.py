"""What coverage holds of a person."""

from app.completions.person_data import WithCompletion
from app.coverage.models import Holding
from app.factories.merging.rows import Rows


class CoverageData(WithCompletion):
    """Holdings go with their completions, whatever their own numbers: they can be made anew at any time."""

    tables = (Rows(Holding, Holding.person_id),)


PERSON_DATA = CoverageData()
