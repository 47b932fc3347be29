"""Conflicts on the page of a training session, for those who plan it or settle its seats."""

from app.access.actor import Actor
from app.platform.i18n import _
from app.platform.web.panels import Panel
from app.sessions import policy
from app.sessions.conflicts.proposals import of_training
from app.sessions.conflicts.queries import accepted, conflicts_of
from app.sessions.conflicts.wording import WORDS
from app.sessions.models import TrainingSession
from app.sessions.rules import HOLDING, SeatState, TrainingState

_LOOKED_AT = HOLDING | {SeatState.REQUESTED}
_MATTERS = {TrainingState.DRAFT, TrainingState.TENTATIVE, TrainingState.CONFIRMED}


def training(actor: Actor, training: TrainingSession) -> Panel | None:
    """What speaks against it now - also what arose after it was planned, and people who asked for a seat -, and what
    was accepted. Nothing for factories: it is about others too.
    """
    if not (policy.may_plan(actor, training) or policy.may_settle_seats(actor, training)):
        return None
    kept = accepted(training.id)
    found = []
    if training.state in _MATTERS:
        settled = {each.key for each in kept}
        asked = of_training(training, seat_states=_LOOKED_AT)
        found = [each for each in conflicts_of(actor, asked) if each.key not in settled]
    if not (found or kept):
        return None
    context = {"conflicts": found, "accepted": kept, "words": WORDS, "training": training}
    return Panel("conflicts", _("What speaks against it"), "sessions/conflicts/_panel.html", context)
