"""What somebody who teaches should do next with a training session. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from app.sessions.rules import Phase, TrainingState


class Action(StrEnum):
    """The one main action of a training session on the start page."""

    ROLL_CALL = "roll_call"
    QUIZ = "quiz"
    SETTLE = "settle"
    CONFIRM = "confirm"
    CLOSE = "close"
    LOOK = "look"


@dataclass(frozen=True)
class Situation:
    """Where a training session stands. `unmarked`: people without a mark at the half-day that can be marked now."""

    state: TrainingState
    phase: Phase
    requested: int
    booked: int
    unmarked: int
    has_quiz: bool


def main_action(now: Situation) -> Action:
    """The most urgent of what can be done."""
    is_confirmed = now.state is TrainingState.CONFIRMED
    checks = (
        (is_confirmed and now.unmarked > 0, Action.ROLL_CALL),
        (is_confirmed and now.phase is Phase.RUNNING and now.has_quiz, Action.QUIZ),
        (is_confirmed and now.phase is Phase.PAST, Action.CLOSE),
        (now.requested > 0, Action.SETTLE),
        (now.state is TrainingState.TENTATIVE and now.booked > 0, Action.CONFIRM),
    )
    return next((action for due, action in checks if due), Action.LOOK)
