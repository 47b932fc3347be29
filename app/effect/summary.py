"""Knowledge and behaviour of a programme as its page shows them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.effect.asked import Asked
from app.effect.behaviour import labels as of_behaviour
from app.effect.behaviour.queries import ItemGiven, Outside, supervisors, workers
from app.effect.behaviour.rules import Matched, changed, options
from app.effect.knowledge import labels as of_knowledge
from app.effect.knowledge.queries import counted
from app.effect.knowledge.rules import CourseLearnt, learnt
from app.effect.plots import Bar, bars
from app.factories.labels import SEXES
from app.platform.i18n import _, text
from app.platform.i18n.languages import LANGUAGES, direction
from app.platform.i18n.texts import current_language
from app.quizzes.results.rules import Gain
from app.quizzes.surveys.labels import AGREEMENTS

Titles = dict[int, tuple[str, dict[str, str]]]
MOST_BARS = 5
"""So many courses stand beside the sentence; all are in the table."""


@dataclass(frozen=True)
class Row:
    """A figure in a table. `is_part` of the row before it; without a figure it is too few to say."""

    name: Any
    found: Gain | None
    bar: Bar | None
    notes: Sequence[str] = ()
    is_part: bool = False


@dataclass(frozen=True)
class ItemShown:
    """An item of workers: its words, their language, and each answer."""

    text: str
    language: str
    factories: int
    answers: Sequence[Row]


@dataclass(frozen=True)
class Kind:
    """One way of looking: a sentence, and the rows behind it."""

    sentence: str
    rows: Sequence[Row]

    @property
    def main(self) -> Sequence[Row]:
        """What stands beside the sentence."""
        return [each for each in self.rows if each.found and not each.is_part][:MOST_BARS]


def knowledge(asked: Asked, titles: Titles) -> Kind:
    """The gain of each course, and of its languages and sexes. One statement."""
    courses = learnt(counted(asked))
    told = [(_title(titles, each.course_id), each.whole) for each in courses]
    return Kind(of_knowledge.sentence(told), _drawn(row for each in courses for row in _of_course(each, titles)))


def _of_course(course: CourseLearnt, titles: Titles) -> Iterable[Row]:
    yield Row(_title(titles, course.course_id), course.whole.gain, None, of_knowledge.notes(course.whole))
    names = {
        code: _("Held in %(language)s", language=LANGUAGES[code].own_name)
        for code, _each in course.by_language if code in LANGUAGES}
    parts = [(SEXES[sex] if sex else _("Sex not known"), each) for sex, each in course.by_sex]
    parts += [(names.get(code, code), each) for code, each in course.by_language]
    for name, each in parts:
        yield Row(name, each.gain, None, of_knowledge.notes(each), is_part=True)


def behaviour(asked: Asked, titles: Titles) -> Kind:
    """What supervisors answer before and months after, by course. One statement."""
    courses: dict[int, list[Matched]] = {}
    for course_id, each in supervisors(asked):
        courses.setdefault(course_id, []).append(each)
    found = [(_title(titles, course_id), changed(of)) for course_id, of in courses.items()]
    return Kind(
        of_behaviour.sentence(found),
        _drawn(Row(title, each.found, None, of_behaviour.notes(each)) for title, each in found))


def seen_by_workers(asked: Asked) -> tuple[list[ItemShown], list[Outside]]:
    """What workers answer, item by item, of those that enough factories were asked; and rounds at another time, which
    do not count. Two statements."""
    items, outside = workers(asked, [current_language()])
    return [shown for each in items if (shown := _item(each))], outside


def _item(one: ItemGiven) -> ItemShown | None:
    answers = options(one.given)
    if not answers or answers[0].found is None:
        return None
    words: Sequence[Any] = AGREEMENTS if one.item.is_scale else one.item.options
    rows = [Row(word, each.found, None) for word, each in zip(words, answers, strict=True)]
    return ItemShown(one.item.text, one.language, answers[0].found.n, _drawn(rows))


def _drawn(rows: Iterable[Row]) -> list[Row]:
    listed = list(rows)
    figures = [(each.found.low, each.found.mean, each.found.high) if each.found else None for each in listed]
    drawn = bars(figures, is_mirrored=direction(current_language()) == "rtl")
    return [Row(each.name, each.found, bar, each.notes, each.is_part)
            for each, bar in zip(listed, drawn, strict=True)]


def _title(titles: Titles, course_id: int) -> str:
    return text(titles[course_id][1]) if course_id in titles else ""
