"""What the pages about people at the door are filled with."""

from collections.abc import Mapping
from typing import Any

from app.attendance import labels, queries, rules
from app.attendance.rules import Hindrance
from app.factories.rules import is_enough_to_search
from app.platform.clock import now
from app.sessions.models import Meeting, Site, TrainingSession
from app.sessions.rules import TrainingState
from app.sessions.wording import WORDS

_HINDERS = {TrainingState.CLOSED: Hindrance.CLOSED, TrainingState.CANCELLED: Hindrance.TRAINING_CANCELLED}


def searched(sent: Mapping[str, str]) -> str:
    """What was searched for, without signs that nobody sees."""
    return "".join(sign for sign in sent.get("q", "") if sign.isprintable()).strip()


def is_enough(words: str) -> bool:
    """Whether a search would not find everybody: some letters of a name, or a number."""
    return is_enough_to_search(words) or any(map(str.isdigit, words))


def site_name(site: Site) -> str:
    """What people call it."""
    return site.name or str(WORDS.site[site.kind])


def hindered_at(meeting: Meeting) -> Any:
    """The sentence that says why nobody can be marked at the half-day, or None."""
    is_closed = queries.closed_roll_call(meeting.id) is not None
    found = rules.hindrance(
        meeting.training.state, meeting.state, meeting.starts_at, now(), is_closed=is_closed
    )
    return labels.HINDRANCES[found] if found else None


def hindered_in(training: TrainingSession) -> Any:
    """The sentence that says why nothing can be decided any more, or None."""
    found = _HINDERS.get(training.state)
    return labels.HINDRANCES[found] if found else None
