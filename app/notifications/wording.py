"""The words for what mails are for and where they are on their way."""

from typing import Any

from app.platform.i18n import lazy
from app.platform.mail.models import MailState

STATES: dict[MailState, tuple[Any, str]] = {
    MailState.QUEUED: (lazy("Waiting to be sent"), "plain"),
    MailState.DELAYED: (lazy("Delayed, will be tried again"), "need"),
    MailState.SENT: (lazy("Sent"), "done"),
    MailState.REFUSED: (lazy("Refused"), "harm"),
    MailState.BOUNCED: (lazy("Sent, and came back"), "harm"),
}

KINDS: dict[str, Any] = {
    "accounts.invitation": lazy("Invitation to an account"),
    "accounts.password_reset": lazy("Link for a new password"),
    "accounts.sign_in": lazy("Link to sign in"),
    "sessions.invitation": lazy("Invitation"),
    "sessions.change": lazy("Change of an invitation"),
    "sessions.cancellation": lazy("Removal from the calendar"),
    "sessions.message": lazy("Message to everybody"),
    "sessions.proposal": lazy("Answer to a proposed time"),
    "sessions.seats": lazy("Answer to nominations"),
    "sessions.names_due": lazy("Reminder to name people"),
    "sessions.few_people": lazy("Few people are booked"),
    "sessions.given_back": lazy("Seat given back"),
    "sessions.called_off": lazy("Training session cancelled"),
}
