"""What people say of a training session: each alone, and nobody knows who said what."""

from app.courses.rules import FormKind
from app.demo.cast import Cast, learner
from app.quizzes.surveys import operations, queries
from app.quizzes.surveys.rules import form_text
from app.sessions.models import TrainingSession
from app.sessions.queries import booked

_WORDS = (
    "More time to practise.", "The pictures helped me.", "I will talk with my line before the shift.", "Come again.",
    "I liked the examples of other factories.", "Shorter talks, please.", "Everything was clear.",
)  # fmt: skip


def evaluate(cast: Cast, training: TrainingSession) -> None:
    """Open the evaluation; everybody hands it in. Most are content, and some add a sentence."""
    for form in queries.forms_of(training.version):
        if form.kind is FormKind.EVALUATION:
            operations.open_evaluation(cast.trainer, training.id, form.id)
            for seat in booked(training.id):
                person = learner(seat.person_id, training.id)
                text = form_text(form.texts, [person.language])
                said = {item.id: _answer(cast, item.choices) for item in text.items}
                operations.answer_evaluation(person, training.id, form.id, text.language, said)


def _answer(cast: Cast, choices: int) -> str:
    if not choices:
        return cast.random.choice(_WORDS) if cast.random.random() < 0.5 else ""
    return str(min(choices - 1, int(cast.random.expovariate(1.2))))
