"""Moodle GIFT: `parse` a bank with all its faults, `to_gift` to write it again. Pure."""

from app.quizzes.gift.bank import parse
from app.quizzes.gift.faults import Bank, Fault
from app.quizzes.gift.jsonform import as_json, question_as_json
from app.quizzes.gift.questions import (
    Choice,
    Description,
    Essay,
    Format,
    Matching,
    Number,
    Numeric,
    Option,
    Ordering,
    Question,
    QuestionBase,
    Short,
    TrueFalse,
    Words,
)
from app.quizzes.gift.writer import to_gift

__all__ = [
    "Bank",
    "Choice",
    "Description",
    "Essay",
    "Fault",
    "Format",
    "Matching",
    "Number",
    "Numeric",
    "Option",
    "Ordering",
    "Question",
    "QuestionBase",
    "Short",
    "TrueFalse",
    "Words",
    "as_json",
    "parse",
    "question_as_json",
    "to_gift",
]
