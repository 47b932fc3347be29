"""Banks of questions in the formats of other programs: read, write, tell what was lost. Pure."""

from app.quizzes.interchange.carried import Lost
from app.quizzes.interchange.formats import FORMATS, BankFormat
from app.quizzes.interchange.guess import guess, guess_by_name

__all__ = ["FORMATS", "BankFormat", "Lost", "guess", "guess_by_name"]
