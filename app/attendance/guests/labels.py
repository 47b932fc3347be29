"""Words for what became of a guest."""

from typing import Any

from app.attendance.guests.rules import GuestState
from app.platform.i18n import lazy

STATES: dict[GuestState, tuple[Any, str]] = {
    GuestState.OPEN: (lazy("Nobody knows yet who it is"), "need"),
    GuestState.FOUND: (lazy("Found in the register"), "done"),
    GuestState.SET_ASIDE: (lazy("Not one of ours"), "off"),
}
"""The sentence and the colour of a state."""
