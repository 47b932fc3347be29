"""What course.yaml says against itself."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from app.content.problems import Problem, Severity
from app.content.read import Course
from app.content.schema import SOURCE_LOCALE
from app.content.yaml_tree import Path
from app.courses.rules import UnitKind


def fact_problems(course: Course) -> Iterator[Problem]:
    """Names, languages, units and rules that do not fit together, each at its line."""
    facts = course.facts
    if facts.id != course.folder.resolve().name:
        yield _at(course, ("id",), f"id is {facts.id}, but the folder is called {course.folder.resolve().name}")
    if facts.group_size.min > facts.group_size.max:
        yield _at(course, ("group_size",), "group_size: min is more than max")
    yield from _doubled(course)
    yield from _units(course)
    yield from _test(course)
    yield from _languages(course)


def _at(course: Course, path: Path, message: str, severity: Severity = Severity.ERROR) -> Problem:
    return Problem(str(course.file), course.tree.line_of(path), message, severity)


def _doubled(course: Course) -> Iterator[Problem]:
    for name in ("audience", "themes", "modalities"):
        for value, times in Counter(getattr(course.facts, name)).items():
            if times > 1:
                yield _at(course, (name,), f"{name}: {value} stands here {times} times")


def _units(course: Course) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, unit in enumerate(course.facts.units):
        if unit.id in seen:
            yield _at(course, ("units", number, "id"), f"unit {unit.id}: the same id was given to an earlier unit")
        seen.add(unit.id)
    meetings = sum(unit.kind is UnitKind.MEETING for unit in course.facts.units)
    if meetings != 1:
        yield _at(course, ("units",), f"units: exactly one has the kind meeting, here {meetings} have")


def _test(course: Course) -> Iterator[Problem]:
    test = course.facts.pass_rule.test
    quizzes = {unit.id for unit in course.facts.units if unit.kind is UnitKind.QUIZ}
    if test and test.unit not in quizzes:
        yield _at(course, ("pass_rule", "test", "unit"), f"pass_rule: {test.unit} is not a quiz of this course")


def _languages(course: Course) -> Iterator[Problem]:
    facts = course.facts
    for locale, language in facts.languages.items():
        if language.reviewed is None:
            message = f"language {locale}: not yet reviewed"
            yield _at(course, ("languages", locale), message, Severity.WARNING)
        yield from _missing(course, locale, ("titles",), facts.titles)
        yield from _missing(course, locale, ("summary",), facts.summary)
        yield from _missing(course, locale, ("objectives",), facts.objectives)
        for number, unit in enumerate(facts.units):
            yield from _missing(course, locale, ("units", number, "titles"), unit.titles)
    yield from _counts(course, ("objectives",), facts.objectives)
    for number, unit in enumerate(facts.units):
        yield from _counts(course, ("units", number, "objectives"), unit.objectives or {})


def _missing(course: Course, locale: str, path: Path, by_locale: Mapping[str, Any]) -> Iterator[Problem]:
    if locale not in by_locale:
        yield _at(course, path, f"{_where(course, path)}: {locale} is missing")


def _counts(course: Course, path: Path, by_locale: Mapping[str, tuple[str, ...]]) -> Iterator[Problem]:
    wanted = len(by_locale.get(SOURCE_LOCALE, ()))
    for locale, sentences in by_locale.items():
        if len(sentences) != wanted:
            message = f"{_where(course, path)}: {locale} has {len(sentences)} sentences, {SOURCE_LOCALE} has {wanted}"
            yield _at(course, (*path, locale), message)


def _where(course: Course, path: Path) -> str:
    """`titles`, or `unit 01-my-job: titles`."""
    if path[0] == "units" and isinstance(path[1], int):
        return f"unit {course.facts.units[path[1]].id}: {path[2]}"
    return str(path[0])
