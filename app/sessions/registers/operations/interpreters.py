"""Interpreters. Who plans keeps them."""

from dataclasses import asdict

from app.access.actor import Actor
from app.factories.structure.taken import unless_taken
from app.platform import audit
from app.platform.db import db
from app.platform.i18n import _
from app.sessions.models import Interpreter
from app.sessions.operations import invitations
from app.sessions.registers.queries.things import interpreter, programme_for
from app.sessions.registers.settings import InterpreterSettings


def add_interpreter(actor: Actor, code: str, settings: InterpreterSettings) -> Interpreter:
    """A new interpreter. Raises NotFound out of scope, and Taken for a name that exists."""
    made = Interpreter(programme_id=programme_for(actor, code).id)
    _write(made, settings)
    audit.record(actor, "registers.add_interpreter", f"interpreter:{made.id}")
    return made


def change_interpreter(actor: Actor, code: str, interpreter_id: int, settings: InterpreterSettings) -> Interpreter:
    """Change everything of an interpreter, or say from when on he or she works no more. Raises NotFound and Taken."""
    found = interpreter(programme_for(actor, code).id, interpreter_id)
    changed = [name for name, value in _values(settings).items() if getattr(found, name) != value]
    _write(found, settings)
    if changed:
        audit.record(actor, "registers.change_interpreter", f"interpreter:{found.id}", changed=changed)
    if "email" in changed:
        invitations.follow_interpreter(found.id)
    return found


def _values(settings: InterpreterSettings) -> dict[str, object]:
    return {**asdict(settings), "languages": sorted(settings.languages)}


def _write(found: Interpreter, settings: InterpreterSettings) -> None:
    with unless_taken("name", _("There is an interpreter of this name already.")):
        for name, value in _values(settings).items():
            setattr(found, name, value)
        db.session.add(found)
