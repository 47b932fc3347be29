"""Wording and queueing what people are told, in the transaction in which it became true."""

from app.notifications.operations.cancellations import tell_cancellation
from app.notifications.operations.invitations import send_invitations
from app.notifications.operations.links import send_link
from app.notifications.operations.seats import tell_seats

__all__ = ["send_invitations", "send_link", "tell_cancellation", "tell_seats"]
