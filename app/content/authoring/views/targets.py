"""The file that an editor is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import g, url_for

from app.content.authoring import queries
from app.content.authoring.models import Draft
from app.content.authoring.report import Report, report_of, shown_text
from app.content.folder import MEDIA_FOLDER, Folder, is_safe, size_fault
from app.content.places import AUDIO_SUFFIXES, GUIDE, FileKind, Place, path_of
from app.content.problems import Problem
from app.content.read import Course, file_kind_of
from app.content.schema import SOURCE_LOCALE, UnitFacts
from app.content.translations import outdated
from app.platform.refusal import NotFound


@dataclass(frozen=True)
class Target:
    """A file of a draft in a language, whether it is there already or not, and the draft around it."""

    draft: Draft
    report: Report
    place: Place
    unit: UnitFacts | None

    @property
    def folder(self) -> Folder:
        """The files of the draft."""
        return self.report.folder

    @property
    def course(self) -> Course | None:
        """The course in them; None while course.yaml cannot be read."""
        return self.report.course

    @property
    def path(self) -> str:
        """Where it lies."""
        return path_of(self.place)

    @property
    def where(self) -> dict[str, Any]:
        """The arguments of the addresses of its editors."""
        unit = "quiz" if self.place.kind is FileKind.QUIZ else "unit"
        return {"draft": self.draft.id, "language": self.place.locale, unit: self.place.about or GUIDE}

    @property
    def source_path(self) -> str:
        """Where the file lies that it is a translation of; itself in the source language."""
        return path_of(Place(self.place.kind, SOURCE_LOCALE, self.place.about))

    @property
    def is_translation(self) -> bool:
        """Whether there is a source to translate."""
        return self.place.locale != SOURCE_LOCALE

    @property
    def is_outdated(self) -> bool:
        """Whether the source changed since it was translated."""
        is_there = self.is_translation and self.path in self.folder.files
        return bool(is_there and self.course and self.source_path in outdated(self.course, self.place.locale))

    @property
    def was_stamped(self) -> bool:
        """Whether the ledger says what it was made from."""
        return bool(self.course and self.source_path in self.course.ledgers.get(self.place.locale, {}))

    @property
    def titles(self) -> dict[str, str]:
        """What it is called: as its unit, or as the course."""
        return dict(self.unit.titles) if self.unit else self.draft.titles

    @property
    def languages(self) -> Sequence[str]:
        """The languages of the course."""
        return list(self.course.facts.languages) if self.course else [self.place.locale]

    def words(self, path: str) -> str:
        """The text of a file as a page can show it; empty where there is none."""
        return shown_text(self.folder.files.get(path, b""))

    def pictures(self) -> Sequence[str]:
        """The names of the pictures of the draft."""
        names = (path.removeprefix(f"{MEDIA_FOLDER}/") for path in self.folder.files if path.startswith(MEDIA_FOLDER))
        return sorted(name for name in names if "." + name.rpartition(".")[2] not in AUDIO_SUFFIXES)


def target(draft_id: int, kind: FileKind, language: str, about: str, typed: bytes | None = None) -> Target:
    """The file of a unit; with `typed`, the draft as it would be with these bytes in it. Raises NotFound where a course
    has no such file, in this language, of this kind."""
    draft = queries.draft(g.actor, draft_id)
    folder = queries.draft_folder(draft)
    if kind is FileKind.GUIDE and about == GUIDE:
        about = ""
    place = Place(kind, language, about)
    is_there = path_of(place) in folder.files
    if typed and is_safe(path_of(place)) and not size_fault(path_of(place), len(typed), 0, 0):
        folder = folder.with_file(path_of(place), typed)
    seen = report_of(folder)
    course = seen.course
    unit = next((each for each in course.facts.units if each.id == about), None) if course else None
    if not is_safe(path_of(place)) or not (is_there or _belongs(course, place, unit)):
        raise NotFound
    return Target(draft, seen, place, unit)


def differs(about: Target, data: bytes) -> bool:
    """Whether these bytes are something else than what the page shows of the file."""
    return bool(data) and shown_text(data).strip() != about.words(about.path).strip()


def report_with(about: Target, data: bytes) -> Report:
    """The check of the draft as it would be with these bytes in the file."""
    if fault := size_fault(about.path, len(data), 0, 0):
        return Report(about.folder, about.course, [Problem(about.path, 1, fault)])
    return report_of(about.folder.with_file(about.path, data))


def media_address(draft_id: int) -> str:
    """The address that stands for media/ in the draft."""
    return url_for("authoring.media", draft=draft_id, name="_").removesuffix("_")


def _belongs(course: Course | None, place: Place, unit: UnitFacts | None) -> bool:
    if course is None or place.locale not in course.facts.languages:
        return False
    if not place.about:
        return place.kind is FileKind.GUIDE
    if unit is None:
        return False
    return place.kind in {FileKind.GUIDE, FileKind.HANDOUT} or file_kind_of(unit) is place.kind
