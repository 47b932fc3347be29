"""Contexts of the catalogue pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from app.courses.models import CourseVersion, LessonText, Unit
from app.courses.queries import CatalogueFilter
from app.platform.web import Page
from app.platform.web.panels import Panel


@dataclass(frozen=True)
class CataloguePage(Page):
    template: ClassVar[str] = "courses/catalogue.html"
    versions: Sequence[CourseVersion]
    chosen: CatalogueFilter
    categories: Mapping[Any, Any]
    modalities: Mapping[str, Any]
    course_languages: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class CoursePage(Page):
    template: ClassVar[str] = "courses/course.html"
    version: CourseVersion
    units: Sequence[Unit]
    objectives: Sequence[str]
    objectives_language: str
    categories: Mapping[Any, Any]
    kinds: Mapping[Any, Any]
    modalities: Mapping[str, Any]
    themes: Mapping[str, Any]
    roles: Mapping[str, Any]
    language_names: Mapping[str, str]
    panels: Sequence[Panel]


@dataclass(frozen=True)
class LessonPage(Page):
    template: ClassVar[str] = "courses/lesson.html"
    version: CourseVersion
    unit: Unit
    lesson: LessonText
    previous: Unit | None
    following: Unit | None
