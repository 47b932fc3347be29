"""Lists everything that is wrong with content, never only the first thing."""

from collections.abc import Iterator
from pathlib import Path

from app.content.facts import fact_problems
from app.content.pictures import svg_fault
from app.content.problems import Problem, Severity
from app.content.quizzes import quiz_problems
from app.content.read import COURSE_FILE, MEDIA_FOLDER, SUFFIXES, Course, LessonFile, read_course
from app.content.schema import SOURCE_LOCALE
from app.courses.markdown import parse_lesson


def check(path: Path) -> list[Problem]:
    """All problems of one course folder, or of every course folder in a folder, ordered by file and line."""
    return checked(path)[1]


def checked(path: Path) -> tuple[list[Course], list[Problem]]:
    """The courses that could be read, and all problems. Publish only when no problem is an error."""
    problems: list[Problem] = []
    courses = []
    for folder in _course_folders(path, problems):
        course = read_course(folder, problems)
        if course:
            courses.append(course)
            problems.extend(_course_problems(course))
    return courses, sorted(set(problems))


def has_errors(problems: list[Problem]) -> bool:
    """Whether one of them keeps the content from being published."""
    return any(problem.severity is Severity.ERROR for problem in problems)


def _course_folders(path: Path, problems: list[Problem]) -> Iterator[Path]:
    if not path.is_dir():
        problems.append(Problem(str(path), 1, "there is no such folder"))
    elif (path / COURSE_FILE).is_file():
        yield path
    else:
        for entry in sorted(path.iterdir()):
            if entry.is_dir() and not entry.is_symlink():
                yield entry
            elif entry.suffix != ".md" or entry.is_symlink():
                problems.append(Problem(str(entry), 1, "does not belong here: only course folders do"))


def _course_problems(course: Course) -> Iterator[Problem]:
    yield from fact_problems(course)
    yield from _file_problems(course)
    for lesson in course.lessons:
        yield from _lesson_problems(lesson, {f"{MEDIA_FOLDER}/{file.name}" for file in course.media})
    for quiz in course.quizzes:
        source = course.quiz(quiz.unit, SOURCE_LOCALE)
        yield from quiz_problems(quiz, source if source is not quiz else None)
    for file in course.media:
        fault = svg_fault(file) if file.suffix == ".svg" else None
        if fault:
            yield Problem(str(file), 1, fault)


def _file_problems(course: Course) -> Iterator[Problem]:
    """Every unit has its source file, every language its folder, every folder its language."""
    for number, unit in enumerate(course.facts.units):
        suffix = SUFFIXES.get(unit.kind)
        file = course.folder / SOURCE_LOCALE / f"{unit.id}{suffix}"
        if suffix and not file.is_file():
            line = course.tree.line_of(("units", number, "id"))
            yield Problem(str(course.file), line, f"unit {unit.id}: {SOURCE_LOCALE}/{file.name} is missing")
    for locale in course.facts.languages:
        if not (course.folder / locale).is_dir():
            line = course.tree.line_of(("languages", locale))
            yield Problem(str(course.file), line, f"language {locale}: there is no folder {locale}")
    for entry in sorted(course.folder.iterdir()):
        if entry.is_dir() and entry.name not in {MEDIA_FOLDER, *course.facts.languages}:
            line = course.tree.line_of(("languages",))
            yield Problem(str(course.file), line, f"the folder {entry.name} is not one of the languages")


def _lesson_problems(lesson: LessonFile, media: set[str]) -> Iterator[Problem]:
    file = str(lesson.file)
    if not lesson.markdown.strip():
        yield Problem(file, 1, "the lesson is empty")
    parsed = parse_lesson(lesson.markdown)
    for refused in parsed.refused:
        message = f"this address is not allowed: {refused.address[:80]} (https links and pictures in media/ are)"
        yield Problem(file, refused.line, message)
    for line, picture in parsed.pictures:
        if picture not in media:
            yield Problem(file, line, f"the picture {picture} is missing")
