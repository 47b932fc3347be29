"""Telling one state of a half-day from another. Pure."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from app.attendance.kit.letters import letters

SIGNS = 6


def revision(*facts: Any, people: Sequence[Any]) -> str:
    """Six letters that change with time, place, state and people of a half-day."""
    said = json.dumps([*facts, sorted(people)], default=str)
    return letters(hashlib.sha256(said.encode()).digest())[:SIGNS]
