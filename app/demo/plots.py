"""What happens where: the training sessions of the story, as data."""

from dataclasses import dataclass
from enum import StrEnum

from app.demo.places import BANGLADESH, CAMBODIA, ETHIOPIA, JORDAN, SRI_LANKA, VIET_NAM, Place
from app.sessions.rules import Modality

SKILLS, SAFETY, SEMINAR = "sst", "osh-supervisors", "seminar-working-time"


class Turn(StrEnum):
    """What becomes of a training session."""

    HELD = "held"
    CORRECTED = "corrected"
    RUNNING = "running"
    OFFERED = "offered"
    NOMINATED = "nominated"
    COMING = "coming"
    MOVED = "moved"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Plot:
    """One training session. `offset` is its first day from today; `people` a part of the factory's list of people."""

    course: str
    offset: int
    half_days: int
    people: slice
    turn: Turn
    modality: Modality = Modality.IN_PERSON
    reason: str = ""


_HYBRID = Modality.HYBRID
_OLD = Plot(SKILLS, -712, 4, slice(0, 4), Turn.HELD)
_NOBODY = slice(0, 0)

PLOTS: dict[Place, tuple[Plot, ...]] = {
    CAMBODIA: (
        _OLD,
        Plot(SKILLS, -160, 4, slice(4, 8), Turn.HELD),
        Plot(SAFETY, -82, 2, slice(2, 9), Turn.HELD),
        Plot(SKILLS, -2, 3, slice(7, 14), Turn.RUNNING, _HYBRID),
        Plot(SAFETY, 12, 2, slice(9, 15), Turn.COMING, _HYBRID),
    ),
    BANGLADESH: (
        _OLD,
        Plot(SKILLS, -148, 4, slice(3, 10), Turn.HELD, _HYBRID),
        Plot(SAFETY, -75, 2, slice(4, 10), Turn.HELD),
        Plot(SKILLS, 9, 4, slice(10, 15), Turn.NOMINATED, _HYBRID),
    ),
    JORDAN: (
        _OLD,
        Plot(SKILLS, -140, 4, slice(4, 9), Turn.HELD, _HYBRID),
        Plot(SEMINAR, -61, 1, slice(10, 15), Turn.HELD),
        Plot(
            SKILLS, 15, 4, slice(9, 12), Turn.CANCELLED,
            reason="The order for the spring season must leave earlier. We will offer new dates.",
        ),
        Plot(SKILLS, 26, 4, _NOBODY, Turn.OFFERED, _HYBRID),
    ),
    ETHIOPIA: (
        _OLD,
        Plot(SKILLS, -134, 4, slice(3, 8), Turn.HELD),
        Plot(SAFETY, 10, 2, slice(2, 8), Turn.COMING),
        Plot(SEMINAR, 20, 1, _NOBODY, Turn.OFFERED, Modality.VIRTUAL),
    ),
    VIET_NAM: (
        _OLD,
        Plot(SKILLS, -155, 4, slice(4, 11), Turn.HELD, _HYBRID),
        Plot(SAFETY, -70, 2, slice(2, 8), Turn.HELD),
        Plot(SAFETY, 14, 2, slice(8, 13), Turn.MOVED, _HYBRID),
    ),
    SRI_LANKA: (
        _OLD,
        Plot(SKILLS, -128, 4, slice(2, 8), Turn.CORRECTED, _HYBRID),
        Plot(SEMINAR, -55, 1, slice(9, 14), Turn.HELD, Modality.VIRTUAL),
        Plot(SKILLS, 13, 4, slice(8, 11), Turn.COMING),
    ),
}
