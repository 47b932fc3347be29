"""What reports hold of a person."""

from app.factories.merging.rows import Rows, Tables
from app.reports.models import ReportedFact


class ReportData(Tables):
    """A frozen period keeps numbers of people, no names: its facts stay as they were told, and lead to the winner."""

    tables = (Rows(ReportedFact, ReportedFact.person_id, moves=False),)


PERSON_DATA = ReportData()
