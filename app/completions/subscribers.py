"""What completions do when two entries are joined or parted."""

from app.completions import operations
from app.factories.events import PersonMerged, PersonsSeparated
from app.factories.models import PersonMerge
from app.platform.db import db


def on_merged(event: PersonMerged) -> None:
    merge = db.session.get_one(PersonMerge, event.merge_id)
    operations.reconsider(merge.winner_id, _moved(merge))


def on_separated(event: PersonsSeparated) -> None:
    merge = db.session.get_one(PersonMerge, event.merge_id)
    operations.take_back(merge.winner_id, _moved(merge))


def _moved(merge: PersonMerge) -> list[int]:
    moved: list[int] = merge.moved["rooms"]["completions"]["moved"].get("unit_result", [])
    return moved
