"""Rows on their way into the tables: written together, so that what they point at comes first."""

import json
from collections.abc import Callable
from typing import Any

from app.attendance.models import CurrentMark, MarkEntry
from app.certificates.models import Certificate
from app.completions.models import Completion, UnitResult
from app.factories.headcounts.models import Headcount, HeadcountCount
from app.factories.models import (
    Committee,
    CommitteeMember,
    Employment,
    Factory,
    FactoryTerm,
    Group,
    Line,
    Person,
    RosterImport,
)
from app.learning_record.models import RecordEntry
from app.platform.audit.models import AuditEntry
from app.platform.db import Base
from app.platform.db.bulk import bulk_insert, count_on
from app.quizzes.models import Answer, Attempt
from app.quizzes.surveys.models import SurveyWindow
from app.sessions.costs.models import TrainingCost
from app.sessions.models import Meeting, Seat, Site, Trainer, TrainingSession

_COLUMNS: dict[type[Base], tuple[str, ...]] = {
    Group: ("code", "name", "country"),
    Factory: ("programme_id", "code", "name", "local_name", "language", "province", "group_id", "status"),
    FactoryTerm: ("factory_id", "kind", "value", "starts_on"),
    Line: ("factory_id", "name", "kind"),
    RosterImport: (
        "factory_id", "file_name", "file_key", "state", "choices", "counts", "created_at", "applied_at"),
    Headcount: ("factory_id", "as_of", "number", "source", "is_revision", "lines", "received_at"),
    HeadcountCount: ("headcount_id", "role", "sex", "people"),
    Person: ("name", "local_name", "sex", "language", "search_text"),
    Employment: (
        "person_id", "factory_id", "employee_number", "number_key", "role", "line_id", "started_on", "ended_on",
        "end_reason"),
    Committee: ("factory_id", "kind", "starts_on"),
    CommitteeMember: ("committee_id", "person_id", "side", "starts_on"),
    TrainingSession: (
        "programme_id", "version_id", "code", "state", "language", "capacity_in_person", "capacity_virtual",
        "created_at"),
    Site: ("training_id", "kind", "name", "factory_id"),
    Meeting: (
        "training_id", "number", "starts", "ends", "zone", "starts_at", "ends_at", "modality", "state"),
    Trainer: ("training_id", "account_id"),
    Seat: (
        "training_id", "factory_id", "person_id", "site_id", "modality", "state", "place", "requested_at",
        "settled_at"),
    MarkEntry: (
        "mark_id", "meeting_id", "person_id", "mark", "evidence", "strength", "at"),
    CurrentMark: ("meeting_id", "person_id", "mark_id", "mark", "evidence", "standing", "at"),
    UnitResult: ("person_id", "training_id", "unit_id", "share", "at"),
    Completion: (
        "person_id", "course_id", "version_id", "period", "training_id", "completed_at", "valid_until", "factory_id",
        "line", "role", "sex", "evidence"),
    RecordEntry: (
        "factory_id", "at", "kind", "source", "course_id", "version_id", "training_id", "person_id", "line", "role",
        "sex", "details"),
    TrainingCost: ("training_id", "payer", "payer_name", "amount", "currency", "at"),
    SurveyWindow: ("training_id", "form", "opened_at", "closes_at", "is_counted", "figures"),
    Attempt: (
        "training_id", "unit_id", "person_id", "number", "state", "seed", "mode", "form", "question_ids", "started_at",
        "submitted_at", "score", "max_score", "passed", "rule_version"),
    Answer: ("attempt_id", "question_id", "choice", "revision", "saved_at", "language"),
    Certificate: (
        "completion_id", "person_id", "factory_id", "course_id", "code", "number", "language", "face", "issued_at",
        "valid_until", "file_key", "rendered_at", "updated_at"),
    AuditEntry: ("at", "action", "subject", "request_id", "details"),
}  # fmt: skip
"""In the order in which they are written."""


class Store:
    """Gives every row its number when it comes, and writes all of them when there are enough."""

    def __init__(self, flush_at: int = 100_000) -> None:
        self._rows: dict[type[Base], list[tuple[Any, ...]]] = {model: [] for model in _COLUMNS}
        self._last = dict.fromkeys(_COLUMNS, 0)
        self._waiting, self._flush_at = 0, flush_at
        self.encoded: Callable[[Any], str] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

    def add(self, model: type[Base], *values: Any) -> int:
        """A row with the columns of its table in `_COLUMNS`; answers its id."""
        self._last[model] = number = self._last[model] + 1
        self._rows[model].append((number, *values))
        self._waiting += 1
        return number

    def count(self, model: type[Base]) -> int:
        """So many rows of a table were added."""
        return self._last[model]

    def flush_if_full(self) -> None:
        """Write what waits, if that is much. Call it where nothing that waits points at what is still to come."""
        if self._waiting >= self._flush_at:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        for model, rows in self._rows.items():
            if rows:
                if model is AuditEntry:  # the verbs that ran meanwhile have logged, too: the table counts
                    bulk_insert(model, _COLUMNS[model], [row[1:] for row in rows])
                else:
                    bulk_insert(model, ("id", *_COLUMNS[model]), rows)
                rows.clear()
        self._waiting = 0

    def finish(self) -> None:
        """Write what waits, and let everybody else go on counting from here."""
        self.flush()
        count_on(*_COLUMNS)
