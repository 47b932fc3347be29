"""`flask database`: migrations."""

import click
from flask.cli import AppGroup

from app.platform.db import migrate
from app.platform.db.session import db

database = AppGroup("database", help="Bring the database to this program's state.")


@database.command("upgrade")
@click.option("--to", default="head", help="Revision to go to.")
def upgrade(to: str) -> None:
    """Run the migrations that are missing."""
    migrate.upgrade(db.engine, to)


@database.command("downgrade")
@click.argument("revision")
def downgrade(revision: str) -> None:
    """Go back to an earlier revision."""
    migrate.downgrade(db.engine, revision)


@database.command("revision")
@click.argument("message")
def revision(message: str) -> None:
    """Write the next numbered migration from what the models say."""
    migrate.new_revision(db.engine, message)


@database.command("check")
def check() -> None:
    """Say whether the migrations lead to exactly the tables that the models describe. Uses a throw-away database."""
    differences = migrate.differences_from_scratch()
    for difference in differences:
        click.echo(difference)
    raise SystemExit(1 if differences else 0)
