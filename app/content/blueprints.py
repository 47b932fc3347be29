"""Whether a bank has what the quizzes that draw from it ask for."""

from collections import Counter
from collections.abc import Iterator

from app.content.problems import Problem
from app.content.read import QuizFile
from app.content.schema import UnitFacts
from app.quizzes.gift import Description, Question
from app.quizzes.rules.drawing import form_named


def blueprint_problems(quiz: QuizFile, unit: UnitFacts, file: str) -> Iterator[Problem]:
    """Each question belongs to exactly one part of the blueprint and to a form that there is, and each part has as many
    questions in each form as the blueprint asks for, or more.
    """
    asked = [question for question in quiz.bank.questions if not isinstance(question, Description)]
    forms = (unit.rules and unit.rules.forms) or 1
    for question in asked:
        yield from _misplaced(question, unit, forms, file)
    for form in range(forms):
        here = [question for question in asked if _form(question) in {None, form}]
        named = f" in form {form + 1}" if forms > 1 else ""
        if not here:
            yield Problem(file, 1, f"unit {unit.id} has no question{named}")
        found = Counter(tag for question in here for tag in question.tags)
        for part, wanted in (unit.blueprint or {}).items():
            if found[part] < wanted:
                few = f"the blueprint of {unit.id} asks for {wanted} questions on {part}{named}, here are {found[part]}"
                yield Problem(file, 1, few)


def _misplaced(question: Question, unit: UnitFacts, forms: int, file: str) -> Iterator[Problem]:
    parts = [tag for tag in question.tags if tag in (unit.blueprint or {})]
    if unit.blueprint and len(parts) != 1:
        said = " and ".join(parts) or "no part"
        yield Problem(file, question.line, f"the question is tagged with {said} of the blueprint, not with one")
    form = _form(question)
    if form is not None and form >= forms:
        other = f"the question is tagged form-{form + 1}, and the rules of {unit.id} say forms: {forms}"
        yield Problem(file, question.line, other)


def _form(question: Question) -> int | None:
    return next((form for tag in question.tags if (form := form_named(tag)) is not None), None)
