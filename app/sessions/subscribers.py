"""What training sessions do when something else happens."""

from app.factories.events import PersonMerged
from app.factories.models import PersonMerge
from app.platform.db import db
from app.sessions.operations import seats


def on_merged(event: PersonMerged) -> None:
    """Two that were one had two seats: one of them is free for whoever waits."""
    rooms = db.session.get_one(PersonMerge, event.merge_id).moved["rooms"]
    seats.refill(int(seat_id) for seat_id in rooms["sessions"]["released"])
