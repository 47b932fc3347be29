"""What anonymous forms add to the page of a training session."""

from app.access.actor import Actor
from app.platform.i18n import _
from app.platform.web.panels import Panel
from app.quizzes.policy import factories_seen, may_open
from app.quizzes.surveys import queries
from app.quizzes.surveys.labels import KINDS
from app.sessions.models import TrainingSession


def training(actor: Actor, thing: TrainingSession) -> Panel | None:
    """The way to the forms, and how many have answered, for who runs them or may see what came of them."""
    seen = factories_seen(actor, thing)
    if seen is not None and not seen:
        return None
    states = queries.form_states(thing)
    context = {"training": thing, "states": states, "kinds": KINDS, "may_open": may_open(actor, thing)}
    return Panel("surveys", _("Evaluation and surveys"), "quizzes/surveys/_panel.html", context) if states else None
