"""What course.yaml says against itself."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from app.content.folder import COURSE_FILE
from app.content.places import GUIDE
from app.content.problems import Problem, Severity
from app.content.read import Course
from app.content.schema import SOURCE_LOCALE, UnitFacts
from app.content.translations import outdated
from app.content.yaml_tree import Path
from app.courses.rules import FormKind, QuizPhase, UnitKind
from app.platform.clock import now


def fact_problems(course: Course) -> Iterator[Problem]:
    """Names, languages, units and rules that do not fit together, each at its line."""
    facts = course.facts
    if course.folder.name is not None and facts.id != course.folder.name:
        yield _at(course, ("id",), f"id is {facts.id}, but the folder is called {course.folder.name}")
    if facts.group_size.min > facts.group_size.max:
        yield _at(course, ("group_size",), "group_size: min is more than max")
    yield from _doubled(course)
    yield from _units(course)
    yield from _pass_rule(course)
    yield from _layouts(course)
    yield from _languages(course)
    if facts.review_by < now().date():
        yield _at(course, ("review_by",), "review_by: this day is over", Severity.WARNING)


def _at(course: Course, path: Path, message: str, severity: Severity = Severity.ERROR) -> Problem:
    return Problem(course.folder.label(COURSE_FILE), course.tree.line_of(path), message, severity)


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
        if unit.id == GUIDE:
            yield _at(course, ("units", number, "id"), f"{GUIDE} is the name of the facilitator guide, not of a unit")
        seen.add(unit.id)
        yield from _quiz(course, number, unit)
    meetings = sum(unit.kind is UnitKind.MEETING for unit in course.facts.units)
    if meetings != 1:
        yield _at(course, ("units",), f"units: exactly one has the kind meeting, here {meetings} have")


def _quiz(course: Course, number: int, unit: UnitFacts) -> Iterator[Problem]:
    for name in ("phase", "months_after", "blueprint", "bank", "rules"):
        if unit.kind is not UnitKind.QUIZ and getattr(unit, name) is not None:
            yield _at(course, ("units", number, name), f"unit {unit.id}: only a quiz has {name}")
    if (unit.phase is QuizPhase.FOLLOW_UP) != (unit.months_after is not None):
        message = f"unit {unit.id}: months_after goes with phase: follow_up, and only with it"
        yield _at(course, ("units", number, "phase"), message)
    if unit.rules and (unit.rules.forms or 1) > 1 and unit.phase is None:
        message = f"unit {unit.id}: forms go with a phase, so that nobody meets the same form before and after"
        yield _at(course, ("units", number, "rules"), message)
    if unit.bank is not None:
        yield from _bank(course, number, unit)


def _bank(course: Course, number: int, unit: UnitFacts) -> Iterator[Problem]:
    """The questions of another quiz of the course, which has its own."""
    path = ("units", number, "bank")
    other = next((each for each in course.facts.units if each.id == unit.bank), None)
    if other is None or other.kind is not UnitKind.QUIZ:
        yield _at(course, path, f"unit {unit.id}: bank {unit.bank} is not a quiz of this course")
    elif other.bank is not None:
        yield _at(course, path, f"unit {unit.id}: {unit.bank} asks the questions of {other.bank}; name that one")
    for quiz in course.quizzes:
        if quiz.unit == unit.id:
            message = f"unit {unit.id}: it asks the questions of {unit.bank}, so it has no file {quiz.path}"
            yield _at(course, path, message)


def _pass_rule(course: Course) -> Iterator[Problem]:
    rule, units = course.facts.pass_rule, course.facts.units
    quizzes = {unit.id: unit for unit in units if unit.kind is UnitKind.QUIZ}
    if rule.test and rule.test.unit not in quizzes:
        yield _at(course, ("pass_rule", "test", "unit"), f"pass_rule: {rule.test.unit} is not a quiz of this course")
    elif rule.test and (rules := quizzes[rule.test.unit].rules) and rules.practice:
        yield _at(course, ("pass_rule", "test", "unit"), f"pass_rule: {rule.test.unit} is practice, which never counts")
    elif rule.test and quizzes[rule.test.unit].phase not in {None, QuizPhase.POST}:
        message = f"pass_rule: {rule.test.unit} is not taken at the end of the course"
        yield _at(course, ("pass_rule", "test", "unit"), message)
    if rule.evaluation and not any(form.kind is FormKind.EVALUATION for form in course.facts.forms):
        yield _at(course, ("pass_rule", "evaluation"), "pass_rule: there is no form of the kind evaluation to hand in")


def _layouts(course: Course) -> Iterator[Problem]:
    units = {unit.id for unit in course.facts.units}
    for name in ("layouts", "forms"):
        for each, times in Counter(each.id for each in getattr(course.facts, name)).items():
            if times > 1:
                yield _at(course, (name,), f"{name}: {each} stands here {times} times")
    for number, layout in enumerate(course.facts.layouts):
        for at, part in enumerate(layout.parts):
            for unit in part.units:
                if unit not in units:
                    where = ("layouts", number, "parts", at, "units")
                    yield _at(course, where, f"layout {layout.id}: {unit} is not a unit of this course")


def _languages(course: Course) -> Iterator[Problem]:
    facts = course.facts
    for locale, language in facts.languages.items():
        if language.reviewed is None:
            message = f"language {locale}: not yet reviewed"
            yield _at(course, ("languages", locale), message, Severity.WARNING)
        yield from _missing(course, locale, ("titles",), facts.titles)
        yield from _missing(course, locale, ("summary",), facts.summary)
        yield from _missing(course, locale, ("objectives",), facts.objectives)
        for name in ("units", "forms", "layouts"):
            for number, each in enumerate(getattr(facts, name)):
                yield from _missing(course, locale, (name, number, "titles"), each.titles)
        for number, unit in enumerate(facts.units):
            yield from _missing(course, locale, ("units", number, "objectives"), unit.objectives or {locale: ()})
        for path in outdated(course, locale) if locale != SOURCE_LOCALE else ():
            message = f"language {locale}: {path} has changed since it was translated"
            yield _at(course, ("languages", locale), message, Severity.WARNING)
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
    if isinstance(path[1] if path[1:] else None, int):
        return f"{str(path[0]).removesuffix('s')} {getattr(course.facts, str(path[0]))[path[1]].id}: {path[2]}"
    return str(path[0])
