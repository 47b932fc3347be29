"""What the pages of somebody who learns are told of quizzes."""

from dataclasses import dataclass

from flask import url_for

from app.quizzes import queries


@dataclass(frozen=True)
class OpenTest:
    """A test that is open now; a POST to `address` leads the person there."""

    unit_id: int
    address: str


def open_tests(person_id: int) -> list[OpenTest]:
    """Tests that a person can take now, the next to close first. One statement."""
    return [
        OpenTest(quiz.unit_id, url_for("attempts.choose", training_id=quiz.training_id, unit=quiz.unit_id))
        for quiz in queries.openings(person_id)
    ]
