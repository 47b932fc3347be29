"""What answers add to the page of a training session."""

from app.access.actor import Actor
from app.platform.i18n import _
from app.platform.web.panels import Panel
from app.sessions.models import TrainingSession
from app.sessions.replies.queries import answers
from app.sessions.replies.wording import PARTICIPATIONS, PARTS
from app.sessions.rules import is_open


def training(actor: Actor, thing: TrainingSession) -> Panel | None:
    """Who comes, by half-day; nothing where nobody whom the actor may see was invited."""
    found = answers(actor, thing)
    if not found.half_days:
        return None
    context = {
        "training": thing, "answers": found, "participations": PARTICIPATIONS, "parts": PARTS,
        "may_move": found.may_plan and is_open(thing.state),
    }  # fmt: skip
    return Panel("answers", _("Answers to the invitations"), "sessions/replies/_answers.html", context)
