"""What the learning records of factories hold of a person."""

from app.factories.merging.rows import Rows, Tables
from app.learning_record.models import RecordEntry


class RecordData(Tables):
    """The timeline is append-only and holds no names: the entries stay, and are shown with the winner's name."""

    tables = (Rows(RecordEntry, RecordEntry.person_id, moves=False),)


PERSON_DATA = RecordData()
