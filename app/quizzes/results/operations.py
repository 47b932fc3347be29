"""Reading what people answered is logged: these pages are about single people."""

from app.access.actor import Actor
from app.platform import audit
from app.platform.i18n import _
from app.platform.refusal import Refused
from app.quizzes import queries as quizzes
from app.quizzes.results.policy import analysed_training
from app.quizzes.results.queries import OneAttempt, attempts_of, one_attempt


def read_answers(actor: Actor, training_id: int, unit_id: int, attempt_id: int) -> OneAttempt:
    """The actor reads the answers of one attempt. Raises NotFound, and Refused while it is not handed in."""
    training = analysed_training(actor, training_id)
    attempt = one_attempt(training.id, unit_id, attempt_id)
    if not attempt.is_handed_in:
        raise Refused(_("The answers can be read when the quiz is handed in."))
    audit.record(actor, "quizzes.read_answers", f"attempt:{attempt_id}")
    return attempt


def export_results(actor: Actor, training_id: int, unit_id: int) -> list[OneAttempt]:
    """The actor takes the results of a quiz of a training session away, attempt by attempt. Raises NotFound."""
    training = analysed_training(actor, training_id)
    quizzes.quiz_state(training, unit_id)
    found = list(attempts_of(training.id, unit_id))
    audit.record(actor, "quizzes.export_results", f"training:{training.id}", unit=unit_id, attempts=len(found))
    return found
