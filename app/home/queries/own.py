"""What a person on a shared phone can do now."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.access.actor import Actor
from app.certificates import queries as certificates
from app.improvement.ambassadors.queries import is_ambassador
from app.lessons import queries as lessons
from app.lessons.queries import Upcoming
from app.quizzes import queries as quizzes
from app.quizzes.queries import Offer, Opening
from app.quizzes.surveys.queries import Waiting, waiting_evaluations
from app.sessions.queries.own import has_own_seats


@dataclass(frozen=True)
class Own:
    """The open quiz of the training session whose code was used, if there is one; the number of certificates."""

    offer: Offer | None
    others: Sequence[Opening]
    """What else the person can begin, practice last."""
    certificates: int
    learning: Upcoming | None
    """The next lesson or practice task."""
    evaluations: Sequence[Waiting]
    """Evaluations that the person can hand in and has not."""
    has_seats: bool
    """Whether the person has, asked for or waits for a seat in a training session to come."""
    is_ambassador: bool
    """Whether the person is or was an ambassador of a factory."""


def own(actor: Actor, person_id: int) -> Own:
    """The start page of a person. At most fifteen statements."""
    window = quizzes.opening(person_id, actor.training_id) if actor.training_id is not None else None
    offer = quizzes.offer(window, person_id) if window else None
    chosen = (window.training_id, window.unit_id) if window else None
    others = [quiz for quiz in quizzes.openings(person_id) if (quiz.training_id, quiz.unit_id) != chosen]
    return Own(
        offer, others, len(certificates.of_person(person_id)), lessons.next_thing(person_id),
        waiting_evaluations(person_id), has_own_seats(person_id), is_ambassador(person_id),
    )  # fmt: skip
