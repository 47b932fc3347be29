"""Why there is no pack of a time, in plain words."""

from typing import Any

from app.learning_record.evidence.rules import Flaw
from app.platform.i18n import lazy

FLAWS: dict[Flaw, Any] = {
    Flaw.BACKWARDS: lazy("The last day must not lie before the first."),
    Flaw.TOO_LONG: lazy("One file holds at most three years. Choose a shorter time."),
    Flaw.NO_YEAR: lazy("Choose days of the years 2000 to 2099."),
    Flaw.UNKNOWN_YET: lazy("The time ends after the day as of which it is to be known. Choose a later day there."),
    Flaw.NOT_OVER: lazy(
        "Choose a day that is over: today more can still happen, and the file could not be made again as it is."),
}
