"""Notes on national law: one file a country, each note with its source and the day it was looked at."""

from collections.abc import Iterator

from app.content.folder import COUNTRIES_FOLDER
from app.content.problems import Problem, Severity
from app.content.read import Course
from app.platform.clock import now


def country_problems(course: Course) -> Iterator[Problem]:
    """Notes whose review is due."""
    today = now().date()
    for notes in course.countries:
        path = f"{COUNTRIES_FOLDER}/{notes.country.lower()}.yaml"
        for note in notes.notes:
            if note.review_by < today:
                message = f"{note.topic}: the day of the review is over"
                yield Problem(course.folder.label(path), 1, message, Severity.WARNING)
