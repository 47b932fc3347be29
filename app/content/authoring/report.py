"""A draft as the check of content sees it."""

import re
from dataclasses import dataclass
from functools import cached_property

from app.content.authoring.models import Draft
from app.content.authoring.queries import draft_folder
from app.content.check import checked_folder
from app.content.folder import COURSE_FILE, Folder
from app.content.problems import Problem, Severity
from app.content.read import Course, read_course
from app.content.schema import CourseFacts

_NOT_SHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


@dataclass(frozen=True)
class Report:
    """The files of a draft, the course in them - None while course.yaml cannot be read -, and all problems."""

    folder: Folder
    course: Course | None
    problems: list[Problem]

    @cached_property
    def errors(self) -> list[Problem]:
        """What keeps it from being published."""
        return [problem for problem in self.problems if problem.severity is Severity.ERROR]

    @cached_property
    def warnings(self) -> list[Problem]:
        """What is to be known, and keeps nothing."""
        return [problem for problem in self.problems if problem.severity is Severity.WARNING]

    def of(self, path: str) -> list[Problem]:
        """The problems of one file."""
        return [problem for problem in self.problems if problem.file == path]

    def line(self, problem: Problem) -> str:
        """The line that a problem is about; nothing where the file is no text or has no such line."""
        if problem.file not in self._lines:
            self._lines[problem.file] = shown_text(self.folder.files.get(problem.file, b"")).split("\n")
        lines = self._lines[problem.file]
        return lines[problem.line - 1][:300] if 0 < problem.line <= len(lines) else ""

    @cached_property
    def _lines(self) -> dict[str, list[str]]:
        """The lines of the files that were asked for: a file with thousands of problems is taken apart once."""
        return {}


def shown_text(data: bytes) -> str:
    """The text of a file as a page can show it, with line ends as \\n; what is no text is replaced by a sign."""
    text = data.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return _NOT_SHOWN.sub("\ufffd", text)


def report(draft: Draft) -> Report:
    """Check a draft as it is now."""
    return report_of(draft_folder(draft))


def report_of(folder: Folder) -> Report:
    """Check the files of a draft, as they are or as they would be."""
    found, problems = checked_folder(folder)
    return Report(folder, found if isinstance(found, Course) else None, problems)


def facts_in(draft: Draft, data: bytes) -> CourseFacts | None:
    """The facts that a course.yaml says; None while it cannot be read."""
    course = read_course(Folder(draft.code, {COURSE_FILE: data}), [])
    return course.facts if course else None
