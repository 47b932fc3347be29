"""Where half-days elsewhere are held."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from app.platform.db import db
from app.sessions.conflicts.queries.busy import uses
from app.sessions.conflicts.rules import Other, place_name
from app.sessions.conflicts.rules.known import Spot
from app.sessions.models import Meeting, Room, Site
from app.sessions.rules import Modality, SiteKind


def spots(others: Iterable[Sequence[Other]]) -> dict[int, frozenset[Spot]]:
    """Half-day -> the training rooms that it uses. One statement."""
    numbers = {other.meeting_id for each in others for other in each}
    if not numbers:
        return {}
    found: dict[int, set[Spot]] = defaultdict(set)
    rows = db.session.execute(
        sa.select(Meeting.id, Site.name, Room.province)
        .join(Site, Site.training_id == Meeting.training_id)
        .outerjoin(Room, Room.id == Site.room_id)
        .where(Meeting.id.in_(numbers), Meeting.modality != Modality.VIRTUAL)
        .where(Site.kind == SiteKind.VENUE, uses(Site.id))
    )
    for meeting_id, name, province in rows:
        found[meeting_id].add(Spot(place_name(name), province or ""))
    return {meeting_id: frozenset(each) for meeting_id, each in found.items()}
