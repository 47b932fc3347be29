"""The doors to regrading: importing them fills the blueprint."""

from app.quizzes.regrading.views import attempts, by_hand, late
from app.quizzes.regrading.views.blueprint import bp

__all__ = ["attempts", "bp", "by_hand", "late"]
