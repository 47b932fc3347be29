"""Moodle XML. Pure."""

from app.quizzes.interchange.moodle.reading import read
from app.quizzes.interchange.moodle.writing import write

__all__ = ["read", "write"]
