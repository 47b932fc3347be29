"""What is told when something happens."""

from app.accounts.events import LinkIssued
from app.notifications import operations
from app.sessions.events import (
    InvitationChanged,
    MeetingsSwitched,
    SeatsSettled,
    TrainingCancelled,
    TrainingPostponed,
    TrainingResumed,
)


def on_link_issued(event: LinkIssued) -> None:
    operations.send_link(event.link_id, event.token)


def on_invitation_changed(event: InvitationChanged) -> None:
    operations.send_invitation(event.invitation_id, event.method, event.before)


def on_seats_settled(event: SeatsSettled) -> None:
    operations.tell_seats(event.training_id, event.factory_id, event.seat_ids)


def on_training_cancelled(event: TrainingCancelled) -> None:
    operations.tell_cancellation(event.training_id)


def on_meetings_switched(event: MeetingsSwitched) -> None:
    operations.tell_switch(event.training_id, event.meeting_ids)


def on_training_postponed(event: TrainingPostponed) -> None:
    operations.tell_postponement(event.training_id)


def on_training_resumed(event: TrainingResumed) -> None:
    operations.tell_new_dates(event.training_id)
