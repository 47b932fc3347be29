"""Trainings of before this record was kept: a spreadsheet in, checked rows out. Knows no database."""

from app.learning_record.earlier.output import as_json, exit_code
from app.learning_record.earlier.read import check
from app.learning_record.earlier.results import Problem, Row, Trainings

__all__ = ["Problem", "Row", "Trainings", "as_json", "check", "exit_code"]
