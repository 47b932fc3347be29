"""Contexts of the pages of courses of others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from app.api.xapi.courses.queries import Listed, Passed
from app.api.xapi.models import ExternalCourse
from app.factories.models import Programme
from app.platform.web import Page


@dataclass(frozen=True)
class ExternalCoursesPage(Page):
    template: ClassVar[str] = "api/external_courses/courses.html"
    programme: Programme
    courses: Sequence[Listed]
    form: Any


@dataclass(frozen=True)
class ExternalCoursePage(Page):
    template: ClassVar[str] = "api/external_courses/course.html"
    programme: Programme
    course: ExternalCourse
    people: Sequence[Passed]
    number: int
    has_more: bool
