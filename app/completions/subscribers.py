"""What completions do when two entries are joined or parted."""

from app.completions import operations
from app.factories.events import PersonMerged, PersonsSeparated
from app.factories.models import PersonMerge
from app.platform.db import db


def on_merged(event: PersonMerged) -> None:
    operations.reconsider(db.session.get_one(PersonMerge, event.merge_id).winner_id)


def on_separated(event: PersonsSeparated) -> None:
    merge = db.session.get_one(PersonMerge, event.merge_id)
    operations.reconsider(merge.winner_id)
    operations.reconsider(merge.loser_id)
