"""Words of webhooks."""

from typing import Any

from app.api.webhooks.rules import DeliveryState, Happening, Unfit
from app.platform.i18n import lazy

HAPPENINGS: dict[Happening, Any] = {
    Happening.COMPLETION_MADE: lazy("Somebody completed a course"),
    Happening.COMPLETION_WITHDRAWN: lazy("A completion was withdrawn"),
    Happening.CERTIFICATE_ISSUED: lazy("A certificate was issued"),
    Happening.CERTIFICATE_SUSPENDED: lazy("A certificate was suspended"),
    Happening.CERTIFICATE_REINSTATED: lazy("A certificate holds again"),
    Happening.CERTIFICATE_REPLACED: lazy("A certificate was issued anew"),
    Happening.CERTIFICATE_REVOKED: lazy("A certificate was revoked"),
    Happening.SESSION_CONFIRMED: lazy("A training session was confirmed"),
    Happening.SESSION_POSTPONED: lazy("A training session was postponed"),
    Happening.SESSION_CANCELLED: lazy("A training session was cancelled"),
    Happening.SESSION_CLOSED: lazy("A training session was closed"),
    Happening.SESSION_CHANGED: lazy("Anything of a training session was changed"),
    Happening.PERSON_CHANGED: lazy("Work or sex of a person was corrected, or entries of people were joined"),
    Happening.ROSTER_APPLIED: lazy("A staff list was applied or taken back"),
    Happening.PING: lazy("Test"),
}
STATES: dict[DeliveryState, Any] = {
    DeliveryState.WAITING: lazy("Waits"),
    DeliveryState.DELIVERED: lazy("Delivered"),
    DeliveryState.FAILED: lazy("Failed"),
    DeliveryState.DROPPED: lazy("Not sent"),
}
UNFIT: dict[Unfit, Any] = {
    Unfit.NO_ADDRESS: lazy("Write an address that begins with https://."),
    Unfit.NOT_HTTPS: lazy("The address must begin with https://."),
    Unfit.PORT: lazy("The address must not name a port."),
    Unfit.SECRET: lazy("The address must not hold a password, nor a # part."),
    Unfit.PRIVATE: lazy("The address leads into a private network."),
}
PROBLEMS: dict[str, Any] = {
    "unknown": lazy("the name is not known"),
    "private": lazy("the address leads into a private network"),
    "unreached": lazy("there was no answer"),
    "certificate": lazy("the certificate of the receiver is not valid"),
}
