"""Lines and sections of a factory."""

from datetime import date

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.events import FactoryChanged
from app.factories.models import Line
from app.factories.queries import factory_by_code
from app.factories.rules import LineKind
from app.factories.structure.queries import factories as queries
from app.factories.structure.taken import unless_taken
from app.platform import audit
from app.platform.bus import publish
from app.platform.db import db
from app.platform.i18n import _

_MAY = Permission.FACTORIES_MANAGE


def add_line(actor: Actor, code: str, name: str, kind: LineKind) -> Line:
    """A new line or section. Raises NotFound out of scope, and Taken for a name that the factory has."""
    line = Line(factory_id=factory_by_code(actor, code, _MAY).id)
    _write(line, name, kind)
    audit.record(actor, "factories.add_line", f"factory:{line.factory_id}", line=line.id)
    return line


def change_line(actor: Actor, code: str, line_id: int, name: str, kind: LineKind) -> Line:
    """Rename a line: its people stay on it. Raises NotFound out of scope, and Taken for another line's name."""
    line = queries.line(factory_by_code(actor, code, _MAY).id, line_id)
    before = line.name
    _write(line, name, kind)
    audit.record(actor, "factories.change_line", f"factory:{line.factory_id}", line=line.id, before=before, after=name)
    _tell(line)
    return line


def close_line(actor: Actor, code: str, line_id: int, day: date) -> None:
    """The line no longer runs from a day on; whoever was on it stays so until the next roster."""
    line = queries.line(factory_by_code(actor, code, _MAY).id, line_id)
    line.closed_on = day
    audit.record(actor, "factories.close_line", f"factory:{line.factory_id}", line=line.id, day=day.isoformat())
    _tell(line)


def reopen_line(actor: Actor, code: str, line_id: int) -> None:
    """The line runs again."""
    line = queries.line(factory_by_code(actor, code, _MAY).id, line_id)
    line.closed_on = None
    audit.record(actor, "factories.reopen_line", f"factory:{line.factory_id}", line=line.id)
    _tell(line)


def _tell(line: Line) -> None:
    db.session.flush()  # whoever follows reads the line
    publish(FactoryChanged(line.factory_id))


def _write(line: Line, name: str, kind: LineKind) -> None:
    with unless_taken("name", _("The factory has a line of this name already.")):
        line.name, line.kind = name, kind
        db.session.add(line)
