"""What attendance does when something else happens."""

from app.attendance import operations
from app.sessions.events import MeetingCancelled


def on_meeting_cancelled(event: MeetingCancelled) -> None:
    """The other half-days weigh more."""
    operations.recheck(event.training_id)
