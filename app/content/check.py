"""Lists everything that is wrong with content, never only the first thing."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from app.content.countries import country_problems
from app.content.diagnostics import FOLDER as DIAGNOSTICS_FOLDER
from app.content.diagnostics import diagnostic_problems
from app.content.facts import fact_problems
from app.content.folder import COURSE_FILE, PATHWAY_FILE, Folder, from_disk
from app.content.forms import form_problems
from app.content.packs.reading import FOLDER as PACKS_FOLDER
from app.content.packs.reading import pack_problems
from app.content.pathways import Pathway, read_pathway
from app.content.pictures import media_fault
from app.content.places import SUFFIXES, FileKind, Place, path_of
from app.content.problems import Problem, Severity
from app.content.question_media import picture_problems
from app.content.quizzes import quiz_problems
from app.content.read import Course, TextFile, file_kind_of, read_course
from app.content.schema import SOURCE_LOCALE
from app.content.sounds import sound_problems
from app.courses.markdown import RefusedLink, parse_lesson
from app.courses.rules import belongs_to_question


def check(path: Path) -> list[Problem]:
    """All problems of one folder, or of every folder in a folder, ordered by file and line."""
    return checked(path)[1]


def checked(path: Path) -> tuple[list[Course | Pathway], list[Problem]]:
    """What could be read - courses before the pathways that lead through them -, and all problems. Publish only when
    no problem is an error."""
    problems: list[Problem] = []
    found = []
    for folder in folders(path, problems):
        item, wrong = checked_folder(folder)
        problems.extend(wrong)
        if item:
            found.append(item)
    if not (path / COURSE_FILE).is_file():
        problems.extend(_unknown_courses(found, _beside(path)))
    if (path / PACKS_FOLDER).is_dir():
        courses = {each.facts.id for each in found if isinstance(each, Course)}
        problems.extend(pack_problems(path / PACKS_FOLDER, courses))
    if (path / DIAGNOSTICS_FOLDER).is_dir():
        problems.extend(diagnostic_problems(path / DIAGNOSTICS_FOLDER))
    found.sort(key=lambda item: isinstance(item, Pathway))
    return found, sorted(set(problems))


def checked_folder(folder: Folder) -> tuple[Course | Pathway | None, list[Problem]]:
    """The course or pathway in one folder, None when it cannot be read, and all its problems."""
    problems: list[Problem] = []
    if PATHWAY_FILE in folder.files and COURSE_FILE not in folder.files:
        return read_pathway(folder, problems), sorted(set(problems))
    course = read_course(folder, problems)
    if course:
        problems.extend(_course_problems(course))
    return course, sorted(set(problems))


def has_errors(problems: list[Problem]) -> bool:
    """Whether one of them keeps the content from being published."""
    return any(problem.severity is Severity.ERROR for problem in problems)


def folders(path: Path, problems: list[Problem]) -> Iterator[Folder]:
    """The folder at a path, or all the folders in it."""
    if not path.is_dir():
        problems.append(Problem(str(path), 1, "there is no such folder"))
    elif (path / COURSE_FILE).is_file() or (path / PATHWAY_FILE).is_file():
        yield from_disk(path)
    else:
        for entry in sorted(path.iterdir()):
            if entry.is_dir() and entry.name in {PACKS_FOLDER, DIAGNOSTICS_FOLDER}:
                continue  # packs of requirements and forms of diagnostics are no course
            if entry.is_dir() and not entry.is_symlink():
                yield from_disk(entry)
            elif entry.suffix != ".md" or entry.is_symlink():
                problems.append(Problem(str(entry), 1, "does not belong here: only course folders do"))


def _beside(path: Path) -> set[str]:
    """The courses that lie beside a pathway which is checked alone."""
    is_alone = (path / PATHWAY_FILE).is_file()
    return {file.parent.name for file in path.resolve().parent.glob(f"*/{COURSE_FILE}")} if is_alone else set()


def _unknown_courses(found: list[Course | Pathway], beside: set[str]) -> Iterator[Problem]:
    """Pathways and refreshers name courses that lie beside them."""
    known = beside | {item.facts.id for item in found if isinstance(item, Course)}
    for item in found:
        if isinstance(item, Pathway):
            yield from item.unknown(known)
        elif item.facts.refresher and item.facts.refresher not in known:
            line = item.tree.line_of(("refresher",))
            yield Problem(item.folder.label(COURSE_FILE), line, f"refresher: there is no course {item.facts.refresher}")


def _course_problems(course: Course) -> Iterator[Problem]:
    yield from fact_problems(course)
    yield from _file_problems(course)
    for text in course.texts:
        yield from _text_problems(course, text)
    for quiz in course.quizzes:
        yield from quiz_problems(course, quiz)
    yield from form_problems(course)
    yield from country_problems(course)
    yield from sound_problems(course)
    yield from picture_problems(course)
    for path in course.media:
        fault = media_fault(path, course.folder.files[path])
        if fault:
            yield Problem(course.folder.label(path), 1, fault)


def _file_problems(course: Course) -> Iterator[Problem]:
    """Every unit has its file in every language, every language its folder, every folder its language."""
    folder, facts = course.folder, course.facts
    present = {path.partition("/")[0] for path in folder.files if "/" in path}
    for number, unit in enumerate(facts.units):
        kind = file_kind_of(unit)
        for locale in facts.languages if kind else ():
            path = path_of(Place(kind or FileKind.TEXT, locale, unit.id))
            if not folder.knows(path) and (locale in present or locale == SOURCE_LOCALE):
                line = course.tree.line_of(("units", number, "id"))
                yield Problem(folder.label(COURSE_FILE), line, f"unit {unit.id}: {path} is missing")
    for locale in facts.languages:
        if locale not in present:
            line = course.tree.line_of(("languages", locale))
            yield Problem(folder.label(COURSE_FILE), line, f"language {locale}: there is no folder {locale}")
    for name in sorted({text.place.locale for text in course.texts} | {quiz.locale for quiz in course.quizzes}):
        if name not in facts.languages:
            line = course.tree.line_of(("languages",))
            yield Problem(folder.label(COURSE_FILE), line, f"the folder {name} is not one of the languages")


def _text_problems(course: Course, text: TextFile) -> Iterator[Problem]:
    file = course.folder.label(text.path)
    if not text.markdown.strip():
        what = "lesson" if text.place.kind is FileKind.TEXT else SUFFIXES[text.place.kind].split(".")[1]
        yield Problem(file, 1, f"the {what} is empty")
    refusals, pictures = _named_in(text.markdown)
    for refused in refusals:
        message = f"this address is not allowed: {refused.address[:80]} (https links and pictures in media/ are)"
        yield Problem(file, refused.line, message)
    for line, picture in pictures:
        if not course.folder.knows(picture):
            yield Problem(file, line, f"the picture {picture} is missing")
        elif belongs_to_question(picture.removeprefix("media/")):
            yield Problem(file, line, f"the picture {picture} is that of a question, and shown in the quiz alone")


@lru_cache(maxsize=1000)
def _named_in(markdown: str) -> tuple[tuple[RefusedLink, ...], tuple[tuple[int, str], ...]]:
    """What a text names that is not allowed, and its pictures with their lines. While somebody writes one lesson all
    the others of the course are checked again and again; this is the costly part of it."""
    parsed = parse_lesson(markdown)
    return tuple(parsed.refused), tuple(parsed.pictures)
