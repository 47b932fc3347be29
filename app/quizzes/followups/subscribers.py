"""What planned quizzes do when a training session changes."""

from app.quizzes.followups import operations
from app.sessions.events import (
    MeetingAdded,
    MeetingCancelled,
    MeetingMoved,
    TrainingCancelled,
    TrainingClosed,
    TrainingConfirmed,
    TrainingPostponed,
    TrainingResumed,
)

HalfDays = MeetingAdded | MeetingCancelled | MeetingMoved
State = TrainingCancelled | TrainingClosed | TrainingConfirmed | TrainingPostponed | TrainingResumed


def on_training_changed(event: HalfDays | State) -> None:
    """The quizzes before and after it follow its half-days, or are dropped."""
    operations.plan(event.training_id)
