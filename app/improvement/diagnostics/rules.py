"""What a factory is asked about a theme, and what it needs by its own answers. Pure.

There is no score: answers lead to points that could be better, and to nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Answer(StrEnum):
    """What a factory says of a question."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True)
class Question:
    """One question, as texts by language, and the points that it is about."""

    id: str
    points: tuple[str, ...]
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Form:
    """The questions about a theme. `version` changes with the questions."""

    theme: str
    version: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Need:
    """A point that could be better by the factory's own answers: the worst of them, and the questions that say so."""

    point: str
    answer: Answer
    questions: tuple[str, ...]


_WORST_FIRST = (Answer.NO, Answer.PARTLY)


def needs(form: Form, answers: Mapping[str, Answer]) -> list[Need]:
    """The points of which something is not so, or partly only: what is not so at all first, then in the order of the
    form. Questions that the form no longer has say nothing."""
    said: dict[str, list[Question]] = {}
    for question in form.questions:
        if answers.get(question.id) in _WORST_FIRST:
            for point in question.points:
                said.setdefault(point, []).append(question)
    found = [
        Need(point, _worst(answers, questions), tuple(each.id for each in questions))
        for point, questions in said.items()]
    return sorted(found, key=lambda each: _WORST_FIRST.index(each.answer))


def _worst(answers: Mapping[str, Answer], questions: list[Question]) -> Answer:
    return min((answers[each.id] for each in questions), key=_WORST_FIRST.index)


def is_complete(form: Form, answers: Mapping[str, Answer]) -> bool:
    """Whether every question is answered, and nothing else."""
    return set(answers) == {each.id for each in form.questions}
