"""Reads one course folder into frozen values, and notes everything that keeps it from being read."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from app.content.problems import Problem, Severity
from app.content.schema import CourseFacts, UnitFacts
from app.content.yaml_tree import Tree, read_yaml
from app.courses.rules import UnitKind
from app.quizzes.gift import Bank, parse

COURSE_FILE = "course.yaml"
MEDIA_FOLDER = "media"
MOST_BYTES = {".yaml": 256_000, ".md": 64_000, ".gift": 256_000}
MOST_MEDIA_BYTES = 2_000_000
MEDIA_SUFFIXES = {".svg", ".png", ".jpg", ".jpeg", ".webp", ".opus", ".ogg", ".mp3", ".m4a"}
SUFFIXES = {UnitKind.LESSON: ".md", UnitKind.QUIZ: ".gift"}
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class LessonFile:
    """A lesson in one language, with line ends as \\n."""

    unit: str
    locale: str
    file: Path
    markdown: str


@dataclass(frozen=True, slots=True)
class QuizFile:
    """A quiz in one language."""

    unit: str
    locale: str
    file: Path
    bank: Bank


@dataclass(frozen=True, slots=True)
class Course:
    """A course folder as read: the facts, the lessons, the quizzes, the media files."""

    folder: Path
    facts: CourseFacts
    tree: Tree
    lessons: tuple[LessonFile, ...]
    quizzes: tuple[QuizFile, ...]
    media: tuple[Path, ...]

    @property
    def file(self) -> Path:
        """Its course.yaml."""
        return self.folder / COURSE_FILE

    def lesson(self, unit: str, locale: str) -> LessonFile | None:
        """The lesson of a unit in a language."""
        return next((each for each in self.lessons if (each.unit, each.locale) == (unit, locale)), None)

    def quiz(self, unit: str, locale: str) -> QuizFile | None:
        """The quiz of a unit in a language."""
        return next((each for each in self.quizzes if (each.unit, each.locale) == (unit, locale)), None)


def read_course(folder: Path, problems: list[Problem]) -> Course | None:
    """The course in a folder; None when course.yaml cannot be used. What is wrong is added to `problems`."""
    tree = _read_tree(folder / COURSE_FILE, problems)
    facts = _facts(folder / COURSE_FILE, tree, problems) if tree else None
    if tree is None or facts is None:
        return None
    units = {unit.id: unit for unit in facts.units}
    lessons: list[LessonFile] = []
    quizzes: list[QuizFile] = []
    for file, unit in _unit_files(folder, units, problems):
        text = read_text(file, problems)
        if text is None:
            continue
        if unit.kind is UnitKind.LESSON:
            lessons.append(LessonFile(unit.id, file.parent.name, file, text))
        else:
            quizzes.append(_quiz(unit.id, file, text, problems))
    return Course(folder, facts, tree, tuple(lessons), tuple(quizzes), tuple(_media(folder, problems)))


def read_text(file: Path, problems: list[Problem]) -> str | None:
    """The text of a file of bounded size, UTF-8 without control characters; None when it is not."""
    limit = MOST_BYTES[file.suffix]
    if file.stat().st_size > limit:
        problems.append(Problem(str(file), 1, f"larger than {limit // 1000} kB"))
        return None
    text = file.read_bytes().decode("utf-8", "surrogateescape").removeprefix("\ufeff")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    wrong = [number for number, line in enumerate(text.split("\n"), 1) if _NOT_TEXT.search(line)]
    problems.extend(Problem(str(file), line, "not UTF-8, or a control character") for line in wrong)
    return None if wrong else text


def _read_tree(file: Path, problems: list[Problem]) -> Tree | None:
    if not file.is_file() or file.is_symlink():
        problems.append(Problem(str(file), 1, "the file is missing"))
        return None
    text = read_text(file, problems)
    if text is None:
        return None
    tree = read_yaml(text)
    problems.extend(Problem(str(file), line, message) for line, message in tree.faults)
    return tree


def _facts(file: Path, tree: Tree, problems: list[Problem]) -> CourseFacts | None:
    known = {line for line, _ in tree.faults}
    try:
        return CourseFacts.model_validate_json(json.dumps(tree.value))
    except ValidationError as error:
        for each in error.errors(include_url=False, include_context=False, include_input=False):
            line = tree.line_of(each["loc"])
            if line not in known:
                where = ".".join(map(str, each["loc"])) or "the file"
                problems.append(Problem(str(file), line, f"{where}: {each['msg']}"))
    return None


def _unit_files(folder: Path, units: dict[str, UnitFacts], problems: list[Problem]) -> Iterator[tuple[Path, UnitFacts]]:
    for entry in sorted(folder.iterdir()):
        if entry.name in {COURSE_FILE, MEDIA_FOLDER}:
            continue
        if not entry.is_dir() or entry.is_symlink():
            problems.append(Problem(str(entry), 1, "does not belong here: only course.yaml, media and languages do"))
            continue
        for file in sorted(entry.iterdir()):
            unit = units.get(file.stem)
            wrong = _wrong_unit_file(file, unit)
            if wrong:
                problems.append(Problem(str(file), 1, wrong))
            elif unit:
                yield file, unit


def _wrong_unit_file(file: Path, unit: UnitFacts | None) -> str | None:
    if file.is_symlink() or not file.is_file():
        return "only plain files are read, no links and no folders"
    if unit is None:
        return f"unknown unit {file.stem}: course.yaml does not name it"
    if file.suffix != SUFFIXES.get(unit.kind):
        return f"a unit of kind {unit.kind} has no {file.suffix or 'such'} file"
    return None


def _quiz(unit: str, file: Path, text: str, problems: list[Problem]) -> QuizFile:
    bank = parse(text)
    problems.extend(Problem(str(file), fault.line, fault.message) for fault in bank.errors)
    problems.extend(Problem(str(file), fault.line, fault.message, Severity.WARNING) for fault in bank.warnings)
    return QuizFile(unit, file.parent.name, file, bank)


def _media(folder: Path, problems: list[Problem]) -> Iterator[Path]:
    media = folder / MEDIA_FOLDER
    for file in sorted(media.iterdir()) if media.is_dir() and not media.is_symlink() else ():
        if file.is_symlink() or not file.is_file():
            problems.append(Problem(str(file), 1, "only plain files are read, no links and no folders"))
        elif file.suffix not in MEDIA_SUFFIXES:
            problems.append(Problem(str(file), 1, f"{file.suffix or 'such'} files are not allowed as media"))
        elif file.stat().st_size > MOST_MEDIA_BYTES:
            problems.append(Problem(str(file), 1, f"larger than {MOST_MEDIA_BYTES // 1000} kB"))
        else:
            yield file
