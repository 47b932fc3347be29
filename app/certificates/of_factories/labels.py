"""Words for certificates of factories."""

from typing import Any

from app.certificates.of_factories.rules import State
from app.platform.i18n import lazy

STATES: dict[State, tuple[Any, str]] = {
    State.VALID: (lazy("Valid"), "done"),
    State.AT_RISK: (lazy("Valid, at risk"), "need"),
    State.SUSPENDED: (lazy("Under review"), "need"),
    State.EXPIRED: (lazy("Expired"), "off"),
    State.DOWNGRADED: (lazy("No longer holds"), "harm"),
    State.REPLACED: (lazy("Replaced"), "off"),
    State.REVOKED: (lazy("Revoked"), "harm"),
}
"""The word, and the kind of badge that carries it."""
