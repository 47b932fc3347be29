"""Words for the kinds of entries."""

from typing import Any

from app.learning_record.models import EntryKind
from app.platform.i18n import lazy

KINDS: dict[EntryKind, tuple[Any, str]] = {
    EntryKind.COMPLETION: (lazy("Course completed"), "done"),
    EntryKind.COMPLETION_WITHDRAWN: (lazy("Completion withdrawn after a correction"), "harm"),
    EntryKind.TRAINING_CONFIRMED: (lazy("Training session confirmed"), "plain"),
    EntryKind.TRAINING_CANCELLED: (lazy("Training session cancelled"), "need"),
    EntryKind.ROSTER_IMPORTED: (lazy("Roster applied"), "plain"),
    EntryKind.ROSTER_UNDONE: (lazy("Roster taken back"), "plain"),
    EntryKind.FINDINGS_IMPORTED: (lazy("Findings of an assessment received"), "need"),
    EntryKind.FINDINGS_UNDONE: (lazy("Findings taken back"), "plain"),
}
"""The word, and the kind of button on the thread."""

ROSTER_COUNTS: dict[str, Any] = {
    "joined": lazy("joined"),
    "left": lazy("left"),
    "moved": lazy("changed line"),
    "role_changed": lazy("changed role"),
}

FINDING_COUNTS: dict[str, Any] = {
    "open": lazy("open"),
    "in_progress": lazy("in progress"),
    "closed": lazy("closed"),
}
