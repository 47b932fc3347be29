"""Words for what phones brought and nobody could take down."""

from typing import Any

from app.attendance.kit.rules import Detail, Reason
from app.platform.i18n import lazy

REASONS: dict[Reason, Any] = {
    Reason.UNKNOWN_PERSON: lazy("Unknown person"),
    Reason.CLOSED_SESSION: lazy("Already closed"),
    Reason.CONFLICT: lazy("Does not fit"),
    Reason.MALFORMED: lazy("Cannot be read"),
    Reason.FORBIDDEN: lazy("Not allowed"),
}

DETAILS: dict[Detail, Any] = {
    Detail.SEAT_WITHDRAWN: lazy("The seat of this person was taken back before the mark arrived."),
    Detail.NO_SEAT: lazy("This person has no seat in this training session."),
    Detail.NO_PERSON: lazy("There is no such person in the register."),
    Detail.CARD: lazy("Nobody has this card, or it is not valid any more."),
    Detail.CLOSED: lazy("The training session was closed before the mark arrived."),
    Detail.ROLL_CALL_CLOSED: lazy("The roll call of the half-day was closed before the mark arrived."),
    Detail.SAME_ID: lazy("The phone sent something else under the same number before."),
    Detail.MOVED: lazy("The half-day was moved to another day after the phone had taken its list along."),
    Detail.POSTPONED: lazy("The half-day waits for another date."),
    Detail.NOT_CONFIRMED: lazy("The training session is not confirmed."),
    Detail.TOO_EARLY: lazy("It arrived more than 12 hours before the half-day."),
    Detail.TEST: lazy("This is not the test of the training session, or not its points."),
    Detail.SEALED: lazy("It does not open: it was cut off or altered on its way."),
    Detail.UNKNOWN_KEY: lazy("It was sealed with a key that this site does not have."),
    Detail.VERSION: lazy("The phone writes in a way that this site does not know yet."),
    Detail.FIELDS: lazy("Something in it is missing or impossible."),
    Detail.MEETING: lazy("There is no such half-day."),
    Detail.PHOTO: lazy("It is not a photo that can be read."),
    Detail.TOO_LARGE: lazy("It is too long."),
    Detail.TROUBLE: lazy("The site could not take it down. Somebody should look into it."),
    Detail.ACCOUNT: lazy("The account was disabled before the mark arrived."),
    Detail.RIGHT_LOST: lazy("The account may not mark this half-day any more."),
    Detail.NO_SHEET: lazy("The phone never took the list of this half-day along."),
}
