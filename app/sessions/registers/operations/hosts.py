"""Accounts at meeting providers."""

from dataclasses import asdict

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.structure.taken import unless_taken
from app.platform import audit
from app.platform.db import db
from app.platform.i18n import _
from app.sessions.models import HostAccount
from app.sessions.registers.queries.things import host, programme_for
from app.sessions.registers.settings import HostSettings

_MAY = Permission.REGISTERS_MANAGE


def add_host(actor: Actor, code: str, settings: HostSettings) -> HostAccount:
    """A new host account. Raises NotFound out of scope, and Taken for a name that exists."""
    made = HostAccount(programme_id=programme_for(actor, code, _MAY).id)
    _write(made, settings)
    audit.record(actor, "registers.add_host", f"host:{made.id}")
    return made


def change_host(actor: Actor, code: str, host_id: int, settings: HostSettings) -> HostAccount:
    """Change a host account, or close it from a day on. Raises NotFound, and Taken for another's name."""
    found = host(programme_for(actor, code, _MAY).id, host_id)
    changed = [name for name, value in asdict(settings).items() if getattr(found, name) != value]
    _write(found, settings)
    if changed:
        audit.record(actor, "registers.change_host", f"host:{found.id}", changed=changed)
    return found


def _write(found: HostAccount, settings: HostSettings) -> None:
    with unless_taken("name", _("There is a host account of this name already.")):
        for name, value in asdict(settings).items():
            setattr(found, name, value)
        db.session.add(found)
