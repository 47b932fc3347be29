"""Wording and queueing what people are told, in the transaction in which it became true."""

from app.notifications.operations.attendance import tell_low_attendance
from app.notifications.operations.cancellations import (
    tell_cancellation,
    tell_new_dates,
    tell_postponement,
    tell_switch,
)
from app.notifications.operations.certificates import Change, tell_certificate
from app.notifications.operations.factory_certificates import tell_factory_certificate
from app.notifications.operations.follow_ups import tell_follow_up
from app.notifications.operations.guests import tell_open_guests
from app.notifications.operations.invitations import send_invitations
from app.notifications.operations.links import send_link
from app.notifications.operations.places import tell_few_people, tell_given_back, tell_names_due
from app.notifications.operations.programs import tell_token_ends, tell_webhook_paused
from app.notifications.operations.proposals import tell_proposal_declined
from app.notifications.operations.reports import tell_report_made
from app.notifications.operations.rooms import tell_room_failed
from app.notifications.operations.seats import tell_seats
from app.notifications.operations.telling import claim, note_told

__all__ = [
    "Change",
    "claim",
    "note_told",
    "send_invitations",
    "send_link",
    "tell_cancellation",
    "tell_certificate",
    "tell_factory_certificate",
    "tell_few_people",
    "tell_follow_up",
    "tell_given_back",
    "tell_low_attendance",
    "tell_names_due",
    "tell_new_dates",
    "tell_open_guests",
    "tell_postponement",
    "tell_proposal_declined",
    "tell_report_made",
    "tell_room_failed",
    "tell_seats",
    "tell_switch",
    "tell_token_ends",
    "tell_webhook_paused",
]
