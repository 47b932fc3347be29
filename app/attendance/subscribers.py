"""What attendance does when something else happens."""

from app.attendance import operations
from app.factories.events import PersonMerged, PersonsSeparated
from app.factories.models import PersonMerge
from app.platform.db import db
from app.sessions.events import MeetingAdded, MeetingCancelled, MeetingMoved, TrainingClosed, TrainingReopened


def on_meeting_added(event: MeetingAdded) -> None:
    """The other half-days weigh less."""
    operations.recheck(event.training_id)


def on_meeting_cancelled(event: MeetingCancelled) -> None:
    """The other half-days weigh more."""
    operations.recheck(event.training_id)


def on_meeting_moved(event: MeetingMoved) -> None:
    """It may be longer or shorter, and to come."""
    operations.follow_move(event.meeting_id)


def on_training_closed(event: TrainingClosed) -> None:
    """Nobody is left without a mark."""
    operations.close_with(event.training_id)


def on_training_reopened(event: TrainingReopened) -> None:
    """Marks can be corrected."""
    operations.reopen_with(event.training_id)


def on_merged(event: PersonMerged) -> None:
    """Half-days of the two add up."""
    _recount(event.merge_id)


def on_separated(event: PersonsSeparated) -> None:
    """Each has only the own half-days again."""
    _recount(event.merge_id)


def _recount(merge_id: int) -> None:
    merge = db.session.get_one(PersonMerge, merge_id)
    operations.recount(merge.winner_id, merge.loser_id)
