"""Kinds that GIFT has no word for. A tag before the question says them; other programs read what stands there."""

import re
from dataclasses import fields
from decimal import Decimal
from typing import Any

from app.quizzes.gift.faults import Fault
from app.quizzes.gift.questions import Choice, Option, Ordering, Question, QuestionBase, Short
from app.quizzes.gift.reader import Common

ORDERING = "ordering"
"""Accepted words, in the right order: things to bring into order."""
OBSERVED = "observed"
"""Several right options: criteria that a trainer ticks while somebody does the task."""
AREAS = "hot-spot"
"""The options begin with the numbers of areas in the picture, and stand in the order of these. It stays a tag."""
WHOLE = "all-or-nothing"
"""There are points only when everything is right. It stays a tag."""
_ALL = Decimal(100)
_NUMBERED = re.compile(r"\d{1,3}(?!\d)")


def as_tagged(question: Question, faults: list[Fault]) -> Question:
    """The question as the kind that its tag says. A tag that does not fit its answers stays, and is reported."""
    if ORDERING in question.tags and isinstance(question, Short):
        return _ordering(question, faults)
    if OBSERVED in question.tags and isinstance(question, Choice) and question.type == "multiple":
        return Choice(type="observed", options=question.options, **_common(question, without=OBSERVED))
    for tag, kind in ((ORDERING, "ordering"), (OBSERVED, "observed")):
        if tag in question.tags and question.type != kind:
            faults.append(Fault(question.line, "kind_unclear", tag))
    return question


def areas_of(question: Question) -> tuple[int, ...]:
    """The numbers of the areas in the picture, in the order of the options; empty where the options name none, or not
    each its own.
    """
    if AREAS not in question.tags or not isinstance(question, Choice):
        return ()
    found = [_NUMBERED.match(option.words.text) for option in question.options]
    numbers = [int(each[0]) for each in found if each]
    return tuple(numbers) if len({*numbers}) == len(question.options) else ()


def plain_form(question: Question) -> Question:
    """The question as a format takes it that has no word for its kind; `as_tagged` gives it back."""
    if isinstance(question, Ordering):
        options = tuple(Option(words, _ALL) for words in question.items)
        return Short(options=options, **_common(question, first=ORDERING))
    return without_observing(question)


def without_observing(question: Question) -> Question:
    """The same for a format that knows what an order is."""
    if isinstance(question, Choice) and question.type == "observed":
        return Choice(type="multiple", options=question.options, **_common(question, first=OBSERVED))
    return question


def with_whole(common: Common) -> Common:
    """With the tag for points only when everything is right."""
    return common if WHOLE in common["tags"] else Common({**common, "tags": (*common["tags"], WHOLE)})


def _ordering(question: Short, faults: list[Fault]) -> Question:
    if any(option.fraction != _ALL or option.feedback for option in question.options):
        faults.append(Fault(question.line, "ordering_unclear"))
    if len(question.options) < 2:
        faults.append(Fault(question.line, "ordering_too_few"))
    return Ordering(items=tuple(each.words for each in question.options), **_common(question, without=ORDERING))


def _common(question: Question, *, first: str = "", without: str = "") -> dict[str, Any]:
    """What every kind has, with one tag more or less."""
    values = {each.name: getattr(question, each.name) for each in fields(QuestionBase)}
    tags = list(question.tags)
    if without:
        tags.remove(without)
    return values | {"tags": (*([first] if first else []), *tags)}
