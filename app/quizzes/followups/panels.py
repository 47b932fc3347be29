"""What planned quizzes add to the pages of training sessions and factories."""

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.models import Factory
from app.platform.i18n import _
from app.platform.web.panels import Panel
from app.quizzes.followups import queries
from app.quizzes.followups.labels import PHASES, STAGES
from app.quizzes.policy import factories_seen
from app.sessions.models import TrainingSession


def training(actor: Actor, thing: TrainingSession) -> Panel | None:
    """When the quizzes before and after it are open, and how many have answered."""
    seen = factories_seen(actor, thing)
    if seen is not None and not seen:
        return None
    rows = queries.plans_of(thing, seen)
    context = {"rows": rows, "phases": PHASES, "stages": STAGES}
    return Panel("followups", _("Before and after"), "quizzes/followups/_panel.html", context) if rows else None


def factory(actor: Actor, thing: Factory) -> Panel | None:
    """Who of the factory is still to answer, and until when."""
    if not actor.scope(Permission.RESULTS_READ).reaches(thing.programme_id, thing.id):
        return None
    rows = queries.still_open([thing.id])
    context = {"rows": rows, "phases": PHASES}
    return Panel("followups", _("Still to answer"), "quizzes/followups/_open.html", context) if rows else None
