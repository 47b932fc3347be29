"""Who may see how questions work and what people learned: those who run or write the courses, in their programmes."""

from app.access.actor import Actor, Scope
from app.access.permissions import Permission
from app.platform.refusal import NotFound
from app.sessions.models import TrainingSession
from app.sessions.queries import training_for

MAY = Permission.ITEMS_READ


def analysed(actor: Actor) -> Scope:
    """The programmes whose answers go into the figures. Raises NotFound where there are none."""
    scope = actor.scope(MAY)
    if not scope.everything and not scope.programmes:
        raise NotFound
    return scope


def may_analyse(actor: Actor, training: TrainingSession) -> bool:
    """Whether the answers of this training session are among them."""
    return actor.scope(MAY).reaches(training.programme_id)


def analysed_training(actor: Actor, training_id: int) -> TrainingSession:
    """A training session whose answers the actor may read. Raises NotFound."""
    training = training_for(actor, training_id)
    if not may_analyse(actor, training):
        raise NotFound
    return training
