"""Contexts of the pages of a meeting report."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from app.attendance.labels import WORDS, Words
from app.attendance.reports import labels
from app.attendance.reports.forms import FilesForm
from app.attendance.reports.queries import Around, View
from app.attendance.reports.results import Status
from app.attendance.reports.rules import Decision
from app.platform.web import Page
from app.sessions.models import Meeting


@dataclass(frozen=True)
class ReportPage(Page):
    """`view` is None before there is a report; `wrong` says what was unclear about one participant, by its id."""

    template: ClassVar[str] = "attendance/reports/report.html"
    meeting: Meeting
    around: Around
    view: View | None
    form: FilesForm
    hindered: Any
    wrong: Mapping[int, str] = field(default_factory=dict)
    words: Words = WORDS
    statuses: Mapping[Status, tuple[Any, str]] = field(default_factory=lambda: labels.STATUSES)
    decisions: Mapping[Decision, Any] = field(default_factory=lambda: labels.DECISIONS)
    reasons: Mapping[str, Any] = field(default_factory=lambda: labels.SPEAKS)
    providers: Mapping[str, str] = field(default_factory=lambda: labels.PROVIDERS)
