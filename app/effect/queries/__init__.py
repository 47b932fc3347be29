"""Reads of line productivity. Unless an actor is asked for, the caller has checked the factory."""

from app.effect.queries.lines import LineShown, Unmatched, lines, unmatched
from app.effect.queries.results import (
    LONGEST,
    is_comparing,
    latest,
    made_from,
    programmes,
    results,
    was_ordered,
)
from app.effect.queries.trained import Trained, TrainedLine, supervisory_skills, trainings
from app.effect.queries.weeks import (
    all_with_weeks,
    applied,
    current,
    factories_with_weeks,
    files,
    unused,
    week_file,
    weeks,
)

__all__ = [
    "LONGEST", "LineShown", "Trained", "TrainedLine", "Unmatched", "all_with_weeks", "applied", "current",
    "factories_with_weeks", "files", "is_comparing", "latest", "lines", "made_from", "programmes", "results",
    "supervisory_skills", "trainings", "unmatched", "unused", "was_ordered", "week_file", "weeks",
]
