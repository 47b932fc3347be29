"""What a quiz of a training session asks of those who run it."""

from dataclasses import dataclass

from app.quizzes.regrading.queries.late import undecided_in
from app.quizzes.regrading.queries.sat import states_in
from app.quizzes.regrading.queries.waiting import waiting_in
from app.quizzes.rules import AttemptState


@dataclass(frozen=True, slots=True)
class Work:
    """Attempts by how they stand, answers that wait for a reader, and late ones that wait for a decision."""

    running: int
    overdue: int
    abandoned: int
    ungraded: int
    waiting: int
    late: int

    @property
    def is_any(self) -> bool:
        """Whether anything waits for a person."""
        return any((self.overdue, self.abandoned, self.ungraded, self.waiting, self.late))


def work_of(training_id: int, unit_id: int) -> Work:
    """The work that one quiz gives. Three statements."""
    states = states_in(training_id).get(unit_id, {})
    return Work(
        running=states.get(AttemptState.IN_PROGRESS, 0),
        overdue=states.get(AttemptState.OVERDUE, 0),
        abandoned=states.get(AttemptState.ABANDONED, 0),
        ungraded=states.get(AttemptState.SUBMITTED, 0),
        waiting=waiting_in(training_id).get(unit_id, 0),
        late=undecided_in(training_id).get(unit_id, 0),
    )
