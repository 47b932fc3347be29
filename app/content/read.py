"""Reads the files of one course into frozen values, and notes everything that keeps them from being read."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from app.content.folder import COURSE_FILE, Folder
from app.content.places import MEDIA_SUFFIXES, SUFFIXES, FileKind, Place, path_of, place_of
from app.content.problems import Problem, Severity
from app.content.schema import CountryNotes, CourseFacts, Form, UnitFacts
from app.content.yaml_tree import Tree, read_yaml
from app.courses.rules import UnitKind
from app.quizzes.gift import Bank, parse

UNIT_FILES = {UnitKind.LESSON: FileKind.TEXT, UnitKind.PRACTICE: FileKind.TEXT, UnitKind.QUIZ: FileKind.QUIZ}
OF_A_UNIT = {FileKind.TEXT, FileKind.QUIZ, FileKind.GUIDE, FileKind.HANDOUT}
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
Model = TypeVar("Model", bound=BaseModel)


def file_kind_of(unit: UnitFacts) -> FileKind | None:
    """What kind of file a unit has in each language; None where it has none, or asks the questions of another quiz."""
    return UNIT_FILES.get(unit.kind) if unit.bank is None else None


@dataclass(frozen=True, slots=True)
class TextFile:
    """A text of the course in Markdown with line ends as \\n: a lesson or practice task, a guide, a handout."""

    place: Place
    path: str
    markdown: str


@dataclass(frozen=True, slots=True)
class QuizFile:
    """A quiz in one language."""

    unit: str
    locale: str
    path: str
    bank: Bank


@dataclass(frozen=True, slots=True)
class FormFile:
    """A form in one language."""

    id: str
    locale: str
    path: str
    form: Form


@dataclass(frozen=True)
class Course:
    """A course as read: the facts, the texts, the quizzes, the forms, the notes on countries, the media files."""

    folder: Folder
    facts: CourseFacts
    tree: Tree
    texts: tuple[TextFile, ...]
    quizzes: tuple[QuizFile, ...]
    forms: tuple[FormFile, ...]
    countries: tuple[CountryNotes, ...]
    ledgers: dict[str, dict[str, str]]
    """Language -> path of the source file -> what it was when it was translated; see `translations`."""
    media: tuple[str, ...]

    @property
    def lessons(self) -> tuple[TextFile, ...]:
        """The texts that learners read."""
        return tuple(text for text in self.texts if text.place.kind is FileKind.TEXT)

    @cached_property
    def _texts(self) -> dict[Place, TextFile]:
        return {text.place: text for text in self.texts}

    @cached_property
    def _quizzes(self) -> dict[tuple[str, str], QuizFile]:
        return {(quiz.unit, quiz.locale): quiz for quiz in self.quizzes}

    def text(self, kind: FileKind, about: str, locale: str) -> TextFile | None:
        """The text of a unit in a language."""
        return self._texts.get(Place(kind, locale, about))

    def lesson(self, unit: str, locale: str) -> TextFile | None:
        """The lesson or practice task of a unit in a language."""
        return self.text(FileKind.TEXT, unit, locale)

    def quiz(self, unit: str, locale: str) -> QuizFile | None:
        """The quiz of a unit in a language."""
        return self._quizzes.get((unit, locale))

    def form(self, form: str, locale: str) -> FormFile | None:
        """A form in a language."""
        return next((each for each in self.forms if (each.id, each.locale) == (form, locale)), None)


def read_course(folder: Folder, problems: list[Problem]) -> Course | None:
    """The course in a folder; None when course.yaml cannot be used. What is wrong is added to `problems`."""
    problems.extend(Problem(folder.label(path), 1, fault) for path, fault in folder.faults)
    tree = _read_tree(folder, problems)
    facts = validated(CourseFacts, tree, folder.label(COURSE_FILE), problems) if tree else None
    if tree is None or facts is None:
        return None
    return _Reader(folder, facts, problems).course(tree)


class _Reader:
    """Goes through the files of a folder once."""

    def __init__(self, folder: Folder, facts: CourseFacts, problems: list[Problem]) -> None:
        self.folder, self.facts, self.problems = folder, facts, problems
        self.units = {unit.id: unit for unit in facts.units}
        self.texts: list[TextFile] = []
        self.quizzes: list[QuizFile] = []
        self.forms: list[FormFile] = []
        self.countries: list[CountryNotes] = []
        self.ledgers: dict[str, dict[str, str]] = {}
        self.media: list[str] = []

    def course(self, tree: Tree) -> Course:
        for path in sorted(self.folder.files):
            if path != COURSE_FILE:
                self.take(path, place_of(path))
        return Course(
            self.folder, self.facts, tree, tuple(self.texts), tuple(self.quizzes), tuple(self.forms),
            tuple(self.countries), self.ledgers, tuple(self.media),
        )  # fmt: skip

    def take(self, path: str, place: Place | None) -> None:
        if fault := self.misplaced(path, place):
            self.problems.append(Problem(self.folder.label(path), 1, fault))
        elif place and place.kind is FileKind.MEDIA:
            self.media.append(path)
        elif place and place.kind is FileKind.QUIZ:  # the parser itself says which lines are no text
            self.read(path, place, self.folder.files[path].decode("utf-8", "surrogateescape"))
        elif place and (text := read_text(self.folder, path, self.problems)) is not None:
            self.read(path, place, text)

    def misplaced(self, path: str, place: Place | None) -> str | None:
        """Why a file does not belong where it lies, or None."""
        if place is None:
            return "does not belong here: see the list of files that a course can have"
        if place.kind is FileKind.MEDIA:
            suffix = "." + path.rpartition(".")[2] if "." in path else ""
            return None if suffix in MEDIA_SUFFIXES else f"{suffix or 'such'} files are not allowed as media"
        if place.kind is FileKind.FORM and place.about not in {form.id for form in self.facts.forms}:
            return f"unknown form {place.about}: course.yaml does not name it"
        if place.kind not in OF_A_UNIT or not place.about:
            return None
        unit = self.units.get(place.about)
        if unit is None:
            return f"unknown unit {place.about}: course.yaml does not name it"
        if place.kind in {FileKind.TEXT, FileKind.QUIZ} and UNIT_FILES.get(unit.kind) is not place.kind:
            return f"a unit of kind {unit.kind} has no {SUFFIXES[place.kind]} file"
        return None

    def read(self, path: str, place: Place, text: str) -> None:
        match place.kind:
            case FileKind.QUIZ:
                self.quizzes.append(self.quiz(path, place, text))
            case FileKind.FORM:
                if form := self.model(Form, path, text):
                    self.forms.append(FormFile(place.about, place.locale, path, form))
            case FileKind.COUNTRY:
                if notes := self.model(CountryNotes, path, text):
                    self.countries.append(notes)
                    self.problems.extend(self.foreign(notes.country, path))
            case FileKind.LEDGER:
                self.ledgers[place.locale] = self.ledger(path, text)
            case _:
                self.texts.append(TextFile(place, path, text))

    def foreign(self, country: str, path: str) -> Iterator[Problem]:
        """Notes on one country in the file of another: two files could speak of the same one."""
        own = path_of(Place(FileKind.COUNTRY, about=country.lower()))
        if path != own:
            yield Problem(self.folder.label(path), 1, f"the notes on {country} belong in {own}")

    def quiz(self, path: str, place: Place, text: str) -> QuizFile:
        bank = parse(text)
        label = self.folder.label(path)
        self.problems.extend(Problem(label, fault.line, fault.message) for fault in bank.errors)
        self.problems.extend(Problem(label, fault.line, fault.message, Severity.WARNING) for fault in bank.warnings)
        return QuizFile(place.about, place.locale, path, bank)

    def model(self, model: type[Model], path: str, text: str) -> Model | None:
        label = self.folder.label(path)
        tree = read_yaml(text)
        self.problems.extend(Problem(label, line, message) for line, message in tree.faults)
        return validated(model, tree, label, self.problems)

    def ledger(self, path: str, text: str) -> dict[str, str]:
        tree = read_yaml(text)
        label = self.folder.label(path)
        self.problems.extend(Problem(label, line, message) for line, message in tree.faults)
        value = tree.value if isinstance(tree.value, dict) else {}
        return {name: made_from for name, made_from in value.items() if isinstance(made_from, str)}


def read_text(folder: Folder, path: str, problems: list[Problem]) -> str | None:
    """The text of a file, UTF-8 without control characters; None when it is not."""
    text = folder.files[path].decode("utf-8", "surrogateescape").removeprefix("\ufeff")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not _NOT_TEXT.search(text):
        return text
    wrong = [number for number, line in enumerate(text.split("\n"), 1) if _NOT_TEXT.search(line)]
    problems.extend(Problem(folder.label(path), line, "not UTF-8, or a control character") for line in wrong)
    return None


def validated(model: type[Model], tree: Tree, label: str, problems: list[Problem]) -> Model | None:
    """The value of a YAML file as a model; None, with every problem at its line, when it does not fit."""
    known = {line for line, _ in tree.faults}
    try:
        return model.model_validate_json(json.dumps(tree.value))
    except ValidationError as error:
        for line, message in _faults(error, tree):
            if line not in known:
                problems.append(Problem(label, line, message))
    return None


def _faults(error: ValidationError, tree: Tree) -> Iterator[tuple[int, str]]:
    for each in error.errors(include_url=False, include_context=False, include_input=False):
        where: tuple[Any, ...] = each["loc"]
        yield tree.line_of(where), f"{'.'.join(map(str, where)) or 'the file'}: {each['msg']}"


def _read_tree(folder: Folder, problems: list[Problem]) -> Tree | None:
    if COURSE_FILE not in folder.files:
        if not folder.knows(COURSE_FILE):
            problems.append(Problem(folder.label(COURSE_FILE), 1, "the file is missing"))
        return None
    text = read_text(folder, COURSE_FILE, problems)
    if text is None:
        return None
    tree = read_yaml(text)
    problems.extend(Problem(folder.label(COURSE_FILE), line, message) for line, message in tree.faults)
    return tree
