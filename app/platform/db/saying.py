"""Commands that say in a sentence when the database does not go on, as somebody reads them who has no use for more."""

from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy.exc import DatabaseError, OperationalError, ProgrammingError

_MISSING = {"42P01", "42703"}
"""What PostgreSQL says of a table or column that is not there; SQLite counts it to what is wrong with the database."""
_LACKS = "no such table", "no such column", "has no column named"
LATER = "Bring it to the state of this program: `flask database upgrade`."

_OF_THE_DATABASE = {OperationalError, DatabaseError}
"""It is away or full; it is damaged, or none. What is more exact is a mistake of the program."""


class _Group(AppGroup):
    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except DatabaseError as error:
            reason = _reason(error)
            is_older = getattr(error.orig, "sqlstate", None) in _MISSING or any(each in reason for each in _LACKS)
            if type(error) not in _OF_THE_DATABASE and not (is_older and isinstance(error, ProgrammingError)):
                raise
            click.echo(f"The database does not go on: {reason}.{f' {LATER}' if is_older else ''}", err=True)
            ctx.exit(1)


def saying(group: click.Group) -> click.Group:
    """The same commands."""
    return _Group(group.name, help=group.help, commands=group.commands)


def _reason(error: DatabaseError) -> str:
    """Its first line: the second of a driver is a guess at the cause, or the statement."""
    return str(error.orig).strip().split("\n", 1)[0].rstrip(".")
