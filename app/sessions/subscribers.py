"""What training sessions do when something else happens."""

from app.factories.events import AddressCorrected, PersonMerged, PersonsSeparated
from app.factories.models import PersonMerge
from app.platform.db import db
from app.sessions.operations import invitations, seats


def on_address_corrected(event: AddressCorrected) -> None:
    """The invitation goes where the person reads it, and leaves the calendar that was not the person's."""
    invitations.follow([event.person_id])


def on_merged(event: PersonMerged) -> None:
    """Two that were one had two seats: one of them is free for whoever waits."""
    rooms = db.session.get_one(PersonMerge, event.merge_id).moved["rooms"]
    seats.refill(int(seat_id) for seat_id in rooms["sessions"]["released"])
    _follow(event.merge_id)


def on_separated(event: PersonsSeparated) -> None:
    """Each has the own seat and address again."""
    _follow(event.merge_id)


def _follow(merge_id: int) -> None:
    merge = db.session.get_one(PersonMerge, merge_id)
    invitations.follow([merge.winner_id, merge.loser_id])
