"""What is said about diagnostics, in plain words."""

from typing import Any

from app.improvement.diagnostics.rules import Answer
from app.platform.i18n import lazy

ANSWERS: dict[Answer, tuple[Any, str]] = {
    Answer.YES: (lazy("Yes"), "done"),
    Answer.PARTLY: (lazy("Partly"), "plain"),
    Answer.NO: (lazy("No"), "need"),
}
"""With the kind of badge."""
