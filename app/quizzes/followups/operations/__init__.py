"""The verbs of quizzes that open by themselves."""

from app.quizzes.followups.operations.opening import call_last, open_planned
from app.quizzes.followups.operations.planning import plan

__all__ = ["call_last", "open_planned", "plan"]
