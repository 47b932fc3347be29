"""The words for answers, and for what became of mails that came in."""

from typing import Any

from app.platform.i18n import lazy
from app.sessions.replies.rules import Outcome, Part, Reason
from app.sessions.rules import Participation

PARTICIPATIONS: dict[Participation, tuple[Any, str]] = {
    Participation.ACCEPTED: (lazy("Comes"), "done"),
    Participation.DECLINED: (lazy("Does not come"), "harm"),
    Participation.TENTATIVE: (lazy("May come"), "need"),
    Participation.DELEGATED: (lazy("Sends somebody else"), "need"),
    Participation.NEEDS_ACTION: (lazy("No answer yet"), "off"),
}

PARTS: dict[Part, Any] = {
    Part.TRAINER: lazy("Trainer"),
    Part.FOCAL_POINT: lazy("Focal point"),
    Part.PERSON: lazy("Invited"),
}

OUTCOMES: dict[Outcome, tuple[Any, str]] = {
    Outcome.ACCEPTED: (lazy("Counts"), "done"),
    Outcome.IGNORED: (lazy("Changed nothing"), "off"),
}

REASONS: dict[Reason, Any] = {
    Reason.UNKNOWN_UID: lazy("It answers an invitation that we do not know."),
    Reason.STALE_SEQUENCE: lazy("It answers an invitation that was changed since, or a newer answer counts."),
    Reason.SENDER_MISMATCH: lazy("It does not come from the address that was invited."),
    Reason.NO_CALENDAR: lazy("Somebody wrote a mail. There is no calendar answer in it."),
    Reason.AUTO_REPLY: lazy("An automatic answer, such as out of office."),
    Reason.BOUNCE: lazy("A mail server says that a mail did not arrive."),
    Reason.TOO_COMPLEX: lazy("It is too large, or made of too many pieces, to be an answer."),
    Reason.BAD_PARTSTAT: lazy("It says neither yes nor no nor maybe."),
    Reason.NOT_A_REPLY: lazy("It is a calendar entry, not an answer."),
    Reason.UNREADABLE: lazy("It could not be handled. It is kept as it came."),
}
"""Why a mail changed nothing, in a sentence."""
