"""What quizzes add to the page of a training session."""

from app.access.actor import Actor
from app.platform.i18n import _
from app.platform.web.panels import Panel
from app.quizzes import queries
from app.quizzes.policy import factories_seen, may_open
from app.quizzes.queries import QuizState
from app.sessions.models import TrainingSession
from app.sessions.policy import may_start_kiosk
from app.sessions.rules import TrainingState


def quiz_panel(actor: Actor, training: TrainingSession) -> Panel | None:
    """For those who run the quizzes: whether they are open, how many have finished, the way to the code."""
    if not may_open(actor, training):
        return None
    states = queries.quiz_states(training)
    context = {"training": training, "quizzes": states}
    return Panel("quizzes", _("Quizzes"), "quizzes/_panel.html", context) if states else None


def results_panel(actor: Actor, training: TrainingSession) -> Panel | None:
    """Passed or not yet, for each person that the actor may see, in the test that the course asks for."""
    test = _test(training)
    if test is None or test.closes_at is None:
        return None
    factories = factories_seen(actor, training)
    if factories is not None and not factories:
        return None
    results = queries.results(training.id, test.unit_id, factories)
    context = {"results": results, "sees_scores": factories is None, "titles": test.titles}
    return Panel("results", _("Results of the test"), "quizzes/_results.html", context) if results else None


def kiosk_panel(actor: Actor, training: TrainingSession) -> Panel | None:
    """For those who may turn a tablet into a kiosk of this training session."""
    is_over = training.state is not TrainingState.CONFIRMED
    if is_over or not may_start_kiosk(actor, training):
        return None
    return Panel("kiosk", _("Shared tablet"), "quizzes/_kiosk_panel.html", {"training_id": training.id})


def _test(training: TrainingSession) -> QuizState | None:
    wanted = training.version.test_unit
    return next((state for state in queries.quiz_states(training) if state.unit_code == wanted), None)
