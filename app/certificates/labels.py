"""Words for the values of certificates."""

from typing import Any

from app.certificates.rules import Reason, State
from app.platform.i18n import lazy

STATES: dict[State, tuple[Any, str]] = {
    State.VALID: (lazy("Valid"), "done"),
    State.EXPIRED: (lazy("Expired"), "off"),
    State.SUSPENDED: (lazy("Under review"), "need"),
    State.REPLACED: (lazy("Replaced"), "off"),
    State.REVOKED: (lazy("Revoked"), "harm"),
}
"""The word, and the kind of badge that carries it."""

REASONS: dict[str, Any] = {
    Reason.CORRECTED: lazy("The attendance or the test result was corrected, and the rule is no longer met."),
    Reason.IN_ERROR: lazy("It was issued by mistake."),
    Reason.OTHER_PERSON: lazy("It was issued to the wrong person."),
    Reason.RULE_NOT_MET: lazy("A review found that the rule of the course was not met."),
    Reason.ASKED: lazy("The person whom it names asked for it."),
    Reason.CHECKED: lazy("What it rests on is being checked."),
    Reason.NAME: lazy("The name was corrected."),
    Reason.CONTENTS: lazy("Something printed on it was corrected."),
    Reason.LOOK: lazy("It was made anew in another look or language."),
}


def reason(stored: str | None) -> str:
    """Why a certificate was revoked, suspended or replaced, in the reader's language where the system knows it."""
    return str(REASONS.get(stored or "", stored or ""))
