"""The words of demand, in the reader's language when they are shown."""

from typing import Any

from app.platform.i18n import lazy
from app.sessions.demand.rules import InterestState

STATES: dict[InterestState, tuple[Any, str]] = {
    InterestState.OPEN: (lazy("Waiting for a date"), "need"),
    InterestState.PLANNED: (lazy("Planned"), "now"),
    InterestState.MET: (lazy("Confirmed"), "done"),
    InterestState.WITHDRAWN: (lazy("Withdrawn"), "off"),
}
