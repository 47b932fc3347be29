"""Words for drafts and for the values of course.yaml."""

from typing import Any

from app.content.authoring.outline import FileState
from app.content.authoring.questions.translating import PairState
from app.content.compare import Change
from app.content.places import FileKind
from app.courses.rules import AttendanceBy, FormKind, ValidFrom
from app.platform.i18n import lazy

FILE_STATES: dict[FileState, Any] = {
    FileState.THERE: lazy("written"),
    FileState.MISSING: lazy("missing"),
    FileState.OUTDATED: lazy("source changed since"),
    FileState.WRONG: lazy("has errors"),
}

STATE_KINDS: dict[FileState, str] = {
    FileState.THERE: "done", FileState.MISSING: "plain", FileState.OUTDATED: "need", FileState.WRONG: "harm",
}  # fmt: skip
"""The kind of badge of each."""

PAIR_STATES: dict[PairState, tuple[Any, str]] = {
    PairState.THERE: (lazy("translated"), "done"),
    PairState.MISSING: (lazy("missing"), "plain"),
    PairState.UNLIKE: (lazy("unlike the English one"), "need"),
}
"""The word for each and the kind of its badge."""

FILE_KINDS: dict[FileKind, Any] = {
    FileKind.FACTS: lazy("Course facts"),
    FileKind.TEXT: lazy("Lesson or practice task"),
    FileKind.QUIZ: lazy("Quiz"),
    FileKind.GUIDE: lazy("Trainer's notes"),
    FileKind.HANDOUT: lazy("Handout"),
    FileKind.FORM: lazy("Form"),
    FileKind.LEDGER: lazy("State of the translation"),
    FileKind.COUNTRY: lazy("Country notes"),
    FileKind.MEDIA: lazy("Picture or sound"),
}

CHANGES: dict[Change, Any] = {
    Change.ADDED: lazy("new"),
    Change.CHANGED: lazy("changed"),
    Change.REMOVED: lazy("taken away"),
}

CHANGE_KINDS: dict[Change, str] = {Change.ADDED: "done", Change.CHANGED: "now", Change.REMOVED: "off"}

VALID_FROM: dict[ValidFrom, Any] = {
    ValidFrom.COMPLETION: lazy("the day on which it was completed"),
    ValidFrom.EXPIRY: lazy("the day on which the one before expires"),
    ValidFrom.FIXED_DAY: lazy("up to a fixed day of the year"),
}

ATTENDANCE_BY: dict[AttendanceBy, Any] = {
    AttendanceBy.HALF_DAYS: lazy("the half-days"),
    AttendanceBy.MINUTES: lazy("the minutes of all half-days"),
}

FORM_KINDS: dict[FormKind, Any] = {
    FormKind.EVALUATION: lazy("Evaluation of the course"),
    FormKind.WORKER_SURVEY: lazy("Survey of workers"),
}
