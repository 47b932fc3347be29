"""Contexts of the catalogue pages."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from app.courses.drawn import Drawn
from app.courses.durations import duration
from app.courses.editions import Edition
from app.courses.facets import Filter, Option, chosen_values
from app.courses.models import CourseVersion, LessonText, PathwayVersion, Unit
from app.courses.rules import Step, with_theme
from app.courses.search import CatalogueFilter
from app.platform.web import Page
from app.platform.web.panels import Panel


@dataclass(frozen=True)
class CataloguePage(Page):
    template: ClassVar[str] = "courses/catalogue.html"
    cards: Sequence[Any]
    total: int
    chosen: CatalogueFilter
    shelves: Sequence[Option]
    filters: Sequence[Filter]
    may_see_archive: bool
    categories: Mapping[Any, Any]
    icons: Mapping[Any, str]
    modalities: Mapping[str, Any]
    themes: Mapping[str, Any]
    panels: Sequence[Panel]
    ends: Sequence[Panel]
    """What stands below the courses."""
    number: int
    previous_url: str
    next_url: str
    values: Callable[[CatalogueFilter], dict[str, str]] = chosen_values
    duration: Callable[[int], str] = duration
    with_theme: Callable[..., frozenset[str]] = with_theme


@dataclass(frozen=True)
class CoursePage(Page):
    template: ClassVar[str] = "courses/course.html"
    edition: Edition
    version: CourseVersion
    drawn: Drawn
    panels: Sequence[Panel]


@dataclass(frozen=True)
class EditionsPage(Page):
    template: ClassVar[str] = "courses/editions.html"
    version: CourseVersion
    editions: Sequence[Any]


@dataclass(frozen=True)
class LessonPage(Page):
    template: ClassVar[str] = "courses/lesson.html"
    version: CourseVersion
    unit: Unit
    lesson: LessonText
    previous: Unit | None
    following: Unit | None


@dataclass(frozen=True)
class PathwaysPage(Page):
    template: ClassVar[str] = "courses/pathways.html"
    pathways: Sequence[PathwayVersion]
    roles: Mapping[str, Any]


@dataclass(frozen=True)
class PathwayPage(Page):
    template: ClassVar[str] = "courses/pathway.html"
    version: PathwayVersion
    steps: Sequence[Step]
    titles: Mapping[str, Mapping[str, str]]
    roles: Mapping[str, Any]
    panels: Sequence[Panel]
