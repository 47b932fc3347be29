"""The options of a question: how often each was chosen, and by whom. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.quizzes.frozen import answer_from
from app.quizzes.gift import Choice, Numeric, Option, Question, Short, TrueFalse
from app.quizzes.results.queries import Tally
from app.quizzes.results.rules import LEAST_SHOWN, NOBODY, Judged, Moments, of_same
from app.quizzes.rules import points
from app.quizzes.rules.grading import share_of
from app.quizzes.shown import plain

_MOST_TYPED = 6


@dataclass(frozen=True, slots=True)
class OptionRow:
    """What was chosen or typed; `points` (0..1) it is worth, `mean_rest` in points. True and false have no text."""

    text: str
    points: float
    n: int
    mean_rest: float | None

    @property
    def judged(self) -> Judged:
        return Judged(self.points, self.n, self.mean_rest)


def moments_of(question: Question, tally: Tally) -> Moments:
    """The moments of people who all gave the same answer."""
    earned = float(points(question, answer_from(question, tally.choice)))
    return of_same(tally.n, tally.scores, tally.squares, earned)


def option_rows(question: Question, read: Question, tallies: Sequence[Tally]) -> list[OptionRow]:
    """Every option, worded as `read` has it, also those that nobody chose."""
    match question:
        case Choice():
            worth = [_worth(question, number) for number in range(len(question.options))]
            words = [plain(each.words.text, each.words.format or read.format) for each in _options(read)]
        case TrueFalse():
            worth, words = [float(question.correct), float(not question.correct)], ["", ""]
        case _:
            return []
    return [
        _row(text, earned, [_moments(each, question) for each in tallies if str(number) in each.choice])
        for number, (earned, text) in enumerate(zip(worth, words, strict=True))
    ]


def typed_rows(question: Question, tallies: Sequence[Tally]) -> list[OptionRow]:
    """What was typed most often, by so many people that it tells nothing of one of them."""
    if not isinstance(question, Short | Numeric):
        return []
    alike: dict[str, list[Tally]] = {}
    for tally in tallies:
        if tally.choice:
            alike.setdefault(" ".join(tally.choice[0].split()).casefold(), []).append(tally)
    rows = [
        _row(text, float(points(question, answer_from(question, [text]))), [_moments(each, question) for each in group])
        for text, group in alike.items()
    ]
    often = [row for row in rows if row.n >= LEAST_SHOWN]
    return sorted(often, key=lambda row: (-row.n, row.text))[:_MOST_TYPED]


def _moments(tally: Tally, question: Question) -> Moments:
    return moments_of(question, tally)


def _row(text: str, earned: float, parts: Sequence[Moments]) -> OptionRow:
    whole = sum(parts, NOBODY)
    return OptionRow(text, earned, whole.n, whole.mean_y)


def _options(read: Question) -> Sequence[Option]:
    return read.options if isinstance(read, Choice) else ()


def _worth(question: Choice, number: int) -> float:
    """Of several right options each is as right as another."""
    share = float(share_of(question.options[number]))
    return float(share > 0) if question.type == "multiple" else share
