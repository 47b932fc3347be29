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
}


def reason(stored: str | None) -> str:
    """Why a certificate was revoked, in the reader's language where the system knows it."""
    return str(REASONS.get(stored or "", stored or ""))
