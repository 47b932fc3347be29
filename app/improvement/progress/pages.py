"""The page of the report."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.factories.models import Factory
from app.improvement.progress.said import Report
from app.platform.web import Page


@dataclass(frozen=True)
class ProgressPage(Page):
    template: ClassVar[str] = "improvement/progress/report.html"
    factory: Factory
    report: Report
    language: str
    languages: Sequence[tuple[str, str]]
