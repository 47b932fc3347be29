"""What factories say of themselves."""

from app.access.actor import SYSTEM, Actor
from app.factories.models import Factory
from app.improvement.diagnostics import operations, shipped
from app.improvement.diagnostics.models import Diagnostic
from app.improvement.diagnostics.rules import Answer


def answers(theme: str = "OS", **said: Answer) -> dict[str, Answer]:
    """Everything is as it should be, but for the exits and what is said."""
    asked = {question.id: Answer.YES for question in shipped.forms()[theme].questions}
    return {**asked, **({"exits": Answer.NO} if theme == "OS" else {}), **said}


def filled(factory: Factory, theme: str = "OS", actor: Actor = SYSTEM, **said: Answer) -> Diagnostic:
    """A form that a factory filled in."""
    return operations.fill(actor, factory.code, theme, answers(theme, **said))
