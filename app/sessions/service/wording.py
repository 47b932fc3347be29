"""What kinds, payers, causes and concerns are called."""

from typing import Any

from app.platform.i18n import lazy
from app.sessions.service.rules import Cause, Concern, Kind, Payer

KINDS: dict[Kind, Any] = {Kind.HALF_DAYS: lazy("Training days"), Kind.SEATS: lazy("Seats")}
PAYERS: dict[Payer, Any] = {
    Payer.PROGRAMME: lazy("The programme"),
    Payer.FACTORY: lazy("The factory"),
    Payer.BRAND: lazy("A brand"),
    Payer.DONOR: lazy("A donor"),
}
CAUSES: dict[Cause, Any] = {
    Cause.GRANTED: lazy("Granted"),
    Cause.USED: lazy("Taken by a training session"),
    Cause.RETURNED: lazy("Given back"),
    Cause.CORRECTED: lazy("Corrected"),
}
CONCERNS: dict[Concern, tuple[Any, str]] = {
    Concern.ONLY_BY_LINK: (lazy("Served by link only"), "harm"),
    Concern.TOO_FEW_HOURS: (lazy("Too few hours in person"), "need"),
    Concern.OVERDRAWN: (lazy("More taken than granted"), "harm"),
}
