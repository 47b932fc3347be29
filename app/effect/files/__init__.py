"""Weekly figures of lines and dates of training, as factories send them."""

from app.effect.files.read import check
from app.effect.files.results import Problem, Row, Weeks
from app.effect.files.trainings import Trained, Trainings, check_trainings, lines_of

__all__ = ["Problem", "Row", "Trained", "Trainings", "Weeks", "check", "check_trainings", "lines_of"]
