"""What quizzes that open by themselves tell."""

from dataclasses import dataclass

from app.platform.bus import Event


@dataclass(frozen=True)
class FollowUpOpened(Event):
    """The quiz before or after a training session can be taken from now on."""

    plan_id: int


@dataclass(frozen=True)
class FollowUpEnding(Event):
    """It closes in a week."""

    plan_id: int
