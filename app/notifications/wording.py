"""The words for what mails are for and where they are on their way."""

from typing import Any

from app.notifications.rules import TellingKind, Way
from app.platform.i18n import lazy
from app.platform.mail.models import MailState

STATES: dict[MailState, tuple[Any, str]] = {
    MailState.QUEUED: (lazy("Waiting to be sent"), "plain"),
    MailState.DELAYED: (lazy("Delayed, will be tried again"), "need"),
    MailState.SENT: (lazy("Sent"), "done"),
    MailState.REFUSED: (lazy("Refused"), "harm"),
    MailState.BOUNCED: (lazy("Sent, and came back"), "harm"),
}

WAYS: dict[Way, Any] = {
    Way.MAIL: lazy("By mail"),
    Way.PAPER: lazy("On paper"),
    Way.CHAT: lazy("In the chat group"),
}

KINDS: dict[str, Any] = {
    TellingKind.NOTICE.value: lazy("Notice of a training session"),
    "notifications.digest": lazy("What comes and what waits"),
    "notifications.reminder": lazy("Reminder"),
    "certificates.changed": lazy("Certificate revoked, under review or issued anew"),
    "certificates.ready": lazy("Certificates are ready"),
    "certificates.renewal": lazy("Certificates to renew"),
    "accounts.invitation": lazy("Invitation to an account"),
    "accounts.password_reset": lazy("Link for a new password"),
    "accounts.sign_in": lazy("Link to sign in"),
    "certificates.of_factory": lazy("Certificate for the factory"),
    "sessions.invitation": lazy("Invitation"),
    "sessions.change": lazy("Change of an invitation"),
    "sessions.cancellation": lazy("Removal from the calendar"),
    "sessions.message": lazy("Message to everybody"),
    "sessions.proposal": lazy("Answer to a proposed time"),
    "sessions.seats": lazy("Answer to nominations"),
    "sessions.names_due": lazy("Reminder to name people"),
    "sessions.few_people": lazy("Few people are booked"),
    "sessions.low_attendance": lazy("Low attendance"),
    "sessions.follow_up": lazy("Quiz before or after a training session"),
    "sessions.open_guests": lazy("Unknown people left"),
    "sessions.given_back": lazy("Seat given back"),
    "sessions.room_failed": lazy("No meeting room"),
    "sessions.called_off": lazy("Training session cancelled"),
    "sessions.switched": lazy("Half-days held in another way"),
    "sessions.postponed": lazy("Training session postponed"),
    "sessions.new_dates": lazy("New dates of a training session"),
}
