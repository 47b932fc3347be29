"""The verbs of marking without network. None of them commits."""

from app.attendance.kit.operations.delivering import deliver
from app.attendance.kit.operations.devices import know, let_in, note_sheets, revoke
from app.attendance.kit.operations.held import HEADINGS, export_held, set_aside, take_down_all, take_down_held

__all__ = [
    "HEADINGS",
    "deliver",
    "export_held",
    "know",
    "let_in",
    "note_sheets",
    "revoke",
    "set_aside",
    "take_down_all",
    "take_down_held",
]
