"""The one main action of a training session."""

from dataclasses import replace

import pytest

from app.home.rules import Action, Situation, main_action
from app.sessions.rules import Phase, TrainingState

QUIET = Situation(TrainingState.CONFIRMED, Phase.COMING, requested=0, booked=8, unmarked=0, has_quiz=True)


@pytest.mark.parametrize(
    ("changes", "action"),
    [
        ({}, Action.LOOK),
        ({"phase": Phase.RUNNING, "unmarked": 8}, Action.ROLL_CALL),
        ({"phase": Phase.RUNNING, "unmarked": 1, "requested": 2}, Action.ROLL_CALL),
        ({"phase": Phase.RUNNING}, Action.QUIZ),
        ({"phase": Phase.RUNNING, "has_quiz": False}, Action.LOOK),
        ({"phase": Phase.PAST}, Action.CLOSE),
        ({"requested": 3}, Action.SETTLE),
        ({"state": TrainingState.TENTATIVE, "requested": 3}, Action.SETTLE),
        ({"state": TrainingState.TENTATIVE}, Action.CONFIRM),
        ({"state": TrainingState.TENTATIVE, "booked": 0}, Action.LOOK),
        ({"state": TrainingState.TENTATIVE, "phase": Phase.RUNNING, "unmarked": 8}, Action.CONFIRM),
    ],
)
def test_the_most_urgent_comes_first(changes: dict[str, object], action: Action) -> None:
    assert main_action(replace(QUIET, **changes)) is action
