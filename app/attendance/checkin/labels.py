"""Words about checking in."""

from typing import Any

from app.attendance.checkin.operations import Scan
from app.attendance.checkin.rules import Flag, Outcome, Proof, Way
from app.platform.i18n import lazy

WAYS: dict[Way, Any] = {
    Way.SCREEN: lazy("Code on the screen"),
    Way.PAPER: lazy("Code in the room"),
}

PROOFS: dict[Proof, Any] = {
    Proof.SIGNED_IN: lazy("signed in"),
    Proof.NUMBER: lazy("number only"),
}

FLAGS: dict[Flag, Any] = {
    Flag.SEVERAL: lazy("Several from one phone"),
    Flag.OLD_CODE: lazy("Came with an old code first"),
    Flag.ELSEWHERE: lazy("In the room of another factory"),
    Flag.LATE: lazy("Late"),
    Flag.AGAIN: lazy("You said: not here"),
}

OUTCOMES: dict[Outcome, Any] = {
    Outcome.HERE: lazy("Confirmed"),
    Outcome.NOT_HERE: lazy("Not here"),
}

SCANS: dict[Scan, Any] = {
    Scan.ALREADY: lazy("Is marked as present already."),
    Scan.UNKNOWN: lazy("Nobody is found. Nothing is marked. Check the number, or mark by name."),
    Scan.REVOKED: lazy("This card was blocked or replaced. Nothing is marked. Look at the person, then mark by name."),
    Scan.NO_SEAT: lazy("Whose card this is has no booked seat in this training. Nothing is marked."),
}
