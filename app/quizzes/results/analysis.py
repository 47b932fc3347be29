"""How the questions of a quiz work. It reads the keys, so it is for those alone who may see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.courses.models import Unit
from app.quizzes.frozen import graded_question, question_from
from app.quizzes.gift import Description, Question
from app.quizzes.queries import keys_of
from app.quizzes.results import queries
from app.quizzes.results.options import OptionRow, moments_of, option_rows, typed_rows
from app.quizzes.results.queries import Picked, Tally
from app.quizzes.results.rules import (
    LEAST_SHOWN,
    NOBODY,
    Differs,
    Flag,
    Moments,
    differing,
    flags,
    shown_groups,
    spread,
    typical_seconds,
)
from app.quizzes.rules import needs_a_person
from app.quizzes.shown import plain, reading_language


@dataclass(frozen=True, slots=True)
class GroupRow:
    """People of one language or sex, and their facility."""

    group: str | None
    n: int
    facility: float


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A question. `asked` people got it, `answered` gave an answer; shares are 0..1, `seconds` a median."""

    number: int
    text: str
    language: str
    asked: int
    answered: int
    facility: float
    discrimination: float | None
    seconds: float | None
    options: Sequence[OptionRow]
    typed: Sequence[OptionRow]
    by_language: Sequence[GroupRow]
    by_sex: Sequence[GroupRow]
    flags: Sequence[Flag]
    differs: Sequence[Differs]

    @property
    def is_to_mend(self) -> bool:
        return bool(self.flags or self.differs)


@dataclass(frozen=True, slots=True)
class Analysis:
    """A quiz: how many people, how their scores are spread, and its questions in their order. `of_others` are the
    points that there are beside one question.
    """

    people: int
    spread: Sequence[int]
    of_others: float
    items: Sequence[ItemRow]

    @property
    def has_enough(self) -> bool:
        return self.people >= LEAST_SHOWN


@dataclass(frozen=True, slots=True)
class _Part:
    """Some of those who were asked a question."""

    language: str | None
    sex: str | None
    moments: Moments
    has_answered: bool


def analysis(within: Picked, unit: Unit, wanted: Sequence[str | None]) -> Analysis:
    """Figures of every question of a quiz that counts. Seven statements at most, however many people."""
    firsts = queries.firsts(within, unit.id)
    scores = queries.scores(firsts)
    people = sum(row[2] for row in scores)
    most = sum(row[1] * row[2] for row in scores) / people if people else 0.0
    if people < LEAST_SHOWN:
        return Analysis(people, spread([]), 0.0, [])
    asked, given = _by_question(queries.asked(firsts)), _by_question(queries.picked_choices(firsts))
    keys = keys_of(list(asked))
    questions = {id_: graded_question(key) for id_, key in keys.items()}
    counted = {id_: each for id_, each in questions.items() if not isinstance(each, Description)}
    parts = _parts(counted, asked, given, _by_hand(firsts, counted))
    differs = differing({id_: _languages(each) for id_, each in parts.items()})
    seconds = typical_seconds(queries.saved_times(firsts))
    items = [
        _item(
            number, question, question_from(keys[id_], language, language), language, parts[id_], given.get(id_, []),
            seconds.get(id_), differs.get(id_, []),
        )
        for number, (id_, question) in enumerate(counted.items(), 1)
        for language in [reading_language(keys[id_], wanted)]
    ]  # fmt: skip
    return Analysis(people, spread(tuple(row) for row in scores), max(0.0, most - 1), items)


def _by_question(tallies: Sequence[Tally]) -> dict[int, list[Tally]]:
    found: dict[int, list[Tally]] = {}
    for tally in tallies:
        found.setdefault(tally.question_id, []).append(tally)
    return found


def _by_hand(firsts: Any, counted: Mapping[int, Question]) -> dict[int, list[_Part]]:
    """Of questions that a person grades the grades say what an answer is worth."""
    found: dict[int, list[_Part]] = {id_: [] for id_, question in counted.items() if needs_a_person(question)}
    if found:
        for id_, language, sex, moments in queries.manual(firsts, list(found)):
            found[id_].append(_Part(language, sex, moments, has_answered=True))
    return found


def _parts(
    counted: Mapping[int, Question],
    asked: Mapping[int, Sequence[Tally]],
    given: Mapping[int, Sequence[Tally]],
    by_hand: Mapping[int, list[_Part]],
) -> dict[int, list[_Part]]:
    """Those who answered, and those who did not: these have no points and no language."""
    parts = {}
    for id_, question in counted.items():
        answered = by_hand[id_] if id_ in by_hand else _answered(question, given.get(id_, []))
        parts[id_] = answered + _silent(asked[id_], answered)
    return parts


def _answered(question: Question, tallies: Sequence[Tally]) -> list[_Part]:
    return [
        _Part(each.language, each.sex, moments_of(question, each), has_answered=True) for each in tallies if each.choice
    ]


def _silent(asked: Sequence[Tally], answered: Sequence[_Part]) -> list[_Part]:
    silent = []
    for each in asked:
        whole = Moments(each.n, 0.0, 0.0, each.scores, each.squares, 0.0)
        said = sum((part.moments for part in answered if part.sex == each.sex), NOBODY)
        # Whole scores of those who answered: their points in the question and in the others together.
        scores, squares = said.x + said.y, said.xx + 2 * said.xy + said.yy
        left = Moments(whole.n - said.n, 0.0, 0.0, whole.y - scores, whole.yy - squares, 0.0)
        if left.n > 0:
            silent.append(_Part(None, each.sex, left, has_answered=False))
    return silent


def _item(
    number: int, question: Question, read: Question, language: str, parts: Sequence[_Part],
    tallies: Sequence[Tally], seconds: float | None, differs: Sequence[Differs],
) -> ItemRow:  # fmt: skip
    whole = sum((part.moments for part in parts), NOBODY)
    options = option_rows(question, read, tallies)
    return ItemRow(
        number=number,
        text=plain(read.text, read.format),
        language=language,
        asked=whole.n,
        answered=sum(part.moments.n for part in parts if part.has_answered),
        facility=whole.mean_x or 0.0,
        discrimination=whole.correlation,
        seconds=seconds,
        options=options,
        typed=typed_rows(question, tallies),
        by_language=_groups(_languages(parts, unknown=True)),
        by_sex=_groups(_sexes(parts)),
        flags=flags(whole, [option.judged for option in options]),
        differs=differs,
    )


def _languages(parts: Sequence[_Part], *, unknown: bool = False) -> dict[Any, Moments]:
    """By the language in which the question was read, of those who answered it."""
    found: dict[Any, Moments] = {}
    for part in parts:
        if part.has_answered and (unknown or part.language is not None):
            found[part.language] = found.get(part.language, NOBODY) + part.moments
    return found


def _sexes(parts: Sequence[_Part]) -> dict[Any, Moments]:
    found: dict[Any, Moments] = {}
    for part in parts:
        found[part.sex] = found.get(part.sex, NOBODY) + part.moments
    return found


def _groups(of: Mapping[Any, Moments]) -> list[GroupRow]:
    """Only where at least two groups may be shown: one alone says what the total says."""
    shown = shown_groups({group: each.n for group, each in of.items()})
    rows = [GroupRow(group, each.n, each.mean_x or 0.0) for group, each in of.items() if group in shown]
    return sorted(rows, key=lambda row: (row.group is None, str(row.group))) if len(of) > 1 else []
