"""What waits in quizzes: answers that only a person can judge, and people who have not answered yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.roles import Role
from app.quizzes.followups.queries import Row, plans
from app.quizzes.followups.rules import Stage
from app.quizzes.regrading.queries.desk import ToGrade, to_grade

_MOST = 6


@dataclass(frozen=True)
class Waiting:
    """`grading` is None for whoever grades nothing; `follow_ups` are open and lack answers, the next to close first."""

    grading: Sequence[ToGrade] | None
    follow_ups: Sequence[Row]


def waiting(actor: Actor) -> Waiting:
    """Two statements. Trainers find what they teach themselves, the office what is in its programmes."""
    is_staff = actor.has_role(Role.ADMINISTRATOR) or actor.has_role(Role.PROGRAMME_MANAGER)
    grading = to_grade(actor, _MOST, taught_only=not is_staff) if actor.may(Permission.QUIZZES_GRADE) else None
    return Waiting(grading, [row for row in plans(actor, Stage.OPEN, _MOST) if row.missing])
